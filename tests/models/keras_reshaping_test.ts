import { assertThrows } from "@std/assert";
import { layers } from "baeum/models";
import { tf } from "baeum/tensors";
import { type LayerCase, layersLikeKeras } from "./like_keras.ts";

const reshaping: LayerCase[] = [
  { title: "reshape", make: () => layers.reshape({ targetShape: [3, 4] }), shape: [2, 12] },
  { title: "reshape with −1", make: () => layers.reshape({ targetShape: [2, -1, 3] }), shape: [2, 6, 4] },
  { title: "reshape to a vector", make: () => layers.reshape({ targetShape: [-1] }), shape: [3, 2, 5] },
  { title: "repeat vector", make: () => layers.repeatVector({ n: 3 }), shape: [2, 5] },
  { title: "repeat vector once", make: () => layers.repeatVector({ n: 1 }), shape: [2, 5] },
  { title: "repeat vector often", make: () => layers.repeatVector({ n: 20 }), shape: [3, 1] },
  { title: "permute", make: () => layers.permute({ dims: [2, 1] }), shape: [2, 3, 4] },
  { title: "permute three", make: () => layers.permute({ dims: [3, 1, 2] }), shape: [2, 3, 4, 5] },
  { title: "permute four", make: () => layers.permute({ dims: [4, 2, 3, 1] }), shape: [2, 2, 3, 4, 5] },
];

const borders: LayerCase[] = [
  { title: "cropping 1d", make: () => layers.cropping1d(), shape: [2, 5, 3] },
  { title: "cropping 1d at the end", make: () => layers.cropping1d({ cropping: [0, 2] }), shape: [2, 5, 3] },
  { title: "cropping 1d by 2", make: () => layers.cropping1d({ cropping: 2 }), shape: [2, 5, 3] },
  { title: "cropping 2d", make: () => layers.cropping2d(), shape: [2, 4, 5, 3] },
  { title: "cropping 2d by 1", make: () => layers.cropping2d({ cropping: 1 }), shape: [2, 4, 5, 3] },
  { title: "cropping 2d by pairs", make: () => layers.cropping2d({ cropping: [[1, 2], [0, 3]] }), shape: [2, 4, 5, 3] },
  {
    title: "cropping 2d, channels first",
    make: () => layers.cropping2d({ cropping: [1, 2], dataFormat: "channels_first" }),
    shape: [2, 3, 4, 5],
  },
  { title: "cropping 3d", make: () => layers.cropping3d(), shape: [1, 3, 4, 5, 2] },
  {
    title: "cropping 3d by pairs",
    make: () => layers.cropping3d({ cropping: [[1, 0], [0, 2], 1] }),
    shape: [1, 3, 4, 5, 2],
  },
  {
    title: "cropping 3d, channels first",
    make: () => layers.cropping3d({ cropping: 1, dataFormat: "channels_first" }),
    shape: [1, 2, 3, 4, 5],
  },
  { title: "zero padding 1d", make: () => layers.zeroPadding1d(), shape: [2, 3, 4] },
  { title: "zero padding 1d by a pair", make: () => layers.zeroPadding1d({ padding: [2, 0] }), shape: [2, 3, 4] },
  {
    title: "zero padding 1d, channels first",
    make: () => layers.zeroPadding1d({ padding: 3, dataFormat: "channels_first" }),
    shape: [2, 3, 4],
  },
  { title: "zero padding 2d", make: () => layers.zeroPadding2d(), shape: [2, 3, 4, 2] },
  { title: "zero padding 2d, other width", make: () => layers.zeroPadding2d({ padding: [1, 2] }), shape: [2, 3, 4, 2] },
  {
    title: "zero padding 2d by pairs",
    make: () => layers.zeroPadding2d({ padding: [[0, 1], [2, 0]] }),
    shape: [2, 3, 4, 2],
  },
  {
    title: "zero padding 2d, channels first",
    make: () => layers.zeroPadding2d({ padding: [[0, 1], [2, 0]], dataFormat: "channels_first" }),
    shape: [2, 2, 3, 4],
  },
  { title: "zero padding 3d", make: () => layers.zeroPadding3d(), shape: [1, 2, 3, 2, 2] },
  {
    title: "zero padding 3d by pairs",
    make: () => layers.zeroPadding3d({ padding: [[0, 1], 0, [2, 1]] }),
    shape: [1, 2, 3, 2, 2],
  },
  {
    title: "zero padding 3d, channels first",
    make: () => layers.zeroPadding3d({ padding: 1, dataFormat: "channels_first" }),
    shape: [1, 2, 2, 3, 2],
  },
];

