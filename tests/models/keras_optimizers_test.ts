import { assert, assertEquals } from "@std/assert";
import { layers, optimizers, type optimizers as Optimizers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

const { schedules } = optimizers;

const KERAS = `
import numpy as np, keras
S = keras.optimizers.schedules
def train(case):
    x, y = np.array(case["x"], "float32"), np.array(case["y"], "float32")
    model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(7, activation="tanh"), keras.layers.Dense(1)])
    model.set_weights([np.array(w, "float32") for w in case["weights"]])
    model.compile(optimizer=eval("keras.optimizers." + case["python"]), loss="mse")
    return model.fit(x, y, batch_size=8, epochs=6, shuffle=False, verbose=0).history["loss"]
answer = [train(case) for case in given]
`;

/** An optimizer here, and as it is written in Python. */
const cases: [make: () => Optimizers.Optimizer, python: string][] = [
  [() => optimizers.sgd({ learningRate: 0.1 }), "SGD(0.1)"],
  [
    () => optimizers.sgd({ momentum: 0.9, nesterov: true, clipnorm: 0.5 }),
    "SGD(momentum=0.9, nesterov=True, clipnorm=0.5)",
  ],
  [() => optimizers.sgd({ clipvalue: 0.05, weightDecay: 0.01 }), "SGD(clipvalue=0.05, weight_decay=0.01)"],
  [() => optimizers.sgd({ globalClipnorm: 0.3 }), "SGD(global_clipnorm=0.3)"],
  [() => optimizers.adam(), "Adam()"],
  [() => optimizers.adam({ learningRate: 0.01, amsgrad: true }), "Adam(0.01, amsgrad=True)"],
  [() => optimizers.adamW({ learningRate: 0.01 }), "AdamW(0.01)"],
  [() => optimizers.adamax({ learningRate: 0.01 }), "Adamax(0.01)"],
  [() => optimizers.nadam({ learningRate: 0.01 }), "Nadam(0.01)"],
  [() => optimizers.adagrad(), "Adagrad()"],
  [() => optimizers.adagrad({ learningRate: 0.1 }), "Adagrad(0.1)"],
  [() => optimizers.adadelta({ learningRate: 1 }), "Adadelta(1.0)"],
  [() => optimizers.rmsprop(), "RMSprop()"],
  [() => optimizers.rmsprop({ momentum: 0.5 }), "RMSprop(momentum=0.5)"],
  [() => optimizers.rmsprop({ centered: true, momentum: 0.5 }), "RMSprop(centered=True, momentum=0.5)"],
  [() => optimizers.ftrl({ learningRate: 0.1 }), "Ftrl(0.1)"],
  [() => optimizers.lion(), "Lion()"],
  [
    () =>
      optimizers.sgd({
        learningRate: schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 5, decayRate: 0.8 }),
      }),
    "SGD(S.ExponentialDecay(0.1, 5, 0.8))",
  ],
  [
    () => optimizers.adam({ learningRate: schedules.cosineDecay({ initialLearningRate: 0.05, decaySteps: 50 }) }),
    "Adam(S.CosineDecay(0.05, 50))",
  ],
];

function numbers(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233));
}

const x = tf.tensor2d(numbers(53 * 4, 1), [53, 4]);
const y = tf.tensor2d(numbers(53, 2), [53, 1]);

for (const backend of ["wasm", "cpu"] as const) {
  peerTest(`every optimizer trains as in Keras on ${backend}`, async (ask, t) => {
    await useBackend(backend);
    const networks = cases.map(([make, python]) => {
      const model = sequential({
        layers: [layers.dense({ units: 7, activation: "tanh", inputShape: [4] }), layers.dense({ units: 1 })],
      });
      model.compile({ loss: "mse", optimizer: make() });
      return { model, python, weights: model.getWeights().map((weight) => weight.arraySync()) };
    });
    const given = networks.map(({ python, weights }) => ({ python, weights, x: x.arraySync(), y: y.arraySync() }));
    const answers = await ask(KERAS, given) as number[][];
    for (const [i, { model, python }] of networks.entries()) {
      await t.step(python, async () => {
        const { history } = await model.fit(x, y, { batchSize: 8, epochs: 6, shuffle: false, verbose: 0 });
        answers[i].forEach((loss, epoch) => {
          const got = history.loss[epoch];
          assert(Math.abs(got - loss) <= 1e-4 * loss, `loss of epoch ${epoch}: ${got}, Keras ${loss}`);
        });
        if (backend === "wasm") assertEquals(model.explainTraining(), "recorded");
      });
    }
    await useBackend("wasm");
  });
}
