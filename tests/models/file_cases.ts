/** Writes models of all kinds here, loads them in Keras and what Keras saved here again, twice without drift. */
import { assert, assertEquals } from "@std/assert";
import { input, type Layer, layers, loadModel, type Model, model as graph, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Loads what we wrote, predicts, saves it again; loads, predicts and trains as Keras does. */
const KERAS = `
import numpy as np, keras
answer = []
for case in given:
    try:
        model = keras.models.load_model(case["from"])
        xs = [np.array(x, "float32") for x in case["x"]]
        ys = keras.tree.flatten(model(xs if len(xs) > 1 else xs[0], training=False))
        model.save(case["to"])
        answer.append({"y": [np.asarray(y).tolist() for y in ys]})
    except Exception as error:
        answer.append({"error": repr(error)[:600]})
`;

/** A model of some kind, and the shapes of one sample of its inputs. */
export interface FileCase {
  title: string;
  shapes: number[][];
  make: () => Model;
}

const stack = (title: string, inputShape: number[], make: () => Layer[]): FileCase => ({
  title,
  shapes: [inputShape],
  make: () => sequential({ layers: [layers.inputLayer({ shape: inputShape }), ...make()] }),
});

const l = layers;
/** One model of each kind that files must hold. */
export const fileCases: FileCase[] = [
  stack("Dense", [4], () => [l.dense({ units: 5, activation: "relu" }), l.dense({ units: 3, activation: "softmax" })]),
  stack("Dense without bias, L2", [4], () => [l.dense({ units: 5, useBias: false, kernelRegularizer: "l2" })]),
  stack("Dense, L1 and max norm", [4], () => [
    l.dense({ units: 5, kernelRegularizer: "l1", kernelConstraint: "max_norm", biasInitializer: "ones" }),
  ]),
  stack("Dropout", [4], () => [l.dense({ units: 5 }), l.dropout({ rate: 0.5 }), l.dense({ units: 2 })]),
  stack("Gaussian noise", [4], () => [l.gaussianNoise({ stddev: 0.1 }), l.dense({ units: 2 })]),
  stack("Gaussian dropout", [4], () => [l.gaussianDropout({ rate: 0.1 }), l.dense({ units: 2 })]),
  stack("activity regularization", [4], () => [l.dense({ units: 2 }), l.activityRegularization({ l1: 0.1 })]),
  stack(
    "batch normalization",
    [4],
    () => [l.dense({ units: 5 }), l.batchNormalization(), l.activation({ activation: "tanh" })],
  ),
  stack("layer normalization", [4], () => [l.dense({ units: 5 }), l.layerNormalization()]),
  stack("normalization", [4], () => [l.normalization(), l.dense({ units: 5 })]),
  stack("unit normalization", [4], () => [l.unitNormalization(), l.dense({ units: 5 })]),
  stack("rescaling", [4], () => [l.rescaling({ scale: 0.5, offset: 1 }), l.dense({ units: 5 })]),
  stack("ReLU with all arguments", [4], () => [l.dense({ units: 5 }), l.reLU({ maxValue: 1, negativeSlope: 0.1 })]),
  stack("leaky ReLU", [4], () => [l.dense({ units: 5 }), l.leakyReLU({ negativeSlope: 0.2 })]),
  stack("PReLU", [4], () => [l.dense({ units: 5 }), l.prelu()]),
  stack("ELU and softmax", [4], () => [l.dense({ units: 5 }), l.elu({ alpha: 0.7 }), l.softmax()]),
  stack("Conv1D, causal", [9, 2], () => [l.conv1d({ filters: 3, kernelSize: 3, padding: "causal" }), l.flatten()]),
  stack("max pooling 1D", [8, 2], () => [l.conv1d({ filters: 3, kernelSize: 3 }), l.maxPooling1d({ poolSize: 2 })]),
  stack("Conv2D", [8, 8, 2], () => [
    l.conv2d({ filters: 3, kernelSize: 3, activation: "relu" }),
    l.maxPooling2d({ poolSize: 2 }),
    l.flatten(),
    l.dense({ units: 2 }),
  ]),
  stack("Conv2D with strides", [8, 8, 2], () => [
    l.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }),
    l.averagePooling2d({ poolSize: 2 }),
  ]),
  stack("Conv2D, dilated", [8, 8, 2], () => [l.conv2d({ filters: 3, kernelSize: 3, dilationRate: 2 })]),
  stack("Conv3D", [5, 5, 5, 1], () => [l.conv3d({ filters: 2, kernelSize: 3 }), l.globalAveragePooling3d()]),
  stack("separable Conv2D", [8, 8, 2], () => [l.separableConv2d({ filters: 3, kernelSize: 3 })]),
  stack("depthwise Conv2D", [8, 8, 2], () => [l.depthwiseConv2d({ kernelSize: 3 }), l.globalMaxPooling2d()]),
  stack("transposed Conv2D", [4, 4, 2], () => [l.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2 })]),
  stack("transposed Conv1D", [4, 2], () => [l.conv1dTranspose({ filters: 3, kernelSize: 3, strides: 2 })]),
  stack("up-sampling and padding", [4, 4, 2], () => [
    l.upSampling2d({ size: 2 }),
    l.zeroPadding2d({ padding: 1 }),
    l.cropping2d({ cropping: 2 }),
    l.conv2d({ filters: 1, kernelSize: 1 }),
  ]),
  stack("reshape and permute", [4, 6], () => [
    l.permute({ dims: [2, 1] }),
    l.reshape({ targetShape: [24] }),
    l.repeatVector({ n: 3 }),
  ]),
  stack("spatial dropout", [6, 2], () => [l.spatialDropout1d({ rate: 0.3 }), l.globalAveragePooling1d()]),
  stack("masking and LSTM", [6, 2], () => [l.masking({ maskValue: 0 }), l.lstm({ units: 4 })]),
  stack("SimpleRNN", [6, 2], () => [l.simpleRNN({ units: 4, returnSequences: true }), l.simpleRNN({ units: 3 })]),
  stack("GRU", [6, 2], () => [l.gru({ units: 4, resetAfter: true })]),
  stack("GRU of the first kind", [6, 2], () => [l.gru({ units: 4, resetAfter: false })]),
  stack("LSTM with dropout", [6, 2], () => [l.lstm({ units: 4, dropout: 0.2 })]),
  stack("bidirectional LSTM", [6, 2], () => [l.bidirectional({ layer: l.lstm({ units: 4 }) }), l.dense({ units: 1 })]),
  stack("bidirectional GRU, summed", [6, 2], () => [l.bidirectional({ layer: l.gru({ units: 4 }), mergeMode: "sum" })]),
  stack("time distributed", [6, 2], () => [l.timeDistributed({ layer: l.dense({ units: 3 }) }), l.flatten()]),
  stack("embedding", [6], () => [l.embedding({ inputDim: 10, outputDim: 4 }), l.globalAveragePooling1d()]),
  stack("a model in a model", [4], () => [
    sequential({ layers: [l.inputLayer({ shape: [4] }), l.dense({ units: 3 }), l.dense({ units: 2 })] }),
    l.dense({ units: 2 }),
  ]),
  {
    title: "wide and deep, two inputs and two outputs",
    shapes: [[5], [6]],
    make() {
      const [wide, deep] = [input({ shape: [5] }), input({ shape: [6] })];
      const hidden = l.dense({ units: 8, activation: "relu" }).apply(deep);
      const joined = l.concatenate().apply([wide, hidden]);
      return graph({
        inputs: [wide, deep],
        outputs: [l.dense({ units: 1 }).apply(joined), l.dense({ units: 2 }).apply(hidden)],
      });
    },
  },
  {
    title: "a shared layer",
    shapes: [[4], [4]],
    make() {
      const [a, b] = [input({ shape: [4] }), input({ shape: [4] })];
      const shared = l.dense({ units: 3, activation: "tanh" });
      return graph({ inputs: [a, b], outputs: l.subtract().apply([shared.apply(a), shared.apply(b)]) });
    },
  },
  {
    title: "a functional model in another",
    shapes: [[4]],
    make() {
      const x = input({ shape: [4] });
      const inner = graph({ inputs: x, outputs: l.dense({ units: 4, activation: "tanh" }).apply(x) });
      const y = input({ shape: [4] });
      return graph({ inputs: y, outputs: l.add().apply([y, inner.apply(y)]) });
    },
  },
  {
    title: "a functional model called twice, the last time as the output",
    shapes: [[4]],
    make() {
      const x = input({ shape: [4] });
      const inner = graph({ inputs: x, outputs: l.dense({ units: 4, activation: "tanh" }).apply(x) });
      const y = input({ shape: [4] });
      return graph({ inputs: y, outputs: inner.apply(l.add().apply([y, inner.apply(y)])) });
    },
  },
];

