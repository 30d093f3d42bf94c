import { assert } from "@std/assert";
import { layers, loadModel, optimizers, sequential } from "baeum/models";
import { useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

const x = Array.from({ length: 32 }, (_, i) => [Math.sin(i), Math.cos(i * 0.7), (i % 5) / 5]);
const y = x.map(([a, b, c]) => [a * b + c]);

/** Ten optimizers in Keras' words, each with arguments that are not its defaults. */
const OPTIMIZERS = `
from keras import optimizers as O
def decay(): return O.schedules.ExponentialDecay(0.02, 5, 0.9)
optimizers = [
    O.SGD(0.05, momentum=0.9, nesterov=True), O.Adagrad(0.1), O.Adadelta(1.0), O.RMSprop(0.005, momentum=0.5, centered=True),
    O.Adam(0.01, amsgrad=True), O.AdamW(0.01, weight_decay=0.01), O.Adamax(0.01), O.Nadam(0.01), O.Ftrl(0.1), O.Lion(0.002),
    O.Adam(decay()), O.SGD(decay(), momentum=0.5), O.Nadam(decay()),
]
`;

/** Trains and saves in Keras, then goes on. */
const TRAIN = `
import numpy as np, keras
${OPTIMIZERS}
x, y = np.array(given["x"], "float32"), np.array(given["y"], "float32")
answer = []
for i, optimizer in enumerate(optimizers):
    keras.utils.set_random_seed(4)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(1)])
    model.compile(optimizer=optimizer, loss="mean_squared_error", metrics=["mae"])
    model.fit(x, y, epochs=3, batch_size=8, shuffle=False, verbose=0)
    for extension in [".keras", ".h5"]: model.save(f"{given['folder']}/{i}{extension}")
    more = model.fit(x, y, epochs=5, batch_size=8, shuffle=False, verbose=0).history
    answer.append([type(optimizer).__name__, more["loss"], more["mae"]])
`;

/** Goes on with models that were trained and saved here. */
const RESUME = `
import numpy as np, keras
x, y = np.array(given["x"], "float32"), np.array(given["y"], "float32")
answer = []
for path in given["paths"]:
    model = keras.models.load_model(path)
    answer.append(model.fit(x, y, epochs=5, batch_size=8, shuffle=False, verbose=0).history["loss"])
`;

function assertClose(ours: number[], theirs: number[], what: string): void {
  const far = ours.map((loss, i) => Math.abs(loss / theirs[i] - 1));
  assert(ours.length === theirs.length && far.every((difference) => difference < 5e-4), `${what}: ${ours}; ${theirs}`);
}

const options = { epochs: 5, batchSize: 8, shuffle: false, verbose: 0 } as const;

peerTest("every optimizer goes on here where Keras saved it, in both formats", async (ask, t) => {
  await useBackend("cpu");
  const folder = await Deno.makeTempDir();
  const answers = await ask(TRAIN, { folder, x, y }) as [string, number[], number[]][];
  for (const [i, [name, loss, mae]] of answers.entries()) {
    for (const extension of [".keras", ".h5"]) {
      await t.step(`${name} (${i}) from ${extension}`, async () => {
        const model = await loadModel(`${folder}/${i}${extension}`);
        const { history } = await model.fit(x, y, options);
        assertClose(history.loss, loss, "loss");
        assertClose(history.mae, mae, "mae");
      });
    }
  }
  await Deno.remove(folder, { recursive: true });
});

// Keras 3.15 cannot go on training any model that it loaded from .h5, its own neither: its optimizer is built for no weights.
peerTest("every optimizer goes on in Keras where it was saved here", async (ask, t) => {
  await useBackend("cpu");
  const folder = await Deno.makeTempDir();
  const falling = () =>
    optimizers.schedules.exponentialDecay({ initialLearningRate: 0.02, decaySteps: 5, decayRate: 0.9 });
  const made = [
    optimizers.sgd({ learningRate: 0.05, momentum: 0.9 }),
    optimizers.adagrad({ learningRate: 0.1 }),
    optimizers.adadelta({ learningRate: 1 }),
    optimizers.rmsprop({ learningRate: 0.005, momentum: 0.5, centered: true }),
    optimizers.adam({ learningRate: 0.01 }),
    optimizers.adamW({ learningRate: 0.01, weightDecay: 0.01 }),
    optimizers.adamax({ learningRate: 0.01 }),
    optimizers.nadam({ learningRate: 0.01 }),
    optimizers.ftrl({ learningRate: 0.1 }),
    optimizers.lion({ learningRate: 0.002 }),
    optimizers.adam({ learningRate: falling() }),
    optimizers.nadam({ learningRate: falling() }),
  ];
  const paths: string[] = [];
  const ours: number[][] = [];
  for (const [i, optimizer] of made.entries()) {
    const model = sequential({
      layers: [layers.dense({ units: 8, activation: "tanh", inputShape: [3] }), layers.dense({ units: 1 })],
    });
    model.compile({ optimizer, loss: "mse", metrics: ["mae"] });
    await model.fit(x, y, { ...options, epochs: 3 });
    paths.push(`${folder}/${i}.keras`);
    await model.save(paths[i]);
    const { history } = await model.fit(x, y, options);
    ours.push(history.loss);
  }
  const theirs = await ask(RESUME, { paths, x, y }) as number[][];
  for (const [i, losses] of ours.entries()) {
    await t.step(`${made[i].className} (${i})`, () => {
      assertClose(losses, theirs[i], "loss");
    });
  }
  await Deno.remove(folder, { recursive: true });
});
