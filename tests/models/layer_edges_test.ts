import { assert, assertEquals } from "@std/assert";
import { type Layer, layers } from "baeum/models";
import { tf } from "baeum/tensors";
import "../seeded.ts";

/** Layers and the shape of a sample for each of their inputs. */
const cases: [make: () => Layer, ...samples: number[][]][] = [
  [() => layers.reshape({ targetShape: [-1, 2] }), [4, 6]],
  [() => layers.repeatVector({ n: 3 }), [4]],
  [() => layers.permute({ dims: [2, 1] }), [3, 4]],
  [() => layers.cropping2d({ cropping: 1 }), [4, 4, 2]],
  [() => layers.zeroPadding2d(), [4, 4, 2]],
  [() => layers.upSampling1d(), [4, 2]],
  [() => layers.upSampling2d({ interpolation: "bilinear" }), [4, 4, 2]],
  [() => layers.upSampling2d({ interpolation: "bicubic" }), [4, 4, 2]],
  [() => layers.spatialDropout2d({ rate: 0.5 }), [4, 4, 2]],
  [() => layers.gaussianNoise({ stddev: 0.5 }), [4]],
  [() => layers.gaussianDropout({ rate: 0.5 }), [4]],
  [() => layers.activityRegularization({ l1: 0.1 }), [4]],
  [() => layers.batchNormalization(), [4]],
  [() => layers.batchNormalization({ axis: 1 }), [4, 3]],
  [() => layers.layerNormalization(), [4]],
  [() => layers.unitNormalization(), [4]],
  [() => layers.normalization(), [4]],
  [() => layers.rescaling({ scale: 2 }), [4]],
  [() => layers.add(), [4], [4]],
  [() => layers.maximum(), [3, 4], [4]],
  [() => layers.concatenate(), [4], [3]],
  [() => layers.dot({ axes: 1 }), [4], [4]],
  [() => layers.dot({ axes: [2, 1], normalize: true }), [2, 4], [4, 3]],
  [() => layers.reLU({ threshold: 0.1, maxValue: 1, negativeSlope: 0.2 }), [4]],
  [() => layers.leakyReLU(), [4]],
  [() => layers.thresholdedReLU(), [4]],
  [() => layers.prelu(), [4]],
  [() => layers.elu({ alpha: 2 }), [4]],
  [() => layers.softmax(), [4]],
  [() => layers.softmax({ axis: 1 }), [4, 2]],
  [() => layers.activation({ activation: "sparsemax" }), [4]],
  [() => layers.activation({ activation: "glu" }), [4]],
  [() => layers.globalMaxPooling1d(), [3, 2]],
  [() => layers.globalAveragePooling2d({ keepDims: true }), [3, 4, 2]],
  [() => layers.masking(), [3, 2]],
  [() => layers.conv1dTranspose({ filters: 2, kernelSize: 3 }), [3, 2]],
  [() => layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same" }), [3, 4, 2]],
  [() => layers.conv3dTranspose({ filters: 2, kernelSize: 2 }), [2, 2, 3, 1]],
  [() => layers.depthwiseConv2d({ kernelSize: 2 }), [3, 4, 2]],
  [() => layers.separableConv1d({ filters: 3, kernelSize: 2, dilationRate: 2 }), [4, 2]],
  [() => layers.simpleRNN({ units: 2 }), [3, 2]],
  [() => layers.lstm({ units: 2, returnSequences: true }), [3, 2]],
  [() => layers.gru({ units: 2, resetAfter: false }), [3, 2]],
  [() => layers.bidirectional({ layer: layers.lstm({ units: 2, returnSequences: true }) }), [3, 2]],
  [() => layers.timeDistributed({ layer: layers.dense({ units: 2 }) }), [3, 2]],
];

const inputs = (samples: number[][], rows: number, value: number): tf.Tensor[] =>
  samples.map((shape) => tf.fill([rows, ...shape], value));

const applyTo = (layer: Layer, xs: tf.Tensor[]) => layer.apply(xs.length === 1 ? xs[0] : xs);

for (const [make, ...samples] of cases) {
  const { name } = make();
  Deno.test(`${name} gives no rows for no rows, and lets NaN be seen`, () => {
    const y = applyTo(make(), inputs(samples, 0, 1));
    assertEquals([y.shape[0], y.size], [0, 0]);
    const z = applyTo(make(), inputs(samples, 1, NaN)).dataSync();
    assert(z.some(Number.isNaN), `NaN became ${z}`);
  });

  Deno.test(`${name} trains on a single row of equal numbers without a number that is not finite`, () => {
    const layer = make();
    const xs = inputs(samples, 1, 1);
    layer.ensureBuilt(xs.length === 1 ? [null, ...samples[0]] : samples.map((shape) => [null, ...shape]));
    const { value, grads } = tf.engine().gradients(
      () => tf.sum(layer.run(xs.length === 1 ? xs[0] : xs, { training: true, losses: [] }) as tf.Tensor),
      [...xs, ...layer.trainableWeights.map(({ variable }) => variable)],
      undefined,
      true,
    );
    for (const x of [value, ...grads, ...layer.getWeights()]) assert(x.dataSync().every(Number.isFinite));
  });
}
