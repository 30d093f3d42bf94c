import { assertEquals, assertThrows } from "@std/assert";
import { layers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { type LayerCase, layersLikeKeras } from "./like_keras.ts";

const shapes = { "1d": [2, 5, 3], "2d": [2, 4, 3, 2], "3d": [1, 3, 2, 4, 2] } as const;

const cases: LayerCase[] = (["Max", "Average"] as const).flatMap((kind) =>
  (["1d", "2d", "3d"] as const).flatMap((dimensions): LayerCase[] => {
    const make = layers[`global${kind}Pooling${dimensions}`];
    const shape = [...shapes[dimensions]];
    const title = `global ${kind} pooling ${dimensions}`;
    return [
      { title, make: () => make(), shape },
      { title: `${title} that keeps dimensions`, make: () => make({ keepDims: true }), shape },
      { title: `${title}, channels first`, make: () => make({ dataFormat: "channels_first" }), shape },
      { title: `${title} of ties`, make: () => make(), shape, below: 2 },
    ];
  })
);

const masks: LayerCase[] = [
  { title: "mean of shown steps", make: () => layers.globalAveragePooling1d() },
  { title: "mean of shown steps, kept", make: () => layers.globalAveragePooling1d({ keepDims: true }) },
].map((given) => ({ ...given, shape: [2, 4, 3], mask: [[1, 1, 0, 1], [0, 0, 1, 0]] }));

layersLikeKeras("global pooling layers", [...cases, ...masks, {
  title: "mean of shown steps, channels first",
  make: () => layers.globalAveragePooling1d({ dataFormat: "channels_first" }),
  shape: [2, 3, 4],
  mask: [[1, 1, 0, 1], [0, 0, 1, 0]],
}]);

for (const backend of ["wasm", "cpu"] as const) {
  Deno.test(`what a mask hides does not reach the mean over steps, NaN as little as a number, on ${backend}`, async () => {
    await useBackend(backend);
    try {
      const mean = layers.globalAveragePooling1d();
      const y = mean.apply(tf.tensor3d([[[2], [NaN], [4]]]), { mask: tf.tensor2d([[1, 0, 1]]).cast("bool") });
      assertEquals(y.arraySync(), [[3]]);
    } finally {
      await useBackend("wasm");
    }
  });
}

Deno.test("global pooling refuses inputs of another rank, and takes a single position", () => {
  assertThrows(() => layers.globalMaxPooling2d().apply(tf.ones([2, 3, 4])), RangeError, "4 dimensions");
  const model = sequential({ layers: [layers.globalMaxPooling1d({ inputShape: [1, 2] })] });
  assertEquals(model.apply(tf.tensor3d([[[5, -7]]])).arraySync(), [[5, -7]]);
});
