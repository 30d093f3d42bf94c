import { assertEquals, assertThrows } from "@std/assert";
import { layers, sequential } from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { assertNear, type LayerCase, layersLikeKeras, numbers } from "./like_keras.ts";

const shape = [2, 5, 3];
const mask = [[1, 1, 0, 1, 0], [0, 1, 1, 0, 1]];

const cases: LayerCase[] = (["simpleRNN", "lstm", "gru"] as const).flatMap((kind): LayerCase[] => {
  const make = layers[kind] as (options: layers.RecurrentOptions) => layers.Recurrent;
  return [
    { title: `${kind}`, make: () => make({ units: 4 }), shape },
    { title: `${kind} of one time step`, make: () => make({ units: 2 }), shape: [3, 1, 2] },
    { title: `${kind} that returns sequences`, make: () => make({ units: 3, returnSequences: true }), shape },
    {
      title: `${kind} backwards, without bias`,
      make: () => make({ units: 3, returnSequences: true, goBackwards: true, useBias: false }),
      shape,
    },
    {
      title: `${kind} with rectified states and penalties`,
      make: () =>
        make({
          units: 3,
          activation: "relu",
          kernelRegularizer: "l2",
          recurrentRegularizer: "l1",
          biasConstraint: "non_neg",
          recurrentInitializer: "glorotUniform",
        }),
      shape,
    },
    { title: `${kind} with a mask`, make: () => make({ units: 3 }), shape, mask },
    {
      title: `${kind} with a mask, returning sequences`,
      make: () => make({ units: 3, returnSequences: true }),
      shape,
      mask,
    },
    {
      title: `${kind} with a mask, backwards, hidden outputs 0`,
      make: () => make({ units: 3, returnSequences: true, goBackwards: true, zeroOutputForMask: true }),
      shape,
      mask,
    },
  ];
});

layersLikeKeras("recurrent layers", [
  ...cases,
  {
    title: "lstm whose gates are hard, that forgets from the start",
    make: () =>
      layers.lstm({ units: 3, recurrentActivation: "hardSigmoid", unitForgetBias: false, activityRegularizer: "l2" }),
    shape,
  },
  { title: "gru that resets before", make: () => layers.gru({ units: 3, resetAfter: false }), shape },
  {
    title: "gru that resets before, backwards, with a mask",
    make: () => layers.gru({ units: 3, resetAfter: false, goBackwards: true, recurrentActivation: "hardSigmoid" }),
    shape,
    mask,
  },
  {
    title: "gru that resets before, without bias",
    make: () => layers.gru({ units: 3, resetAfter: false, useBias: false, returnSequences: true }),
    shape,
  },
]);

Deno.test("an LSTM gives its last output and carry behind the output, and goes on from states it is given", () => {
  const lstm = layers.lstm({ units: 3, returnSequences: true, returnState: true });
  const x = tf.randomNormal([2, 6, 4], 0, 1, "float32", 1);
  const [whole, h, c] = lstm.apply(x) as unknown as tf.Tensor[];
  const [, half, carry] = lstm.apply(x.slice([0, 0, 0], [-1, 3, -1])) as unknown as tf.Tensor[];
  const [rest, h2, c2] = lstm.apply([x.slice([0, 3, 0], [-1, 3, -1]), half, carry]) as unknown as tf.Tensor[];
  assertNear(rest, whole.slice([0, 3, 0], [-1, 3, -1]).arraySync(), 1e-6, "the rest");
  assertNear(h2, h.arraySync(), 1e-6, "the last state");
  assertNear(c2, c.arraySync(), 1e-6, "the last carry");
  assertEquals(lstm.computeOutputShape([null, 6, 4]), [[null, 6, 3], [null, 3], [null, 3]]);
});

Deno.test("a stateful layer goes on where the batch before ended, until its state is reset", () => {
  const gru = layers.gru({ units: 3, stateful: true });
  const x = tf.randomNormal([2, 6, 4], 0, 1, "float32", 1);
  const stateless = layers.gru({ units: 3 });
  stateless.ensureBuilt([null, null, 4]);
  gru.ensureBuilt([2, null, 4]);
  gru.setWeights(stateless.getWeights());
  gru.apply(x.slice([0, 0, 0], [-1, 2, -1]));
  const whole = stateless.apply(x).arraySync();
  assertNear(gru.apply(x.slice([0, 2, 0], [-1, 4, -1])), whole, 1e-6, "gone on");
  gru.resetState();
  assertNear(gru.apply(x), whole, 1e-6, "begun anew");
  assertThrows(() => gru.apply(tf.ones([3, 6, 4])), RangeError, "a batch of 3");
  assertEquals(gru.weights.length, 3);
});

