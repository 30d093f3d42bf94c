import { assert, assertEquals } from "@std/assert";
import { Callback, callbacks, layers, type Logs, sequential } from "baeum/models";
import { seed, tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Trains the same network in Keras from the same weights with the callbacks of the same names. */
const KERAS = `
import numpy as np, keras
from keras import layers
class Spy(keras.callbacks.Callback):
    def __init__(self): super().__init__(); self.seen = []
    def on_train_begin(self, logs=None): self.seen.append("trainBegin")
    def on_train_end(self, logs=None): self.seen.append("trainEnd " + ",".join(logs))
    def on_epoch_begin(self, epoch, logs=None): self.seen.append(f"epochBegin {epoch}")
    def on_epoch_end(self, epoch, logs=None): self.seen.append(f"epochEnd {epoch} " + ",".join(logs))
    def on_train_batch_begin(self, batch, logs=None): self.seen.append(f"trainBatchBegin {batch}")
    def on_train_batch_end(self, batch, logs=None): self.seen.append(f"trainBatchEnd {batch} " + ",".join(logs))
    def on_test_begin(self, logs=None): self.seen.append("testBegin")
    def on_test_end(self, logs=None): self.seen.append("testEnd " + ",".join(logs))
    def on_test_batch_begin(self, batch, logs=None): self.seen.append(f"testBatchBegin {batch}")
    def on_test_batch_end(self, batch, logs=None): self.seen.append(f"testBatchEnd {batch} " + ",".join(logs))
def train(case):
    x, y = np.array(given["x"], "float32"), np.array(given["y"], "float32")
    model = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="tanh"), layers.Dense(1)])
    model.set_weights([np.array(w, "float32") for w in given["weights"]])
    model.compile(optimizer=keras.optimizers.SGD(float(case["rate"])), loss="mse", metrics=["mae"])
    made = []
    for name, config in case["callbacks"]:
        if name == "LearningRateScheduler": made.append(keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate if epoch < 3 else rate * 0.8))
        elif name == "Spy": made.append(Spy())
        elif name == "CSVLogger": made.append(keras.callbacks.CSVLogger(given["csv"], **config))
        else: made.append(getattr(keras.callbacks, name)(**config))
    history = model.fit(x, y, batch_size=8, epochs=case["epochs"], shuffle=False, verbose=0, validation_split=0.3,
        initial_epoch=case.get("initial", 0), callbacks=made)
    keys = list(history.history)
    clean = lambda v: None if not np.isfinite(v) else float(v)
    return {"history": [[k, [clean(v) for v in history.history[k]]] for k in keys], "epoch": history.epoch,
        "weights": [np.nan_to_num(w).tolist() for w in model.get_weights()],
        "seen": [c.seen for c in made if isinstance(c, Spy)],
        "header": open(given["csv"], newline="").readline() if any(n == "CSVLogger" for n, _ in case["callbacks"]) else None}
answer = [train(case) for case in given["cases"]]
`;

interface Answer {
  history: [name: string, values: (number | null)[]][];
  epoch: number[];
  weights: unknown[];
  seen: string[][];
  header: string | null;
}

class Spy extends Callback {
  readonly seen: string[] = [];
  #note(what: string, logs?: Logs) {
    this.seen.push(logs ? `${what} ${Object.keys(logs).join()}` : what);
  }
  override onTrainBegin = () => this.#note("trainBegin");
  override onTrainEnd = (logs: Logs) => this.#note("trainEnd", logs);
  override onEpochBegin = (epoch: number) => this.#note(`epochBegin ${epoch}`);
  override onEpochEnd = (epoch: number, logs: Logs) => this.#note(`epochEnd ${epoch}`, logs);
  override onTrainBatchBegin = (batch: number) => this.#note(`trainBatchBegin ${batch}`);
  override onTrainBatchEnd = (batch: number, logs: Logs) => this.#note(`trainBatchEnd ${batch}`, logs);
  override onTestBegin = () => this.#note("testBegin");
  override onTestEnd = (logs: Logs) => this.#note("testEnd", logs);
  override onTestBatchBegin = (batch: number) => this.#note(`testBatchBegin ${batch}`);
  override onTestBatchEnd = (batch: number, logs: Logs) => this.#note(`testBatchEnd ${batch}`, logs);
}

interface Case {
  title: string;
  rate: number;
  epochs: number;
  initial?: number;
  callbacks: [name: string, config: Record<string, string | number | boolean>][];
  ours: () => Callback[];
}

const csv = await Deno.makeTempFile({ suffix: ".csv" });
const {
  csvLogger,
  earlyStopping,
  learningRateScheduler,
  reduceLROnPlateau,
  terminateOnNaN,
} = callbacks;

