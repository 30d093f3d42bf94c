import { assertEquals, assertThrows } from "@std/assert";
import { layers, sequential } from "baeum/models";
import { tf } from "baeum/tensors";
import { layersLikeKeras } from "./like_keras.ts";

layersLikeKeras("embedding and masking", [
  { title: "embedding", make: () => layers.embedding({ inputDim: 7, outputDim: 3 }), shape: [4, 5], below: 7 },
  {
    title: "embedding that masks zero",
    make: () => layers.embedding({ inputDim: 4, outputDim: 2, maskZero: true }),
    shape: [3, 6],
    below: 4,
  },
  {
    title: "embedding of grids, initialized with zeros",
    make: () => layers.embedding({ inputDim: 9, outputDim: 4, embeddingsInitializer: "zeros" }),
    shape: [2, 3, 4],
    below: 9,
  },
  {
    title: "embedding with penalty and constraint",
    make: () =>
      layers.embedding({ inputDim: 5, outputDim: 2, embeddingsRegularizer: "l2", embeddingsConstraint: "unit_norm" }),
    shape: [3, 2],
    below: 5,
  },
  { title: "masking", make: () => layers.masking(), shape: [3, 4, 1], below: 2 },
  { title: "masking of twos", make: () => layers.masking({ maskValue: 2 }), shape: [3, 4, 2], below: 3 },
  { title: "masking of what is never there", make: () => layers.masking({ maskValue: -1 }), shape: [2, 3, 2] },
]);

Deno.test("an embedding refuses sizes that are none, and numbers that it has no vector for", () => {
  assertThrows(() => layers.embedding({ inputDim: 0, outputDim: 2 }), RangeError, "Received: 0");
  assertThrows(() => layers.embedding({ inputDim: 2, outputDim: 1.5 }), RangeError, "Received: 1.5");
  const embedding = layers.embedding({ inputDim: 3, outputDim: 2 });
  assertThrows(() => embedding.apply(tf.tensor2d([[3]])), RangeError);
  assertThrows(() => embedding.apply(tf.tensor2d([[-1]])), RangeError);
});

Deno.test("the mean of word vectors leaves out the words that are 0", () => {
  const embedding = layers.embedding({ inputDim: 3, outputDim: 1, maskZero: true, inputShape: [3] });
  const model = sequential({ layers: [embedding, layers.globalAveragePooling1d()] });
  embedding.setWeights([tf.tensor2d([[100], [2], [4]])]);
  assertEquals(model.apply(tf.tensor2d([[1, 2, 0], [2, 0, 0]])).arraySync(), [[3], [4]]);
});