Deno.test("recurrent layers drop inputs and states while training only, the same ones at all time steps", () => {
  for (const make of [layers.simpleRNN, layers.lstm, layers.gru]) {
    for (const rates of [{ dropout: 0.5 }, { recurrentDropout: 0.5 }, { dropout: 0.3, recurrentDropout: 0.3 }]) {
      const layer = make({ units: 64, ...rates, seed: 3 });
      const x = tf.ones([4, 5, 8]);
      const calm = layer.apply(x).arraySync();
      assertEquals(layer.apply(x).arraySync(), calm);
      const [first, second] = [1, 2].map(() => JSON.stringify(layer.apply(x, { training: true }).arraySync()));
      assertEquals(new Set([JSON.stringify(calm), first, second]).size, 3);
    }
  }
  // The sum of inputs that were not dropped: a multiple of 2 at each time step, and the same one.
  const sum = layers.simpleRNN({
    units: 1,
    activation: "linear",
    kernelInitializer: "ones",
    recurrentInitializer: "zeros",
    returnSequences: true,
    dropout: 0.5,
  });
  const [row] = sum.apply(tf.ones([1, 5, 16]), { training: true }).arraySync() as number[][][];
  assertEquals(new Set(row.flat()).size, 1);
  assertEquals(row[0][0] % 2, 0);
});

Deno.test("recurrent layers refuse inputs and arguments that they cannot take", () => {
  assertThrows(() => layers.lstm({ units: 0 }), RangeError, "units");
  const lstm = layers.lstm({ units: 2 });
  assertThrows(() => lstm.apply(tf.ones([2, 3])), RangeError, "[batch, time, features]");
  lstm.apply(tf.ones([2, 3, 4]));
  assertThrows(() => lstm.apply(tf.ones([2, 3, 5])), RangeError, "[batch, time, 4]");
  assertThrows(() => lstm.apply(tf.ones([2, 0, 4])), RangeError, "at least one time step");
  assertThrows(() => lstm.apply([tf.ones([2, 3, 4]), tf.ones([2, 2])]), RangeError, "2 states");
});

Deno.test("NaN in hidden time steps does not reach a recurrent layer's output", () => {
  const gru = layers.gru({ units: 2 });
  const y = gru.apply(tf.tensor3d([[[1], [NaN], [2]]]), { mask: tf.tensor2d([[1, 0, 1]]).cast("bool") });
  assertEquals(y.arraySync(), gru.apply(tf.tensor3d([[[1], [2]]])).arraySync());
});

const STATEFUL = `
import numpy as np, keras
model = keras.Sequential([keras.layers.Input(batch_shape=(4, 3, 2)), keras.layers.LSTM(3, stateful=True), keras.layers.Dense(1)])
model.set_weights([np.array(w, "float32") for w in given["weights"]])
model.compile(loss="mse", optimizer="sgd")
x, y = np.array(given["x"], "float32"), np.array(given["y"], "float32")
history = model.fit(x, y, epochs=4, batch_size=4, shuffle=False, verbose=0).history
answer = {"loss": history["loss"], "y": model.predict(x, batch_size=4, verbose=0).tolist()}
`;

peerTest(
  "a stateful LSTM keeps its state from batch to batch through recorded training, as Keras does",
  async (ask) => {
    const model = sequential({
      layers: [
        layers.inputLayer({ batchShape: [4, 3, 2] }),
        layers.lstm({ units: 3, stateful: true }),
        layers.dense({ units: 1 }),
      ],
    });
    model.compile({ loss: "mse", optimizer: "sgd" });
    const [x, y] = [tf.tensor(numbers(16 * 6, 1), [16, 3, 2]), tf.tensor(numbers(16, 2), [16, 1])];
    const weights = model.getWeights().map((weight) => weight.arraySync());
    const expected = await ask(STATEFUL, { weights, x: x.arraySync(), y: y.arraySync() }) as {
      loss: number[];
      y: unknown;
    };
    const { history } = await model.fit(x, y, { epochs: 4, batchSize: 4, shuffle: false, verbose: 0 });
    assertEquals(model.explainTraining(), "recorded");
    assertNear(tf.tensor(history.loss), expected.loss, 1e-4, "loss");
    assertNear(model.predict(x, { batchSize: 4 }), expected.y, 1e-4, "prediction");
  },
);
