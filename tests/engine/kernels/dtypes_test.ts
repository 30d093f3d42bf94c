import { assertEquals, assertThrows } from "@std/assert";
import { assign, batchNorm, convolution, dense, meanSquaredError, softmaxCrossEntropy } from "baeum/engine";
import { tf } from "baeum/tensors";
import { assertNear } from "./reference.ts";

Deno.test("fused ops take int32 and bool as the numbers they are", () => {
  const whole = [[1, 2], [3, 4]];
  for (const dtype of ["int32", "bool"] as const) {
    const x = tf.tensor2d(dtype === "bool" ? [[1, 0], [1, 1]] : whole, [2, 2], dtype);
    const same = x.toFloat();
    const kernel = tf.tensor2d([[1, 2], [3, 4]]);
    const bias = tf.tensor1d([0.5, -0.5]);
    assertEquals(dense(x, kernel, bias, "relu").arraySync(), dense(same, kernel, bias, "relu").arraySync());
    const images = x.reshape([1, 2, 2, 1]);
    const window = tf.ones([2, 2, 1, 2]);
    assertEquals(
      convolution(images, window, bias, "linear").arraySync(),
      convolution(images.toFloat(), window, bias, "linear").arraySync(),
    );
    assertNear(
      batchNorm(x, undefined, undefined, 1e-3)[0].dataSync(),
      batchNorm(same, undefined, undefined, 1e-3)[0].dataSync(),
      "batchNorm",
    );
    assertEquals(meanSquaredError(x, kernel).arraySync(), meanSquaredError(same, kernel).arraySync());
    assertEquals(softmaxCrossEntropy(x, kernel).arraySync(), softmaxCrossEntropy(same, kernel).arraySync());
  }
});

Deno.test("a kernel of the engine's refuses numbers of a type that it cannot read", () => {
  const x = tf.tensor2d([[1, 2]], [1, 2], "int32");
  const inputs = { x, kernel: tf.ones([2, 3]), bias: tf.zeros([3]) };
  assertThrows(
    () => tf.engine().runKernel("DenseForward", inputs, { activation: "linear" }),
    TypeError,
    "DenseForward cannot work on these. Received: x: int32 [1,2]",
  );
});

Deno.test("assign copies variables of every type, and no byte more", () => {
  const flags = tf.variable(tf.tensor1d([1, 0, 1], "bool"));
  const neighbours = [0, 1, 2].map(() => tf.fill([3], 7));
  assign(flags, tf.tensor1d([0, 1, 1], "bool"));
  assertEquals([...flags.dataSync()], [0, 1, 1]);
  for (const neighbour of neighbours) assertEquals([...neighbour.dataSync()], [7, 7, 7]);
});
