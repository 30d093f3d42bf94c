import { tf } from "baeum/tensors";
import { assertNear, numbers } from "./reference.ts";

Deno.test("fused matMul gives product, bias and activation, whatever is transposed, for matrices and stacks", () => {
  const activations = ["linear", "relu", "sigmoid", "elu", "relu6", "leakyrelu"] as const;
  for (const stack of [[], [2], [2, 3]]) {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        for (const activation of activations) {
          for (const withBias of [false, true]) {
            const a = numbers([...stack, ...(transposeA ? [5, 3] : [3, 5])]) as tf.Tensor2D;
            const b = numbers([...stack, ...(transposeB ? [7, 5] : [5, 7])], 2) as tf.Tensor2D;
            const bias = withBias ? numbers([7], 3) : undefined;
            const fused = tf.fused.matMul({ a, b, transposeA, transposeB, bias, activation });
            let expected: tf.Tensor = tf.matMul(a, b, transposeA, transposeB);
            if (bias) expected = expected.add(bias);
            if (activation === "leakyrelu") expected = tf.leakyRelu(expected, 0.2);
            else if (activation !== "linear") expected = tf[activation](expected);
            assertNear(fused.dataSync(), expected.dataSync(), `${stack} ${transposeA} ${transposeB} ${activation}`);
          }
        }
      }
    }
  }
});
