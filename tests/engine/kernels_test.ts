import { assert, assertEquals } from "@std/assert";
import "baeum/engine";
import { tf, useBackend } from "baeum/tensors";

/** Runs an op on tfjs' plain JavaScript backend and on ours, and compares number by number. */
async function compare(title: string, op: () => tf.Tensor, tolerance = 1e-5): Promise<void> {
  await useBackend("cpu");
  const expected = tf.tidy(op);
  const [shape, dtype, values] = [expected.shape, expected.dtype, expected.dataSync()];
  await useBackend("wasm");
  const actual = tf.tidy(op);
  assertEquals(actual.shape, shape, title);
  assertEquals(actual.dtype, dtype, title);
  actual.dataSync().forEach((value, i) => {
    const near = Math.abs(value - values[i]) <= tolerance * Math.max(1, Math.abs(values[i]));
    assert(near || Object.is(value, values[i]) || value === values[i], `${title} [${i}]: ${value}, not ${values[i]}`);
  });
  expected.dispose();
  actual.dispose();
}

/** Numbers that repeat from run to run, without rounding to nice values. */
function numbers(shape: number[], seed = 1): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Float32Array.from({ length: size }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233) * 3), shape);
}

const shapes = [[1], [3], [4], [7], [64], [1, 1], [3, 5], [16, 33], [2, 3, 4], [2, 1, 5], [1000, 3]];

Deno.test("unary kernels agree with tfjs' CPU backend on shapes of every remainder", async () => {
  const ops = ["relu", "sigmoid", "tanh", "exp", "square", "neg", "abs"] as const;
  for (const name of ops) {
    for (const shape of shapes) await compare(`${name} [${shape}]`, () => tf[name](numbers(shape)));
  }
  for (const name of ["log", "sqrt"] as const) {
    for (const shape of shapes) await compare(`${name} [${shape}]`, () => tf[name](tf.abs(numbers(shape))));
  }
});

Deno.test("binary kernels agree with tfjs' CPU backend under broadcasting", async () => {
  const pairs = [
    [[4], [4]],
    [[3, 5], [5]],
    [[3, 5], [3, 1]],
    [[3, 5], []],
    [[], [3, 5]],
    [[5], [3, 5]],
    [[2, 3, 4], [4]],
    [[2, 3, 4], [3, 4]],
    [[2, 3, 4], [2, 1, 1]],
    [[2, 1, 4], [3, 1]],
    [[2, 1, 4], [1, 3, 1]],
    [[1, 1], [1]],
    [[0, 3], [3]],
  ];
  const ops = ["add", "sub", "mul", "div", "maximum", "minimum", "squaredDifference"] as const;
  for (const name of ops) {
    for (const [a, b] of pairs) {
      await compare(`${name} [${a}] [${b}]`, () => tf[name](numbers(a), numbers(b, 2)) as tf.Tensor);
    }
  }
});

Deno.test("reductions agree with tfjs' CPU backend along every axis", async () => {
  for (const shape of shapes) {
    const axes = [undefined, ...shape.map((_, i) => i), -1];
    for (const axis of axes) {
      for (const keepDims of [false, true]) {
        await compare(`sum [${shape}] ${axis}`, () => tf.sum(numbers(shape), axis, keepDims));
        await compare(`mean [${shape}] ${axis}`, () => tf.mean(numbers(shape), axis, keepDims));
        await compare(`max [${shape}] ${axis}`, () => tf.max(numbers(shape), axis, keepDims));
      }
    }
    await compare(`argMax [${shape}]`, () => tf.argMax(numbers(shape), -1));
  }
  await compare("sum over apart axes", () => tf.sum(numbers([2, 3, 4]), [0, 2]));
});

Deno.test("reductions of no rows give no rows", () => {
  const none = tf.zeros([0, 4, 2]);
  assertEquals(tf.sum(none, 1).shape, [0, 2]);
  assertEquals(tf.mean(none, [1, 2], true).shape, [0, 1, 1]);
  assertEquals(tf.max(none, 1, true).shape, [0, 1, 2]);
});

Deno.test("softmax agrees with tfjs' CPU backend, also for logits that would overflow", async () => {
  for (const shape of [[1, 2], [3, 10], [5, 7], [2, 3, 9]]) {
    await compare(`softmax [${shape}]`, () => tf.softmax(numbers(shape)));
  }
  await compare("softmax of large logits", () => tf.softmax(tf.tensor2d([[1000, 999, -1000]])));
});

Deno.test("matMul agrees with tfjs' CPU backend for every transpose, stack and broadcast", async () => {
  for (const [m, k, n] of [[1, 1, 1], [3, 5, 7], [16, 8, 4], [33, 65, 17]]) {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const a = () => numbers(transposeA ? [k, m] : [m, k]);
        const b = () => numbers(transposeB ? [n, k] : [k, n], 2);
        await compare(`${m}×${k}×${n} ${transposeA} ${transposeB}`, () => tf.matMul(a(), b(), transposeA, transposeB));
      }
    }
  }
  await compare("stack", () => tf.matMul(numbers([3, 2, 4]), numbers([3, 4, 5], 2)));
  await compare("stack by one", () => tf.matMul(numbers([3, 2, 4]), numbers([1, 4, 5], 2)));
});

Deno.test("matMul of two stacks that broadcast both ways multiplies each pair (tfjs' CPU backend does not)", () => {
  const [a, b] = [numbers([2, 1, 2, 4]), numbers([1, 3, 4, 5], 2)];
  const product = tf.matMul(a, b);
  assertEquals(product.shape, [2, 3, 2, 5]);
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 3; j++) {
      const pair = tf.matMul(a.slice([i, 0], [1, 1]).reshape([2, 4]), b.slice([0, j], [1, 1]).reshape([4, 5]));
      assertEquals(product.slice([i, j], [1, 1]).dataSync(), pair.dataSync());
    }
  }
});

Deno.test("NaN and infinity go through the kernels as they do in JavaScript", async () => {
  const special = () => tf.tensor1d([NaN, Infinity, -Infinity, 0, -0, 1, -1]);
  for (const name of ["relu", "sigmoid", "tanh", "exp", "log", "sqrt", "square", "neg", "abs"] as const) {
    await compare(name, () => tf[name](special()));
  }
  for (const name of ["add", "mul", "maximum", "minimum"] as const) {
    await compare(name, () => tf[name](special(), tf.reverse(special())) as tf.Tensor);
  }
  await compare("max", () => tf.max(special()));
  await compare("sum", () => tf.sum(special()));
});

Deno.test("exp is within two units in the last place over its whole range, 0 below it and infinity above", () => {
  const x = Float32Array.from({ length: 170_001 }, (_, i) => -86 + i / 1000);
  const y = tf.tidy(() => tf.exp(tf.tensor1d(x)).dataSync());
  const worst = x.reduce((worst, v, i) => {
    const exact = Math.exp(v);
    return exact > 3.4e38 ? worst : Math.max(worst, Math.abs(y[i] - exact) / exact);
  }, 0);
  assert(worst < 2 * 2 ** -23, `${worst}`);
  assertEquals([...tf.exp(tf.tensor1d([-200, 200])).dataSync()], [0, Infinity]);
});

Deno.test("casts from bool and int32 keep every value", async () => {
  await compare("bool", () => tf.tensor1d([true, false, true], "bool").toFloat());
  await compare("int32", () => tf.tensor1d([-5, 0, 7, 2 ** 24], "int32").toFloat());
  await compare("equal", () => tf.equal(tf.tensor1d([1, 2, NaN]), tf.tensor1d([1, 3, NaN])));
});
