import { convolution } from "baeum/engine";
import { tf } from "baeum/tensors";
import { assertNear, compare, compareWithDifferences, numbers } from "./reference.ts";

interface Case {
  x: [number, number, number, number];
  filter: [number, number, number, number];
  strides: number | [number, number];
  pad: "same" | "valid" | number;
  dilations?: number;
}

const cases: Case[] = [
  { x: [2, 5, 7, 3], filter: [3, 3, 3, 4], strides: 1, pad: "valid" },
  { x: [2, 5, 7, 3], filter: [3, 2, 3, 5], strides: 1, pad: "same" },
  { x: [3, 8, 8, 1], filter: [3, 3, 1, 6], strides: 2, pad: "same" },
  { x: [1, 9, 6, 5], filter: [2, 3, 5, 1], strides: [2, 1], pad: "valid" },
  { x: [2, 6, 6, 8], filter: [1, 1, 8, 3], strides: 1, pad: "same" },
  { x: [2, 6, 6, 8], filter: [1, 1, 8, 3], strides: 2, pad: "valid" },
  { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: 1, pad: "valid" },
  { x: [2, 7, 7, 2], filter: [3, 3, 2, 4], strides: 1, pad: 2 },
  { x: [0, 7, 7, 2], filter: [3, 3, 2, 4], strides: 1, pad: "valid" },
  { x: [40, 28, 28, 3], filter: [5, 5, 3, 7], strides: 1, pad: "same" },
];

const titleOf = (one: Case) => JSON.stringify(one);

Deno.test("conv2d and its gradients agree with tfjs' CPU backend for strides and paddings of every kind", async () => {
  for (const one of cases) {
    const { x, filter, strides, pad } = one;
    const run = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad);
    await compare(titleOf(one), () => run(numbers(x), numbers(filter, 2)));
    if (x[0] === 0) continue;
    // The filter's gradient sums a product for each place: half a unit in the last place may be lost at each.
    const tolerance = 1e-5 + 2 ** -24 * x[0] * x[1] * x[2];
    await compare(`gradients, ${titleOf(one)}`, () => {
      const inputs = [numbers(x), numbers(filter, 2)];
      return tf.grads((a, b) => tf.mul(run(a, b), numbers(run(a, b).shape, 3)))(inputs);
    }, tolerance);
  }
});

Deno.test("dilated conv2d agrees with tfjs' CPU backend, its gradients with differences", async () => {
  for (const pad of ["same", "valid"] as const) {
    const run = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, pad, "NHWC", 2);
    await compare(`dilated, ${pad}`, () => run(numbers([2, 7, 6, 3]), numbers([3, 2, 3, 4], 2)));
    compareWithDifferences(`dilated, ${pad}`, run, [numbers([1, 6, 5, 2]), numbers([3, 2, 2, 2], 2)]);
  }
});

Deno.test("conv1d and its gradients agree with tfjs' CPU backend", async () => {
  for (const pad of ["same", "valid"] as const) {
    await compare(
      `conv1d ${pad}`,
      () =>
        tf.grads((a, b) => tf.square(tf.conv1d(a as tf.Tensor3D, b as tf.Tensor3D, 2, pad)))(
          [numbers([3, 9, 4]), numbers([3, 4, 5], 2)],
        ),
    );
  }
});

Deno.test("conv2dTranspose and its gradients agree with tfjs' CPU backend", async () => {
  for (const [strides, pad] of [[1, "same"], [2, "same"], [2, "valid"]] as const) {
    const size = pad === "same" ? 4 * strides : 4 * strides + 1;
    const run = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [2, size, size, 5], strides, pad);
    const inputs = () => [numbers([2, 4, 4, 3]), numbers([3, 3, 5, 3], 2)];
    await compare(`conv2dTranspose ${strides} ${pad}`, () => run(inputs()[0], inputs()[1]));
    await compare(`its gradients ${strides} ${pad}`, () => tf.grads((a, b) => tf.square(run(a, b)))(inputs()));
  }
});

Deno.test("conv3d and its gradients agree with tfjs' CPU backend", async () => {
  for (const [strides, pad] of [[1, "same"], [2, "same"], [[1, 2, 1], "valid"]] as const) {
    const run = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, strides as number, pad);
    const inputs = () => [numbers([2, 4, 5, 6, 2]), numbers([2, 3, 2, 2, 3], 2)];
    await compare(`conv3d ${strides} ${pad}`, () => run(inputs()[0], inputs()[1]));
    await compare(`its gradients ${strides} ${pad}`, () => tf.grads((a, b) => tf.square(run(a, b)))(inputs()));
  }
});

Deno.test("conv3dTranspose has the gradients that differences show", async () => {
  const run = (x: tf.Tensor, filter: tf.Tensor) =>
    tf.conv3dTranspose(x as tf.Tensor5D, filter as tf.Tensor5D, [1, 4, 4, 6, 2], 2, "same");
  await compare("conv3dTranspose", () => run(numbers([1, 2, 2, 3, 3]), numbers([3, 3, 3, 2, 3], 2)));
  compareWithDifferences("conv3dTranspose", run, [numbers([1, 2, 2, 3, 2]), numbers([2, 2, 3, 2, 2], 2)]);
});

Deno.test("a fused convolution gives what product, bias and activation give one by one, and their gradients", () => {
  const shapes = [
    { x: [2, 9, 3], filter: [3, 3, 4] },
    { x: [2, 6, 5, 1], filter: [3, 3, 1, 5] },
    { x: [2, 6, 5, 2], filter: [3, 2, 2, 4] },
    { x: [1, 3, 4, 5, 2], filter: [2, 2, 2, 2, 3] },
  ];
  for (const { x, filter } of shapes) {
    for (const activation of ["linear", "relu", "sigmoid", "tanh"] as const) {
      for (const [strides, padding] of [[1, "same"], [2, "valid"]] as const) {
        const title = `[${x}] [${filter}] ${activation} ${strides} ${padding}`;
        const byParts = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) => {
          const product = x.rank === 3
            ? tf.conv1d(x as tf.Tensor3D, filter as tf.Tensor3D, strides, padding)
            : x.rank === 4
            ? tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, padding)
            : tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, strides, padding);
          const z = tf.add(product, bias);
          return activation === "linear" ? z : tf[activation](z);
        };
        const fused = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) =>
          convolution(x, filter, bias as tf.Tensor1D, activation, { strides, padding });
        const inputs = [numbers(x), numbers(filter, 2), numbers([filter.at(-1)!], 3)];
        const [a, b, c] = inputs;
        assertNear(fused(a, b, c).dataSync(), byParts(a, b, c).dataSync(), title);
        const expected = tf.grads((a, b, c) => tf.square(byParts(a, b, c)))(inputs);
        tf.grads((a, b, c) => tf.square(fused(a, b, c)))(inputs).forEach((gradient, i) => {
          assertNear(gradient.dataSync(), expected[i].dataSync(), `gradient ${i} of ${title}`);
        });
      }
    }
  }
});

Deno.test("tfjs' fused conv2d, with and without a bias, agrees with its CPU backend", async () => {
  for (const bias of [undefined, [4]]) {
    for (const activation of ["linear", "relu", "sigmoid", "elu"] as const) {
      await compare(`fused ${activation} ${bias}`, () =>
        tf.fused.conv2d({
          x: numbers([2, 6, 5, 3]) as tf.Tensor4D,
          filter: numbers([3, 3, 3, 4], 2) as tf.Tensor4D,
          strides: 1,
          pad: "same",
          bias: bias && numbers(bias, 3),
          activation,
        }));
    }
  }
});
