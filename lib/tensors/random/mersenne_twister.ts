const SIZE = 624;
const SHIFT = 397;

/** Where a generator stands: 624 words, and how many of them are used up. */
export interface TwisterState {
  key: number[];
  position: number;
}

/**
 * MT19937, the generator behind NumPy's `RandomState` and Python's `random`.
 *
 * Matsumoto & Nishimura 1998, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudorandom number
 * generator". The two ways of seeding differ; everything after that is the same.
 */
export class MersenneTwister {
  readonly #state: Uint32Array;
  #position = SIZE;

  private constructor(state: Uint32Array) {
    this.#state = state;
  }

  /** `init_genrand`: one number of 32 bits, as NumPy seeds. */
  static fromSeed(seed: number): MersenneTwister {
    return new MersenneTwister(initialState(seed));
  }

  /** `init_by_array`: any count of 32-bit words, as Python seeds. */
  static fromKey(key: readonly number[]): MersenneTwister {
    const state = initialState(19650218);
    let i = 1;
    const mixed = (factor: number) => state[i] ^ Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), factor);
    const step = () => {
      if (++i < SIZE) return;
      state[0] = state[SIZE - 1];
      i = 1;
    };
    for (let k = Math.max(SIZE, key.length), j = 0; k > 0; k--, j = (j + 1) % key.length) {
      state[i] = mixed(1664525) + key[j] + j;
      step();
    }
    for (let k = SIZE - 1; k > 0; k--) {
      state[i] = mixed(1566083941) - i;
      step();
    }
    state[0] = 0x80000000;
    return new MersenneTwister(state);
  }

  /** Where the generator stands. */
  get state(): TwisterState {
    return { key: [...this.#state], position: this.#position };
  }

  /** @throws {RangeError} for what is no state. */
  set state({ key, position }: TwisterState) {
    const isWord = (word: number) => Number.isInteger(word) && word >= 0 && word <= 0xffffffff;
    if (key?.length !== SIZE || !key.every(isWord) || !Number.isInteger(position) || position < 0 || position > SIZE) {
      throw new RangeError(
        `A state has ${SIZE} words of 32 bits and a position among them. Received: ${key?.length} words, ${position}`,
      );
    }
    this.#state.set(key);
    this.#position = position;
  }

  /** The next whole number from 0 to 2³² − 1. */
  uint32(): number {
    if (this.#position === SIZE) this.#refill();
    let y = this.#state[this.#position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** The next number of at least 0 and less than 1, of 53 random bits. */
  double(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  #refill(): void {
    const state = this.#state;
    const twist = (k: number, next: number, far: number) => {
      const y = (state[k] & 0x80000000) | (state[next] & 0x7fffffff);
      state[k] = state[far] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    };
    let k = 0;
    for (; k < SIZE - SHIFT; k++) twist(k, k + 1, k + SHIFT);
    for (; k < SIZE - 1; k++) twist(k, k + 1, k + SHIFT - SIZE);
    twist(SIZE - 1, 0, SHIFT - 1);
    this.#position = 0;
  }
}

function initialState(seed: number): Uint32Array {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let k = 1; k < SIZE; k++) {
    const before = state[k - 1];
    state[k] = Math.imul(1812433253, before ^ (before >>> 30)) + k;
  }
  return state;
}
