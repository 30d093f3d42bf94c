import { batchNorm } from "baeum/engine";
import { tf } from "baeum/tensors";
import { assertNear, compareWithDifferences, numbers } from "./reference.ts";

Deno.test("batch normalisation gives mean, variance and result as tfjs' ops do one by one", () => {
  for (const shape of [[4, 3], [7, 1], [5, 4], [2, 3, 5, 6], [1000, 9], [1, 2]]) {
    const channels = shape.at(-1)!;
    const x = numbers(shape).add(10);
    const [gamma, beta] = [numbers([channels], 2) as tf.Tensor1D, numbers([channels], 3) as tf.Tensor1D];
    const [y, mean, variance] = batchNorm(x, gamma, beta, 1e-3);
    const moments = tf.moments(x, shape.map((_, i) => i).slice(0, -1));
    assertNear(mean.dataSync(), moments.mean.dataSync(), `mean of [${shape}]`);
    assertNear(variance.dataSync(), moments.variance.dataSync(), `variance of [${shape}]`, 1e-4);
    const expected = x.sub(moments.mean).div(moments.variance.add(1e-3).sqrt()).mul(gamma).add(beta);
    assertNear(y.dataSync(), expected.dataSync(), `result of [${shape}]`, 1e-4);
  }
});

Deno.test("batch normalisation's mean keeps its digits over 200,000 rows", () => {
  const [, mean, variance] = batchNorm(tf.fill([200_000, 3], 0.1), undefined, undefined, 1e-3);
  assertNear(mean.dataSync(), [0.1, 0.1, 0.1], "mean", 1e-6);
  assertNear(variance.dataSync(), [0, 0, 0], "variance", 1e-10);
});

Deno.test("batch normalisation has the gradients that differences show, and that its parts have", () => {
  for (const shape of [[5, 3], [2, 3, 2, 4]]) {
    const channels = shape.at(-1)!;
    const run = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
      batchNorm(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-2)[0];
    const inputs = [numbers(shape), numbers([channels], 2), numbers([channels], 3)];
    compareWithDifferences(`[${shape}]`, run, inputs);
    const byParts = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
      const { mean, variance } = tf.moments(x, shape.map((_, i) => i).slice(0, -1));
      return x.sub(mean).div(variance.add(1e-2).sqrt()).mul(gamma).add(beta);
    };
    const weighted = (op: typeof run) => (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
      tf.mul(op(x, gamma, beta), numbers(shape, 4));
    const expected = tf.grads(weighted(byParts))(inputs);
    tf.grads(weighted(run))(inputs).forEach((gradient, i) => {
      assertNear(gradient.dataSync(), expected[i].dataSync(), `gradient ${i} of [${shape}]`, 1e-4);
    });
  }
});
