import { assert, assertEquals } from "@std/assert";
import "baeum/engine";
import { tf } from "baeum/tensors";
import { native } from "../../../lib/engine/native.ts";
import { allocate, heapBytes } from "../../../lib/engine/wasm_backend.ts";

const exact = { sigmoid: (x: number) => 1 / (1 + Math.exp(-x)), tanh: Math.tanh };

/** Numbers on both sides of 0, close to it and as far as ±86. */
const x = Float32Array.from({ length: 40_001 }, (_, i) => {
  const t = (i - 20_000) / 20_000;
  return 86 * t ** 5;
});

for (const name of ["sigmoid", "tanh"] as const) {
  Deno.test(`${name} is within four units in the last place from −86 to 86`, () => {
    const y = tf.tidy(() => tf[name](tf.tensor1d(x)).dataSync());
    x.forEach((v, i) => {
      const wanted = exact[name](v);
      assert(
        Math.abs(y[i] - wanted) <= 4 * 2 ** -23 * Math.abs(wanted),
        `${name}(${v}) is ${wanted}. Received: ${y[i]}`,
      );
    });
  });

  Deno.test(`${name} ends at its bounds and passes NaN on`, () => {
    const y = [...tf.tidy(() => tf[name](tf.tensor1d([-Infinity, -1e30, 1e30, Infinity, NaN])).dataSync())];
    const low = name === "tanh" ? -1 : 0;
    assertEquals(y.map((v) => Math.round(v * 1e30) / 1e30), [low, low, 1, 1, NaN]);
  });

  Deno.test(`a dense layer's ${name} is the same, to the bit, wherever a number stands in its row`, () => {
    const kind = name === "sigmoid" ? 2 : 3;
    for (let columns = 1; columns <= 9; columns++) {
      const rows = 7;
      const [y, bias] = [allocate(4 * rows * columns), allocate(4 * columns)];
      const values = Float32Array.from({ length: rows * columns }, (_, i) => 6 * Math.sin(i));
      const shifts = Float32Array.from({ length: columns }, (_, i) => i / 4 - 1);
      const heap = () => heapBytes().buffer;
      new Float32Array(heap(), y).set(values);
      new Float32Array(heap(), bias).set(shifts);
      native.biasActivation(y, bias, rows, columns, columns, kind);
      const sums = values.map((value, i) => value + shifts[i % columns]);
      const wanted = tf.tidy(() => tf[name](tf.tensor1d(sums)).dataSync());
      assertEquals([...new Float32Array(heap(), y, rows * columns)], [...wanted]);
    }
  });
}
