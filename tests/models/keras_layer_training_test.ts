import { assert, assertEquals } from "@std/assert";
import { type Layer, layers, type Sequential, sequential } from "baeum/models";
import { seed, tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { assertNear, numbers } from "./like_keras.ts";

/** Trains the model of these layers from our weights on our batches. */
const KERAS = `
import numpy as np, keras
def of(case):
    model = keras.Sequential([keras.layers.Input(case["shape"])] +
        [getattr(keras.layers, l["class"]).from_config(l["config"]) for l in case["layers"]])
    model.set_weights([np.array(w, "float32") for w in case["weights"]])
    for layer in model.layers:
        if hasattr(layer, "finalize_state"): layer.finalize_state()
    model.compile(loss="mse", optimizer=case["optimizer"])
    x, y = np.array(case["x"], "float32"), np.array(case["y"], "float32")
    history = model.fit(x, y, epochs=6, batch_size=8, shuffle=False, verbose=0, validation_data=(x[:10], y[:10])).history
    return {"history": history, "weights": [np.array(w).tolist() for w in model.get_weights()]}
answer = [of(case) for case in given]
`;

interface Answer {
  history: { loss: number[]; val_loss: number[] };
  weights: unknown[];
}

const dense = (units: number) => layers.dense({ units });

/** Models by what they show, with the shape of a sample and an optimizer. */
const cases: [title: string, optimizer: "sgd" | "adam", shape: number[], make: () => Layer[]][] = [
  ["batch normalization between dense layers", "adam", [5], () => [
    // A bias would be taken away again: its gradient is rounding, which Adam makes steps of.
    layers.dense({ units: 12, activation: "relu", useBias: false }),
    layers.batchNormalization({ momentum: 0.9 }),
    dense(1),
  ]],
  ["batch normalization of images", "sgd", [6, 6, 2], () => [
    layers.conv2d({ filters: 3, kernelSize: 3 }),
    layers.batchNormalization({ scale: false }),
    layers.reLU(),
    layers.flatten(),
    dense(1),
  ]],
  ["batch normalization along axis 1, regularized", "sgd", [4, 3], () => [
    layers.batchNormalization({ axis: 1, gammaRegularizer: "l2", betaRegularizer: "l1", gammaConstraint: "non_neg" }),
    layers.flatten(),
    dense(1),
  ]],
  ["batch renormalization", "sgd", [5], () => [
    dense(6),
    layers.batchNormalization({ renorm: true, renormClipping: { rmin: 0.5, rmax: 2, dmax: 1 }, momentum: 0.8 }),
    dense(1),
  ]],
  ["frozen batch normalization", "adam", [5], () => [
    dense(6),
    layers.batchNormalization({ trainable: false }),
    dense(1),
  ]],
  ["layer and unit normalization, PReLU", "adam", [4, 3], () => [
    layers.layerNormalization(),
    layers.prelu({ sharedAxes: [1] }),
    layers.unitNormalization({ axis: [1, 2] }),
    layers.flatten(),
    dense(1),
  ]],
  ["up-sampling, cropping, padding and permuting", "sgd", [4, 4, 2], () => [
    layers.upSampling2d({ interpolation: "bilinear" }),
    layers.cropping2d({ cropping: [[1, 0], [0, 2]] }),
    layers.conv2d({ filters: 2, kernelSize: 3, activation: "tanh" }),
    layers.zeroPadding2d({ padding: 1 }),
    layers.permute({ dims: [3, 1, 2] }),
    layers.reshape({ targetShape: [-1] }),
    dense(3),
    layers.repeatVector({ n: 3 }),
    layers.leakyReLU(),
    layers.upSampling1d({ size: 2 }),
    layers.flatten(),
    layers.activityRegularization({ l2: 0.01 }),
    dense(1),
  ]],
  ["normalization that has adapted", "adam", [5], () => [
    layers.normalization(),
    layers.elu({ alpha: 0.5 }),
    dense(4),
    layers.softmax(),
    dense(1),
  ]],
];

function prepare([, optimizer, shape, make]: (typeof cases)[0], i: number) {
  seed(i);
  const list = make();
  const model = sequential({ layers: [layers.inputLayer({ shape }), ...list] });
  const x = tf.tensor(numbers(44 * shape.reduce((a, b) => a * b), i + 1), [44, ...shape]).add(0.3);
  const y = tf.tensor(numbers(44, i + 20), [44, 1]);
  const [first] = list;
  if (first instanceof layers.Normalization) first.adapt(x);
  model.compile({ loss: "mse", optimizer });
  return { optimizer, shape, list, model, x, y };
}

peerTest("recorded training follows Keras' losses and ends at Keras' weights and moving statistics", async (ask, t) => {
  const made = cases.map(prepare);
  const answers = await ask(
    KERAS,
    made.map(({ optimizer, shape, list, model, x, y }) => ({
      optimizer,
      shape,
      layers: list.map((layer) => ({ class: layer.className, config: layer.getConfig() })),
      weights: model.getWeights().map((weight) => weight.arraySync()),
      x: x.arraySync(),
      y: y.arraySync(),
    })),
  ) as Answer[];
  for (const [i, { model, x, y }] of made.entries()) {
    await t.step(cases[i][0], () => assertFollows(model, x, y, answers[i]));
  }
});

async function assertFollows(model: Sequential, x: tf.Tensor, y: tf.Tensor, expected: Answer): Promise<void> {
  const validationData: [tf.Tensor, tf.Tensor] = [x.slice(0, 10), y.slice(0, 10)];
  const { history } = await model.fit(x, y, { epochs: 6, batchSize: 8, shuffle: false, verbose: 0, validationData });
  assertEquals(model.explainTraining(), "recorded");
  for (const key of ["loss", "val_loss"] as const) {
    history[key].forEach((loss, epoch) => {
      const theirs = expected.history[key][epoch];
      assert(Math.abs(loss - theirs) <= 1e-4 * theirs, `${key} of epoch ${epoch}: ${loss}, Keras ${theirs}`);
    });
  }
  model.weights.forEach((weight, k) => assertNear(weight.variable, expected.weights[k], 1e-3, weight.name));
}
