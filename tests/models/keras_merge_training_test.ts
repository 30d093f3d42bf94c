import { assert, assertEquals } from "@std/assert";
import { type Functional, input, layers, model, optimizers } from "baeum/models";
import { seed, tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { assertNear, numbers } from "./like_keras.ts";

/** The same two models in Keras, trained from our weights. */
const KERAS = `
import numpy as np, keras
from keras import layers
def two_inputs():
    a, b = keras.Input((4,)), keras.Input((4,))
    left, right = layers.Dense(4)(a), layers.Dense(4)(b)
    both = [left, right]
    merged = layers.Concatenate()([layers.Add()(both), layers.Subtract()(both), layers.Multiply()(both),
        layers.Average()(both), layers.Maximum()(both), layers.Minimum()(both), layers.Dot(axes=1, normalize=True)(both)])
    return keras.Model([a, b], layers.Dense(1)(merged))
def residual():
    x = keras.Input((6, 6, 2))
    y = layers.Conv2D(3, 3, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    z = layers.ReLU()(y)
    z = layers.Conv2D(3, 3, padding="same", use_bias=False)(z)
    z = layers.BatchNormalization()(z)
    z = layers.Add()([y, z])
    z = layers.Concatenate(axis=1)([layers.Cropping2D(((0, 3), (0, 0)))(z), layers.ZeroPadding2D(((1, 1), (0, 0)))(z)])
    return keras.Model(x, layers.Dense(1)(layers.Flatten()(z)))
def of(case):
    model = {"two inputs": two_inputs, "residual": residual}[case["title"]]()
    model.set_weights([np.array(w, "float32") for w in case["weights"]])
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.002))
    xs = [np.array(x, "float32") for x in case["xs"]]
    history = model.fit(xs if len(xs) > 1 else xs[0], np.array(case["y"], "float32"), epochs=5, batch_size=8, shuffle=False, verbose=0)
    return {"loss": history.history["loss"], "weights": [np.array(w).tolist() for w in model.get_weights()]}
answer = [of(case) for case in given]
`;

function twoInputs(): Functional {
  const [a, b] = [input({ shape: [4] }), input({ shape: [4] })];
  const both = [layers.dense({ units: 4 }).apply(a), layers.dense({ units: 4 }).apply(b)];
  const merged = layers.concatenate().apply([
    layers.add().apply(both),
    layers.subtract().apply(both),
    layers.multiply().apply(both),
    layers.average().apply(both),
    layers.maximum().apply(both),
    layers.minimum().apply(both),
    layers.dot({ axes: 1, normalize: true }).apply(both),
  ]);
  return model({ inputs: [a, b], outputs: layers.dense({ units: 1 }).apply(merged) });
}

function residual(): Functional {
  const x = input({ shape: [6, 6, 2] });
  const conv = () => layers.conv2d({ filters: 3, kernelSize: 3, padding: "same", useBias: false });
  const y = layers.batchNormalization().apply(conv().apply(x));
  const z = layers.batchNormalization().apply(conv().apply(layers.reLU().apply(y)));
  const sum = layers.add().apply([y, z]);
  const joined = layers.concatenate({ axis: 1 }).apply([
    layers.cropping2d({ cropping: [[0, 3], [0, 0]] }).apply(sum),
    layers.zeroPadding2d({ padding: [[1, 1], [0, 0]] }).apply(sum),
  ]);
  return model({ inputs: x, outputs: layers.dense({ units: 1 }).apply(layers.flatten().apply(joined)) });
}

peerTest("models with merges and with a residual block follow Keras' losses in recorded steps", async (ask, t) => {
  const cases = ([["two inputs", twoInputs, [[40, 4], [40, 4]]], ["residual", residual, [[40, 6, 6, 2]]]] as const).map(
    ([title, make, shapes], i) => {
      seed(i);
      const net = make();
      net.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.002 }) });
      const xs = shapes.map((shape, k) => tf.tensor(numbers(shape.reduce((a, b) => a * b, 1), 7 + k), [...shape]));
      return { title, net, xs, y: tf.tensor(numbers(40, 30 + i), [40, 1]) };
    },
  );
  const answers = await ask(
    KERAS,
    cases.map(({ title, net, xs, y }) => ({
      title,
      weights: net.getWeights().map((weight) => weight.arraySync()),
      xs: xs.map((x) => x.arraySync()),
      y: y.arraySync(),
    })),
  ) as { loss: number[]; weights: unknown[] }[];
  for (const [i, { title, net, xs, y }] of cases.entries()) {
    await t.step(title, async () => {
      const data = xs.length === 1 ? xs[0] : xs;
      const { history } = await net.fit(data, y, { epochs: 5, batchSize: 8, shuffle: false, verbose: 0 });
      assertEquals(net.explainTraining(), "recorded");
      history.loss.forEach((loss, epoch) => {
        const theirs = answers[i].loss[epoch];
        assert(Math.abs(loss - theirs) <= 1e-4 * theirs, `loss of epoch ${epoch}: ${loss}, Keras ${theirs}`);
      });
      net.weights.forEach((weight, k) => assertNear(weight.variable, answers[i].weights[k], 1e-3, weight.name));
    });
  }
});