const cases: Case[] = [
  {
    title: "early stopping with patience ends at the same epoch",
    rate: 0.1,
    epochs: 200,
    callbacks: [["EarlyStopping", { patience: 3 }]],
    ours: () => [earlyStopping({ patience: 3 })],
  },
  {
    title: "early stopping restores the best epoch's weights",
    rate: 0.3,
    epochs: 60,
    callbacks: [["EarlyStopping", { monitor: "val_mae", patience: 6, restore_best_weights: true, min_delta: 1e-3 }]],
    ours: () => [earlyStopping({ monitor: "val_mae", patience: 6, restoreBestWeights: true, minDelta: 1e-3 })],
  },
  {
    title: "early stopping with a baseline never reached ends after its patience",
    rate: 0.01,
    epochs: 30,
    callbacks: [["EarlyStopping", { patience: 4, baseline: 0.0001, start_from_epoch: 2, mode: "min" }]],
    ours: () => [earlyStopping({ patience: 4, baseline: 0.0001, startFromEpoch: 2, mode: "min" })],
  },
  {
    title: "early stopping for the larger value ends as soon as the loss falls, but never after the first epoch",
    rate: 0.05,
    epochs: 30,
    callbacks: [["EarlyStopping", { monitor: "loss", mode: "max", restore_best_weights: true }]],
    ours: () => [earlyStopping({ monitor: "loss", mode: "max", restoreBestWeights: true })],
  },
  {
    title: "the learning rate falls on a plateau at the same epochs",
    rate: 0.4,
    epochs: 40,
    callbacks: [["ReduceLROnPlateau", { factor: 0.5, patience: 2, cooldown: 1, min_delta: 0.01, min_lr: 0.03 }]],
    ours: () => [reduceLROnPlateau({ factor: 0.5, patience: 2, cooldown: 1, minDelta: 0.01, minLr: 0.03 })],
  },
  {
    title: "a schedule of the epoch and the current rate sets the same rates",
    rate: 0.1,
    epochs: 8,
    callbacks: [["LearningRateScheduler", {}], ["CSVLogger", { separator: ";" }]],
    ours: () => [
      learningRateScheduler((epoch, rate) => (epoch < 3 ? rate : rate * 0.8)),
      csvLogger(csv, { separator: ";" }),
    ],
  },
  {
    title: "a callback of one's own is called at the same moments with the same names",
    rate: 0.1,
    epochs: 5,
    initial: 3,
    callbacks: [["Spy", {}]],
    ours: () => [new Spy()],
  },
  {
    title: "a diverging training ends in the same epoch",
    rate: 300,
    epochs: 50,
    callbacks: [["TerminateOnNaN", {}]],
    ours: () => [terminateOnNaN()],
  },
];

/** 61 samples of 3 features, 1 noisy target. */
function data(): { x: number[][]; y: number[][] } {
  let state = 4321;
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1;
  const x = Array.from({ length: 61 }, () => [draw(), draw(), draw()]);
  return { x, y: x.map(([a, b, c]) => [a * b - Math.sin(2 * c) + 0.3 * draw()]) };
}

function near(actual: number, expected: number | null, what: string): void {
  if (expected === null) return assert(!Number.isFinite(actual), `${what}: ${actual}, Keras has no number`);
  const allowed = 1e-4 * Math.max(1e-2, Math.abs(expected));
  assert(Math.abs(actual - expected) <= allowed, `${what}: ${actual}, ${expected}`);
}

peerTest("callbacks act in the same epochs as in Keras, and leave the same history and weights", async (ask, t) => {
  const { x, y } = data();
  const build = (rate: number) => {
    const model = sequential({
      layers: [layers.dense({ units: 8, activation: "tanh", inputShape: [3] }), layers.dense({ units: 1 })],
    });
    model.compile({ loss: "mse", optimizer: "sgd", metrics: ["mae"] });
    model.optimizer.learningRate = rate;
    return model;
  };
  seed(7);
  const weights = build(1).getWeights();
  const answers = await ask(KERAS, {
    x,
    y,
    csv,
    weights: weights.map((weight) => weight.arraySync()),
    cases: cases.map(({ ours: _, title: __, ...given }) => given),
  }) as Answer[];
  for (const [i, { title, rate, epochs, initial, ours }] of cases.entries()) {
    await t.step(title, async () => {
      const model = build(rate);
      model.setWeights(weights);
      const made = ours();
      const history = await model.fit(tf.tensor2d(x), tf.tensor2d(y), {
        batchSize: 8,
        epochs,
        initialEpoch: initial,
        shuffle: false,
        verbose: 0,
        validationSplit: 0.3,
        callbacks: made,
      });
      const keras = answers[i];
      assertEquals(history.epoch, keras.epoch);
      assertEquals(Object.keys(history.history), keras.history.map(([name]) => name));
      // What grows without bound multiplies what rounding differs by: of a diverging loss only the end is compared.
      if (rate > 1) assert(!Number.isFinite(history.history.loss.at(-1)));
      for (const [name, values] of rate > 1 ? [] : keras.history) {
        values.forEach((value, epoch) => near(history.history[name][epoch], value, `${name} of epoch ${epoch}`));
      }
      if (rate < 1) {
        const expected = keras.weights.flat(2) as number[];
        model.getWeights().flatMap((weight) => [...weight.dataSync()]).forEach((w, k) => {
          near(w, expected[k], `weight ${k}`);
        });
      }
      assertEquals(made.flatMap((callback) => callback instanceof Spy ? [callback.seen] : []), keras.seen);
      if (keras.header !== null) {
        const lines = (await Deno.readTextFile(csv)).trimEnd().split("\r\n");
        assertEquals(`${lines[0]}\r\n`, keras.header);
        assertEquals(lines.length, epochs + 1);
      }
      assertEquals(model.explainTraining(), "recorded");
    });
  }
  await Deno.remove(csv);
});
