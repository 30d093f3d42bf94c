import { tf } from "baeum/tensors";
import { compare, numbers } from "./reference.ts";

const shapes = [[1], [3], [4], [5, 7], [0], [2, 3, 5]];
const special = () => tf.tensor1d([NaN, Infinity, -Infinity, 0, -0, 1e-8, -1e-8, 100, -100]);

Deno.test("activations with a branch agree with tfjs' CPU backend, for special numbers too", async () => {
  const ops: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    leakyRelu: (x) => tf.leakyRelu(x, 0.3),
    elu: tf.elu,
    selu: tf.selu,
    relu6: tf.relu6,
    clip: (x) => tf.clipByValue(x, -0.5, 1.25),
    step: (x) => tf.step(x),
    stepAlpha: (x) => tf.step(x, 0.25),
    reciprocal: (x) => tf.reciprocal(x),
    rsqrt: (x) => tf.rsqrt(tf.abs(x)),
  };
  for (const [name, op] of Object.entries(ops)) {
    for (const shape of shapes) await compare(`${name} [${shape}]`, () => op(numbers(shape)));
    await compare(`${name} of special numbers`, () => op(special()));
  }
});

Deno.test("the gradients of activations agree with tfjs' CPU backend", async () => {
  const ops: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    leakyRelu: (x) => tf.leakyRelu(x, 0.3),
    elu: tf.elu,
    selu: tf.selu,
    clip: (x) => tf.clipByValue(x, -0.5, 1.25),
    relu: tf.relu,
    rsqrt: (x) => tf.rsqrt(tf.abs(x).add(0.1)),
  };
  for (const [name, op] of Object.entries(ops)) {
    await compare(name, () => tf.grad((x) => tf.square(op(x)))(numbers([5, 7])));
  }
});

Deno.test("comparisons agree with tfjs' CPU backend under broadcasting, and never hold for NaN but not-equal", async () => {
  const ops = ["less", "lessEqual", "greater", "greaterEqual", "equal", "notEqual"] as const;
  const pairs = [[[4], [4]], [[3, 5], [5]], [[3, 5], [3, 1]], [[3, 5], []], [[], [2, 3]], [[0, 3], [3]]];
  for (const op of ops) {
    for (const [a, b] of pairs) {
      const coarse = (shape: number[], seed: number) => tf.round(numbers(shape, seed));
      await compare(`${op} [${a}] [${b}]`, () => tf[op](coarse(a, 1), coarse(b, 2)));
      await compare(`${op} int32 [${a}] [${b}]`, () => tf[op](coarse(a, 1).toInt(), coarse(b, 2).toInt()));
    }
    await compare(`${op} of special numbers`, () => tf[op](special(), special().reverse()));
    await compare(`${op} with itself`, () => tf[op](special(), special()));
  }
});

Deno.test("where agrees with tfjs' CPU backend", async () => {
  for (const shape of [[5], [3, 4]]) {
    await compare(`[${shape}]`, () => tf.where(numbers(shape, 3).greater(0), numbers(shape), numbers(shape, 2)));
  }
});
