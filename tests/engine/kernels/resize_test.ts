import { tf } from "baeum/tensors";
import { compare, compareWithDifferences, numbers } from "./reference.ts";

const sizes: [number, number][] = [[4, 6], [7, 3], [8, 12], [1, 1], [3, 13]];
const modes = [[false, false], [true, false], [false, true]] as const;

Deno.test("resizing agrees with tfjs' CPU backend, corners aligned or pixels' centres", async () => {
  for (const size of sizes) {
    for (const [corners, centres] of modes) {
      for (const channels of [1, 3, 5]) {
        const x = () => numbers([2, 4, 6, channels]) as tf.Tensor4D;
        const title = `${size} ${corners} ${centres} ${channels}`;
        await compare(`bilinear ${title}`, () => tf.image.resizeBilinear(x(), size, corners, centres));
        await compare(`nearest ${title}`, () => tf.image.resizeNearestNeighbor(x(), size, corners, centres));
      }
    }
  }
});

Deno.test("resizing has the gradients that differences show, with pixels' centres too, where tfjs has others", () => {
  for (const size of sizes) {
    for (const [corners, centres] of modes) {
      const x = numbers([1, 4, 3, 5]);
      const title = `${size} ${corners} ${centres}`;
      const bilinear = (x: tf.Tensor) => tf.image.resizeBilinear(x as tf.Tensor4D, size, corners, centres);
      const nearest = (x: tf.Tensor) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, size, corners, centres);
      compareWithDifferences(`bilinear ${title}`, bilinear, [x]);
      compareWithDifferences(`nearest ${title}`, nearest, [x]);
    }
  }
});
