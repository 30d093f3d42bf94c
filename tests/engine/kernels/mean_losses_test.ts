import { meanSigmoidCrossEntropy, meanSquaredError } from "baeum/engine";
import { tf, useBackend } from "baeum/tensors";
import { assertNear, compare, compareWithDifferences, numbers } from "./reference.ts";

const shapes = [[3, 1], [4, 7], [2, 3, 8], [5, 10]];

Deno.test("the mean squared error and its gradients agree with tfjs' ops one by one", async () => {
  for (const shape of shapes) {
    await compare(`[${shape}]`, () => meanSquaredError(numbers(shape), numbers(shape, 2)));
    await compare(
      `gradients [${shape}]`,
      () => tf.grads((t, y) => tf.square(meanSquaredError(t, y)))([numbers(shape), numbers(shape, 2)]),
    );
  }
});

Deno.test("the sigmoid cross-entropy and its gradients agree with tfjs' ops one by one", async () => {
  for (const shape of shapes) {
    const target = () => tf.sigmoid(numbers(shape));
    await compare(`[${shape}]`, () => meanSigmoidCrossEntropy(target(), numbers(shape, 2)));
    compareWithDifferences(`[${shape}]`, meanSigmoidCrossEntropy, [target(), numbers(shape, 2)]);
  }
});

Deno.test("the sigmoid cross-entropy of large logits neither overflows nor loses its gradient", async () => {
  await useBackend("wasm");
  const logits = tf.tensor2d([[1000, -1000, 1000, -1000, 20, -20, 0]]);
  const target = tf.tensor2d([[1, 0, 0, 1, 1, 0, 0.5]]);
  const losses = [0, 0, 1000, 1000, Math.log1p(Math.exp(-20)), Math.log1p(Math.exp(-20)), Math.log(2)];
  losses.forEach((loss, i) => {
    const one = meanSigmoidCrossEntropy(target.slice([0, i], [1, 1]), logits.slice([0, i], [1, 1])).dataSync()[0];
    assertNear([one / Math.max(loss, 1e-30)], [loss / Math.max(loss, 1e-30)], `loss ${i}`, 1e-6);
  });
  const gradient = tf.grad((z) => meanSigmoidCrossEntropy(target, z).mul(7))(logits).dataSync();
  assertNear(gradient, [0, 0, 1, -1, -2.0611536e-9, 2.0611536e-9, 0], "gradient", 1e-6);
});
