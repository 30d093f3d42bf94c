import { assertEquals, assertThrows } from "@std/assert";
import { input, layers, model } from "baeum/models";
import { tf } from "baeum/tensors";
import { type LayerCase, layersLikeKeras } from "./like_keras.ts";

const shape = [2, 5, 3];
const mask = [[1, 1, 0, 1, 0], [0, 1, 1, 0, 1]];
const { bidirectional, timeDistributed } = layers;

const both: LayerCase[] = (["concat", "sum", "mul", "ave"] as const).flatMap((mergeMode): LayerCase[] => [
  {
    title: `${mergeMode} of both directions of an lstm`,
    make: () => bidirectional({ layer: layers.lstm({ units: 3 }), mergeMode }),
    shape,
  },
  {
    title: `${mergeMode} of both directions of a gru, sequences`,
    make: () => bidirectional({ layer: layers.gru({ units: 3, returnSequences: true }), mergeMode }),
    shape,
  },
  {
    title: `${mergeMode} of both directions of a simple rnn, sequences with a mask`,
    make: () => bidirectional({ layer: layers.simpleRNN({ units: 2, returnSequences: true }), mergeMode }),
    shape,
    mask,
  },
]);

layersLikeKeras("bidirectional layers", [
  ...both,
  {
    title: "both directions with a mask",
    make: () => bidirectional({ layer: layers.lstm({ units: 2 }) }),
    shape,
    mask,
  },
  {
    title: "a backward layer of its own",
    make: () =>
      bidirectional({
        layer: layers.lstm({ units: 2, returnSequences: true }),
        backwardLayer: layers.gru({ units: 4, returnSequences: true, goBackwards: true }),
      }),
    shape,
  },
]);

layersLikeKeras("layers at each time step", [
  { title: "dense", make: () => timeDistributed({ layer: layers.dense({ units: 4, activation: "tanh" }) }), shape },
  {
    title: "convolution",
    make: () => timeDistributed({ layer: layers.conv2d({ filters: 2, kernelSize: 3, padding: "same" }) }),
    shape: [2, 3, 4, 5, 2],
  },
  { title: "flatten", make: () => timeDistributed({ layer: layers.flatten() }), shape: [2, 3, 4, 2] },
  { title: "an lstm", make: () => timeDistributed({ layer: layers.lstm({ units: 2 }) }), shape: [2, 3, 4, 2] },
  {
    title: "batch normalization, each time step for itself",
    make: () => timeDistributed({ layer: layers.batchNormalization({ momentum: 0.5 }) }),
    shape: [6, 3, 2],
    training: true,
    positive: /variance/,
  },
]);

Deno.test("without merging, both directions give an output each, and with states those of both", () => {
  const layer = layers.gru({ units: 2, returnSequences: true, returnState: true });
  const apart = bidirectional({ layer, mergeMode: null });
  const x = tf.randomNormal([2, 4, 3], 0, 1, "float32", 1);
  const [there, back, h, hBack] = apart.apply(x) as unknown as tf.Tensor[];
  assertEquals(h.arraySync(), there.slice([0, 3, 0], [-1, 1, -1]).squeeze([1]).arraySync());
  assertEquals(hBack.arraySync(), back.slice([0, 0, 0], [-1, 1, -1]).squeeze([1]).arraySync());
  assertEquals(apart.computeOutputShape([null, 4, 3]), [[null, 4, 2], [null, 4, 2], [null, 2], [null, 2]]);

  const merged = bidirectional({ layer });
  merged.ensureBuilt([null, 4, 3]);
  merged.setWeights(apart.getWeights());
  const [together] = merged.apply(x) as unknown as tf.Tensor[];
  assertEquals(together.arraySync(), tf.concat([there, back], -1).arraySync());
});

Deno.test("an encoder hands its states to a decoder in a functional model", () => {
  const [source, target] = [input({ shape: [4, 3] }), input({ shape: [5, 2] })];
  const encoded = layers.lstm({ units: 3, returnState: true }).apply(source) as unknown as (typeof source)[];
  const decoded = layers.lstm({ units: 3, returnSequences: true }).apply([target, ...encoded.slice(1)]);
  const both = model({ inputs: [source, target], outputs: decoded });
  const [x, y] = [[2, 4, 3], [2, 5, 2]].map((shape) =>
    tf.randomNormal(shape as [number, number, number], 0, 1, "float32", 2)
  );
  const first = both.apply([x, y]);
  assertEquals(first.shape, [2, 5, 3]);
  assertEquals(JSON.stringify(first.arraySync()) === JSON.stringify(both.apply([x.mul(2), y]).arraySync()), false);
});

Deno.test("wrappers refuse what they cannot wrap", () => {
  const dense = layers.dense({ units: 2 });
  // @ts-expect-error a dense layer has no direction
  assertThrows(() => bidirectional({ layer: dense }), TypeError, "recurrent");
  const layer = layers.lstm({ units: 2 });
  // @ts-expect-error no such mode
  assertThrows(() => bidirectional({ layer, mergeMode: "mean" }), RangeError, "mergeMode");
  assertThrows(() => bidirectional({ layer, backwardLayer: layers.lstm({ units: 2 }) }), RangeError, "directions");
  const sequences = layers.lstm({ units: 2, goBackwards: true, returnSequences: true });
  assertThrows(() => bidirectional({ layer, backwardLayer: sequences }), RangeError, "returnSequences");
  assertThrows(() => timeDistributed({ layer: dense }).apply(tf.ones([2, 3])), RangeError, "3 dimensions");
});
