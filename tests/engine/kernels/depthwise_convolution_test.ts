import { tf } from "baeum/tensors";
import { compare, compareWithDifferences, numbers } from "./reference.ts";

type Shape4 = [number, number, number, number];

Deno.test("depthwise convolution and its gradients agree with tfjs' CPU backend", async () => {
  const cases: { x: Shape4; filter: Shape4; strides: number | [number, number]; pad: "same" | "valid" }[] = [
    { x: [2, 6, 7, 5], filter: [3, 3, 5, 1], strides: 1, pad: "same" },
    { x: [2, 7, 6, 4], filter: [3, 2, 4, 3], strides: 1, pad: "valid" },
    { x: [1, 8, 8, 9], filter: [3, 3, 9, 1], strides: 2, pad: "same" },
    { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: 1, pad: "valid" },
  ];
  for (const { x, filter, strides, pad } of cases) {
    const title = `[${x}] [${filter}] ${strides} ${pad}`;
    const run = (a: tf.Tensor, b: tf.Tensor) => tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad);
    const inputs = () => [numbers(x), numbers(filter, 2)];
    await compare(title, () => run(inputs()[0], inputs()[1]));
    await compare(`gradients, ${title}`, () => tf.grads((a, b) => tf.square(run(a, b)))(inputs()));
  }
});

Deno.test("dilated depthwise convolution has the gradients that differences show", () => {
  const run = (a: tf.Tensor, b: tf.Tensor) =>
    tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "same", "NHWC", 2);
  compareWithDifferences("dilated depthwise", run, [numbers([1, 5, 6, 3]), numbers([3, 2, 3, 2], 2)]);
});