/** Numbers from 0 to 5 for embeddings, so that they fit every layer. */
export function dataFor({ shapes, title }: Pick<FileCase, "shapes" | "title">): tf.Tensor[] {
  return shapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 3);
    const values = Array.from({ length: size }, (_, i) => title === "embedding" ? i % 6 : Math.sin(i * 1.7));
    return tf.tensor(values, [3, ...shape]);
  });
}

/** What a model gives for these inputs, each output flat. */
export function predicted(model: Model, x: tf.Tensor[]): number[][] {
  return [model.predict<tf.Tensor | tf.Tensor[]>(x.length === 1 ? x[0] : x)].flat().map((y) => [...y.dataSync()]);
}

/** Asserts that predictions differ by less than 1e-5. */
export function assertNear(got: number[][], wanted: number[][], title: string): void {
  assertEquals(got.map((y) => y.length), wanted.map((y) => y.length), title);
  const far = got.flatMap((y, i) => y.map((value, j) => Math.abs(value - wanted[i][j])));
  assert(far.every((difference) => difference < 1e-5), `${title}: ${Math.max(...far)}`);
}

/** Tests that every kind of model goes to Keras and back twice in files that end in `extension`. */
export function travelsToKeras(extension: ".keras" | ".h5"): void {
  peerTest(
    `models of many kinds travel to Keras and back twice as ${extension}, with equal weights and predictions`,
    async (ask, t) => {
      await useBackend("cpu");
      const folder = await Deno.makeTempDir();
      const made = fileCases.map((each) => ({ each, model: each.make(), x: dataFor(each) }));
      for (const [i, { model }] of made.entries()) await model.save(`${folder}/${i}${extension}`);
      let from = made.map((_, i) => `${folder}/${i}${extension}`);
      for (const round of ["first", "second"]) {
        const to = made.map((_, i) => `${folder}/${i}_${round}${extension}`);
        const answers = await ask(
          KERAS,
          made.map(({ x }, i) => ({ from: from[i], to: to[i], x: x.map((tensor) => tensor.arraySync()) })),
        ) as { y: unknown[]; error?: string }[];
        const again = made.map((_, i) => `${folder}/${i}_${round}_again${extension}`);
        for (const [i, { each, model, x }] of made.entries()) {
          await t.step(`${each.title}, ${round} time`, async () => {
            assertEquals(answers[i].error, undefined);
            const wanted = predicted(model, x);
            assertNear(answers[i].y.map((y) => [y].flat(9) as number[]), wanted, each.title);
            const back = await loadModel(to[i]);
            assertEquals(
              back.getWeights().map((w) => [...w.dataSync()]),
              model.getWeights().map((w) => [...w.dataSync()]),
            );
            assertEquals(predicted(back, x), wanted);
            await back.save(again[i]);
          });
        }
        from = again;
      }
      await Deno.remove(folder, { recursive: true });
    },
  );
}
