import { assert, assertEquals } from "@std/assert";
import "baeum/engine";
import { tf } from "baeum/tensors";
import { blas } from "../../lib/engine/blas.ts";
import { type Gemm, gemm, packedGemm, wholeGemm } from "../../lib/engine/gemm.ts";
import { native } from "../../lib/engine/native.ts";
import { allocate, heapBytes } from "../../lib/engine/wasm_backend.ts";

/** The heap as numbers, as it is now. */
const heap = () => new Float32Array(heapBytes().buffer);

const packed = packedGemm();
const small: Gemm = (transposeA, transposeB, m, n, k, a, b, c, beta) =>
  native.gemmSmall(transposeA, transposeB, m, n, k, a, b, c, beta);
const products: Record<string, Gemm> = { packed, small, chosen: gemm() };
const library = blas();
if (library) {
  const whole = wholeGemm(library.sgemm);
  products[library.name] = (...args) => args[2] * args[3] * args[4] === 0 ? small(...args) : whole(...args);
}

const room = 700_000;
const [a, b, c] = [0, 0, 0].map(() => allocate(4 * room));

function fill(offset: number, size: number, seed: number): void {
  for (let i = 0; i < size; i++) heap()[offset / 4 + i] = Math.sin(seed + i * 1.618);
}

Deno.test("every matrix product is right for odd sizes, transposes and what is added to", () => {
  const sizes = [
    [1, 1, 1],
    [6, 8, 4],
    [7, 9, 5],
    [5, 1, 9],
    [1, 7, 3],
    [4, 3, 0],
    [0, 3, 2],
    [13, 17, 300],
    [121, 33, 257],
    [130, 1030, 20],
  ];
  for (const [m, n, k] of sizes) {
    fill(a, m * k, 1);
    fill(b, n * k, 2);
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const exact = new Float64Array(m * n);
        const memory = heap();
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            for (let p = 0; p < k; p++) {
              exact[i * n + j] += memory[a / 4 + (transposeA ? p * m + i : i * k + p)] *
                memory[b / 4 + (transposeB ? j * k + p : p * n + j)];
            }
          }
        }
        for (const beta of [0, 1, 0.5]) {
          for (const [name, multiply] of Object.entries(products)) {
            // What is there before must not matter where beta is 0, not even if it is NaN.
            for (let i = 0; i < m * n; i++) heap()[c / 4 + i] = beta === 0 ? NaN : i % 7;
            multiply(transposeA, transposeB, m, n, k, a, b, c, beta);
            for (let i = 0; i < m * n; i++) {
              const expected = exact[i] + (beta === 0 ? 0 : beta * (i % 7));
              const value = heap()[c / 4 + i];
              const title = `${name} ${m}×${n}×${k} ${transposeA} ${transposeB} ${beta} [${i}]`;
              assert(Math.abs(value - expected) < 2e-4, `${title}: ${value}, not ${expected}`);
            }
          }
        }
      }
    }
  }
});

Deno.test("a product writes nothing outside its result", () => {
  for (const [m, n, k] of [[5, 3, 7], [13, 17, 40], [6, 8, 100]]) {
    fill(a, m * k, 1);
    fill(b, n * k, 2);
    for (const [name, multiply] of Object.entries(products)) {
      heap().fill(42, c / 4, c / 4 + m * n + 200);
      multiply(false, false, m, n, k, a, b, c + 400, 0);
      const around = [
        ...heap().subarray(c / 4, c / 4 + 100),
        ...heap().subarray(c / 4 + 100 + m * n, c / 4 + 200 + m * n),
      ];
      assert(around.every((value) => value === 42), name);
    }
  }
});

Deno.test("products stay right while the heap grows and moves", () => {
  const x = tf.randomUniform([64, 64], 0, 1, "float32", 1);
  const square = () => tf.tidy(() => tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D).dataSync());
  const expected = square();
  const held: tf.Tensor[] = [];
  const before = heapBytes().byteLength;
  for (let i = 0; i < 40 && heapBytes().byteLength === before; i++) {
    held.push(tf.zeros([1024, 1024, 2]));
    assertEquals(square(), expected);
  }
  assert(heapBytes().byteLength > before, "the heap did not grow");
  assertEquals(square(), expected);
  tf.dispose([...held, x]);
});