const upSampling: LayerCase[] = [
  { title: "up-sampling 1d", make: () => layers.upSampling1d(), shape: [2, 3, 4] },
  { title: "up-sampling 1d by 5", make: () => layers.upSampling1d({ size: 5 }), shape: [2, 3, 2] },
  { title: "up-sampling 1d by 1", make: () => layers.upSampling1d({ size: 1 }), shape: [2, 3, 2] },
  { title: "up-sampling 2d", make: () => layers.upSampling2d(), shape: [2, 3, 4, 2] },
  { title: "up-sampling 2d by 1 and 3", make: () => layers.upSampling2d({ size: [1, 3] }), shape: [2, 3, 4, 2] },
  {
    title: "up-sampling 2d, channels first",
    make: () => layers.upSampling2d({ size: [2, 3], dataFormat: "channels_first" }),
    shape: [2, 2, 3, 4],
  },
  ...(["bilinear", "bicubic", "lanczos3", "lanczos5"] as const).flatMap((interpolation): LayerCase[] => [
    {
      title: `up-sampling 2d, ${interpolation}`,
      make: () => layers.upSampling2d({ interpolation }),
      shape: [2, 4, 5, 2],
    },
    {
      title: `up-sampling 2d by 3 and 5, ${interpolation}`,
      make: () => layers.upSampling2d({ size: [3, 5], interpolation }),
      shape: [1, 9, 7, 3],
    },
    {
      title: `up-sampling 2d of one row, ${interpolation}`,
      make: () => layers.upSampling2d({ size: 7, interpolation }),
      shape: [1, 1, 3, 1],
    },
    {
      title: `up-sampling 2d, channels first, ${interpolation}`,
      make: () => layers.upSampling2d({ size: [2, 4], interpolation, dataFormat: "channels_first" }),
      shape: [2, 2, 5, 3],
    },
  ]),
  { title: "up-sampling 3d", make: () => layers.upSampling3d(), shape: [1, 2, 3, 2, 2] },
  {
    title: "up-sampling 3d by three factors",
    make: () => layers.upSampling3d({ size: [1, 2, 3] }),
    shape: [1, 2, 3, 2, 2],
  },
  {
    title: "up-sampling 3d, channels first",
    make: () => layers.upSampling3d({ size: [3, 1, 2], dataFormat: "channels_first" }),
    shape: [1, 2, 2, 3, 2],
  },
];

layersLikeKeras("layers that reorder", reshaping);
layersLikeKeras("layers that crop and pad", borders);
layersLikeKeras("layers that enlarge", upSampling);

Deno.test("Reshape refuses a shape that a sample's numbers do not fill, and names both", () => {
  const error = assertThrows(() => layers.reshape({ targetShape: [5] }).apply(tf.zeros([2, 6])), RangeError);
  for (const part of ["6 numbers", "(5,)", "(6,)"]) if (!error.message.includes(part)) throw error;
  assertThrows(() => layers.reshape({ targetShape: [-1, -1] }), RangeError, "at most one");
  assertThrows(() => layers.reshape({ targetShape: [-1, 4] }).apply(tf.zeros([2, 6])), RangeError);
});

Deno.test("Permute, RepeatVector and the layers with borders refuse inputs of another rank", () => {
  assertThrows(() => layers.permute({ dims: [2, 1] }).apply(tf.zeros([2, 6])), RangeError, "2 dimensions");
  assertThrows(() => layers.permute({ dims: [0, 1] }), RangeError, "counted from 1");
  assertThrows(() => layers.repeatVector({ n: 2 }).apply(tf.zeros([2, 6, 1])), RangeError, "[batch, features]");
  assertThrows(() => layers.cropping2d().apply(tf.zeros([2, 6, 1])), RangeError, "4 dimensions");
  assertThrows(() => layers.zeroPadding1d().apply(tf.zeros([2, 6])), RangeError, "3 dimensions");
  assertThrows(() => layers.upSampling3d().apply(tf.zeros([2, 6, 6, 1])), RangeError, "5 dimensions");
});

Deno.test("Cropping refuses to cut off everything", () => {
  assertThrows(
    () => layers.cropping1d({ cropping: [2, 1] }).apply(tf.zeros([1, 3, 1])),
    RangeError,
    "all of its input",
  );
  assertThrows(() => layers.cropping2d({ cropping: -1 }), RangeError, "at least 0");
  assertThrows(() => layers.cropping2d({ cropping: [1, 2, 3] }), RangeError, "a list of 2");
});
