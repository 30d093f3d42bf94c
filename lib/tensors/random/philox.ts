/**
 * Philox4x32-10: a bijection of 128 bits under a key of 64, so the n-th number needs none of those before it.
 *
 * Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3". TensorFlow's stateless draws are made of it.
 */
export class Philox {
  readonly #key0: number;
  readonly #key1: number;
  readonly #start: Uint32Array;
  readonly #counter: Uint32Array;

  /**
   * @param key Two 32-bit words.
   * @param counter Four 32-bit words, the lowest first: where the stream begins.
   */
  constructor(key: readonly [number, number], counter: ArrayLike<number>) {
    [this.#key0, this.#key1] = key;
    this.#start = Uint32Array.from(counter);
    this.#counter = this.#start.slice();
  }

  /** The stream of TensorFlow's `tf.random.stateless_*` for a seed of two whole numbers. */
  static stateless(seed0: number, seed1: number): Philox {
    const scramble = new Philox([0x3ec8f720, 0x02461e29], [...words(seed0), ...words(seed1)]);
    const mixed = new Uint32Array(4);
    scramble.fill(mixed);
    return new Philox([mixed[0], mixed[1]], [0, 0, mixed[2], mixed[3]]);
  }

  /** Goes to the place so many blocks of four numbers behind the stream's start. */
  seek(blocks: number): void {
    this.#counter.set(this.#start);
    advance(this.#counter, blocks);
  }

  /**
   * Fills `out` with the stream's next numbers, each from 0 to 2³² − 1. Blocks of four are never split: what is left
   * of the last one is lost.
   */
  fill(out: Uint32Array): void {
    const counter = this.#counter;
    for (let at = 0; at < out.length; at += 4) {
      let c0 = counter[0] | 0, c1 = counter[1] | 0, c2 = counter[2] | 0, c3 = counter[3] | 0;
      let k0 = this.#key0 | 0, k1 = this.#key1 | 0;
      for (let round = 0; round < 10; round++) {
        const high0 = highOfProduct(0xd2511f53, c0);
        const high1 = highOfProduct(0xcd9e8d57, c2);
        const low0 = Math.imul(0xd2511f53, c0);
        const low1 = Math.imul(0xcd9e8d57, c2);
        c0 = high1 ^ c1 ^ k0;
        c1 = low1;
        c2 = high0 ^ c3 ^ k1;
        c3 = low0;
        k0 = (k0 + 0x9e3779b9) | 0;
        k1 = (k1 + 0xbb67ae85) | 0;
      }
      // Beyond the end of a typed array nothing is written.
      out[at] = c0;
      out[at + 1] = c1;
      out[at + 2] = c2;
      out[at + 3] = c3;
      advance(counter, 1);
    }
  }
}

/** The upper 32 bits of the product of two 32-bit words. */
function highOfProduct(a: number, b: number): number {
  const a0 = a & 0xffff, a1 = a >>> 16, b0 = b & 0xffff, b1 = b >>> 16;
  const middle = Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16) | 0;
  const cross = Math.imul(a0, b1) + (middle & 0xffff) | 0;
  return Math.imul(a1, b1) + (middle >>> 16) + (cross >>> 16) | 0;
}

function advance(counter: Uint32Array, blocks: number): void {
  for (let i = 0, carry = blocks; carry > 0 && i < 4; i++) {
    const sum = counter[i] + carry;
    counter[i] = sum;
    carry = Math.floor(sum / 2 ** 32);
  }
}

/** A whole number as two's complement of 64 bits, the lower word first. */
function words(n: number): [low: number, high: number] {
  return [n >>> 0, Math.floor(n / 2 ** 32) >>> 0];
}
