import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { input, layers, model as functional, optimizers, sequential } from "baeum/models";
import { random, seed, tf } from "baeum/tensors";
import { findLearningRate } from "baeum/tuning";
import { peerTest } from "../peers.ts";

const x = Array.from({ length: 160 }, (_, i) => [Math.sin(i), Math.cos(2 * i), Math.sin(0.3 * i)]);
const y = x.map(([a, b, c]) => [a * b + Math.sin(3 * c)]);

function network(optimizer: optimizers.Optimizer) {
  const made = sequential({
    layers: [layers.dense({ units: 8, activation: "relu", inputShape: [3] }), layers.dense({ units: 1 })],
  });
  made.compile({ loss: "mse", optimizer });
  return made;
}

peerTest("findLearningRate has the losses of Keras with the book's callback, batch by batch", async (ask) => {
  const model = network(optimizers.sgd());
  const weights = model.getWeights().map((weight) => weight.arraySync());
  const order = [...new random.RandomState(42).permutation(160)];
  const theirs = await ask(
    `
import numpy as np, keras
from keras import layers
x, y = np.array(given["x"], "float32"), np.array(given["y"], "float32")
model = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
model.set_weights([np.array(w, "float32") for w in given["weights"]])
model.compile(loss="mse", optimizer=keras.optimizers.SGD(learning_rate=1e-3))
factor = np.exp(np.log(1e4) / 40)
class Grow(keras.callbacks.Callback):
    rates, losses, total = [], [], 0.0
    def on_train_batch_end(self, batch, logs):
        total = logs["loss"] * (batch + 1)
        self.losses.append(float(total - self.total) if np.isfinite(total) else None); self.total = total
        self.rates.append(float(self.model.optimizer.learning_rate.numpy()))
        self.model.optimizer.learning_rate = 1e-3 * factor ** (batch + 1)
grow = Grow()
model.fit(x, y, batch_size=4, shuffle=False, verbose=0, callbacks=[grow])
answer = [grow.rates, grow.losses]
`,
    { x: order.map((row) => x[row]), y: order.map((row) => y[row]), weights },
  ) as [number[], (number | null)[]];
  seed(42);
  const { rates, losses } = await findLearningRate(model, x, y, {
    minRate: 1e-3,
    maxRate: 10,
    steps: 40,
    batchSize: 4,
  });
  assert(losses.length >= 30, `${losses.length} losses`);
  // Of a training that diverges rounding grows with it, on each processor in its own way: then only the rates are compared.
  const diverged = losses.findIndex((loss) => loss > 10 * losses[0]);
  assert(diverged < 0 || diverged >= 25, `the training diverged at loss ${diverged}`);
  losses.forEach((loss, i) => {
    assertAlmostEquals(rates[i], theirs[0][i], 1e-6 * rates[i], `rate ${i}`);
    if (diverged >= 0 && i >= diverged) return;
    const tolerance = rates[i] < 0.3 ? 1e-4 : 2e-2;
    assertAlmostEquals(loss, theirs[1][i] ?? NaN, tolerance * Math.max(1, loss), `loss ${i} at ${rates[i]}`);
  });
});

for (
  const [name, make] of [["sgd", () => optimizers.sgd({ momentum: 0.9 })], ["nadam", () => optimizers.nadam()]] as const
) {
  Deno.test(`findLearningRate leaves a model that trains with ${name} as it was, in the middle of its training`, async () => {
    const [searched, spared] = [network(make()), network(make())];
    spared.setWeights(searched.getWeights());
    for (const model of [searched, spared]) {
      await model.fit(tf.tensor(x), tf.tensor(y), { epochs: 2, shuffle: false, verbose: 0 });
    }
    const { history } = searched;
    const before = searched.getWeights().map((weight) => weight.dataSync());
    const { rates, losses } = await findLearningRate(searched, x, y, { steps: 50, batchSize: 16 });
    assert(losses.length > 10 && rates.length === losses.length && losses.every(Number.isFinite));
    assertEquals(searched.getWeights().map((weight) => weight.dataSync()), before);
    assertEquals(searched.optimizer.learningRate, spared.optimizer.learningRate);
    assertEquals(searched.history, history);
    for (const model of [searched, spared]) {
      await model.fit(tf.tensor(x), tf.tensor(y), { epochs: 2, shuffle: false, verbose: 0 });
    }
    assertEquals(
      searched.getWeights().map((weight) => weight.dataSync()),
      spared.getWeights().map((weight) => weight.dataSync()),
    );
    assertEquals(searched.explainTraining(), "recorded");
  });
}

Deno.test("findLearningRate leaves a model as new when it had not been trained, and ends where the loss overflows", async () => {
  const model = network(optimizers.adagrad());
  const before = model.getWeights().map((weight) => weight.dataSync());
  const { losses } = await findLearningRate(model, x, y.map(([v]) => [v * 1e18]), {
    steps: 60,
    minRate: 1,
    maxRate: 1e30,
  });
  assert(losses.length < 60 && losses.every(Number.isFinite), `${losses.length}`);
  assertEquals(model.getWeights().map((weight) => weight.dataSync()), before);
  assertEquals([model.optimizer.iterations, model.history], [0, undefined]);
  assertEquals(
    model.optimizer.state.map((slot) => [...new Set(slot.dataSync())].length),
    model.optimizer.state.map(() => 1),
  );
});

Deno.test("findLearningRate refuses rates that do not rise, a schedule, and a model without weights yet", async () => {
  const model = network(optimizers.sgd());
  await assertRejects(() => findLearningRate(model, x, y, { minRate: 0 }), RangeError, "minRate 0");
  await assertRejects(() => findLearningRate(model, x, y, { minRate: 1, maxRate: 1 }), RangeError, "maxRate 1");
  await assertRejects(() => findLearningRate(model, x, y, { steps: 0 }), RangeError, "steps");
  const learningRate = optimizers.schedules.exponentialDecay({
    initialLearningRate: 0.1,
    decaySteps: 10,
    decayRate: 0.5,
  });
  await assertRejects(() => findLearningRate(network(optimizers.sgd({ learningRate })), x, y), TypeError, "schedule");
  const unbuilt = sequential({ layers: [layers.dense({ units: 1 })] });
  unbuilt.compile({ loss: "mse", optimizer: "sgd" });
  await assertRejects(() => findLearningRate(unbuilt, x, y), Error, "not built");
});

Deno.test("findLearningRate works on a model of two inputs", async () => {
  const inputs = [input({ shape: [3] }), input({ shape: [3] })];
  const outputs = layers.dense({ units: 1 }).apply(layers.concatenate().apply(inputs));
  const model = functional({ inputs, outputs });
  model.compile({ loss: "mse", optimizer: "sgd" });
  const { losses } = await findLearningRate(model, [tf.tensor(x), tf.tensor(x)], tf.tensor(y), {
    steps: 5,
    maxRate: 0.1,
  });
  assertEquals(losses.length, 5);
});
