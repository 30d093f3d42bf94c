import { assert, assertEquals } from "@std/assert";
import { type Layer, layers, type Sequential, sequential } from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { assertNear, numbers } from "./like_keras.ts";

/** Trains the model of these layers from our weights on our batches. */
const KERAS = `
import numpy as np, keras
def of(case):
    model = keras.Sequential([keras.layers.Input(case["shape"])] +
        [getattr(keras.layers, l["class"]).from_config(l["config"]) for l in case["layers"]])
    model.set_weights([np.array(w, "float32") for w in case["weights"]])
    model.compile(loss=case["loss"], optimizer=case["optimizer"], metrics=["mae"])
    x, y = np.array(case["x"], "float32"), np.array(case["y"], "float32")
    history = model.fit(x, y, epochs=5, batch_size=8, shuffle=False, verbose=0, validation_data=(x[:10], y[:10])).history
    return {"history": history, "weights": [np.array(w).tolist() for w in model.get_weights()]}
answer = [of(case) for case in given]
`;

interface Answer {
  history: Record<string, number[]>;
  weights: unknown[];
}

interface Case {
  title: string;
  optimizer: "sgd" | "adam" | "rmsprop" | "adagrad" | "nadam" | "adamw";
  shape: number[];
  make: () => Layer[];
  loss?: "mse" | "binary_crossentropy";
  /** Makes the inputs whole numbers from 0 to less than this. */
  below?: number;
  /** The shape of a sample's target (default `[1]`). */
  target?: number[];
}

const dense = (units: number, activation?: "relu" | "sigmoid") => layers.dense({ units, activation });

const cases: Case[] = [
  {
    title: "a separable CNN with transposed layers",
    optimizer: "adam",
    shape: [8, 8, 2],
    make: () => [
      layers.separableConv2d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu" }),
      layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: "same", depthMultiplier: 2 }),
      layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same", activation: "relu" }),
      layers.globalAveragePooling2d(),
      dense(1),
    ],
  },
  {
    title: "one-dimensional filters",
    optimizer: "sgd",
    shape: [12, 3],
    make: () => [
      layers.separableConv1d({ filters: 4, kernelSize: 3, activation: "relu" }),
      layers.conv1dTranspose({ filters: 2, kernelSize: 2, strides: 2 }),
      layers.depthwiseConv1d({ kernelSize: 3, dilationRate: 2 }),
      layers.globalMaxPooling1d(),
      dense(1),
    ],
  },
  {
    title: "embedding and conv1d",
    optimizer: "adam",
    shape: [10],
    below: 20,
    loss: "binary_crossentropy",
    make: () => [
      layers.embedding({ inputDim: 20, outputDim: 5 }),
      layers.conv1d({ filters: 4, kernelSize: 3, activation: "relu" }),
      layers.globalMaxPooling1d(),
      dense(1, "sigmoid"),
    ],
  },
  ...(["rmsprop", "adagrad", "nadam", "adamw"] as const).map((optimizer): Case => ({
    title: `an embedding whose rows are read more than once, by ${optimizer}`,
    optimizer,
    shape: [6],
    below: 4,
    make: () => [layers.embedding({ inputDim: 4, outputDim: 3 }), layers.flatten(), dense(1)],
  })),
  {
    title: "an embedding with a penalty",
    optimizer: "adam",
    shape: [6],
    below: 4,
    make: () => [
      layers.embedding({ inputDim: 5, outputDim: 3, embeddingsRegularizer: "l2" }),
      layers.flatten(),
      dense(1),
    ],
  },
  {
    title: "conv3d and its transposition",
    optimizer: "sgd",
    shape: [4, 4, 4, 1],
    make: () => [
      layers.conv3d({ filters: 3, kernelSize: 2, activation: "relu" }),
      layers.conv3dTranspose({ filters: 2, kernelSize: 2, strides: 2, activation: "relu" }),
      layers.globalAveragePooling3d({ keepDims: true }),
      layers.flatten(),
      dense(1),
    ],
  },
  {
    title: "an LSTM on an LSTM",
    optimizer: "rmsprop",
    shape: [7, 3],
    make: () => [layers.lstm({ units: 5, returnSequences: true }), layers.lstm({ units: 4 }), dense(1)],
  },
  {
    title: "a GRU that resets after, and one that resets before",
    optimizer: "adam",
    shape: [7, 3],
    make: () => [
      layers.gru({ units: 5, returnSequences: true }),
      layers.gru({ units: 4, resetAfter: false, recurrentActivation: "hardSigmoid" }),
      dense(1),
    ],
  },
  {
    title: "both directions of a simple RNN, a layer at each time step, a loss at each time step",
    optimizer: "adam",
    shape: [6, 2],
    target: [6, 1],
    make: () => [
      layers.bidirectional({ layer: layers.simpleRNN({ units: 4, returnSequences: true }) }),
      layers.timeDistributed({ layer: dense(3, "relu") }),
      layers.timeDistributed({ layer: layers.dense({ units: 1 }) }),
    ],
  },
  {
    title: "an LSTM on words of which 0 is none",
    optimizer: "adam",
    shape: [8],
    below: 5,
    make: () => [
      layers.embedding({ inputDim: 5, outputDim: 4, maskZero: true }),
      layers.dropout({ rate: 0 }),
      layers.bidirectional({ layer: layers.lstm({ units: 3, returnSequences: true }), mergeMode: "sum" }),
      layers.globalAveragePooling1d(),
      dense(1),
    ],
  },
  {
    title: "masked time steps that neither state nor loss see",
    optimizer: "sgd",
    shape: [6, 1],
    below: 3,
    target: [6, 1],
    make: () => [layers.masking(), layers.gru({ units: 4, returnSequences: true }), dense(1)],
  },
];

function prepare({ optimizer, shape, make, loss = "mse", below, target = [1] }: Case, i: number) {
  const list = make();
  const model = sequential({ layers: [layers.inputLayer({ shape }), ...list] });
  const size = (shape: number[]) => shape.reduce((a, b) => a * b, 1);
  const values = numbers(44 * size(shape), i + 1);
  // Every sequence of words has one, as a mean over none is none.
  const word = (value: number, at: number) => at % shape[0] === 0 ? 1 : Math.floor(Math.abs(value) * 1000) % below!;
  const x = tf.tensor(below ? values.map(word) : values, [44, ...shape]);
  const wanted = numbers(44 * size(target), i + 20);
  const y = tf.tensor(loss === "mse" ? wanted : wanted.map((value) => value > 0 ? 1 : 0), [44, ...target]);
  model.compile({ loss, optimizer, metrics: ["mae"] });
  return { optimizer, loss, shape, list, model, x, y };
}

peerTest("recorded training of sequence and filter models follows Keras' losses", async (ask, t) => {
  const made = cases.map(prepare);
  const answers = await ask(
    KERAS,
    made.map(({ optimizer, loss, shape, list, model, x, y }) => ({
      optimizer,
      loss,
      shape,
      layers: list.map((layer) => ({ class: layer.className, config: layer.getConfig() })),
      weights: model.getWeights().map((weight) => weight.arraySync()),
      x: x.arraySync(),
      y: y.arraySync(),
    })),
  ) as Answer[];
  for (const [i, { model, x, y }] of made.entries()) {
    await t.step(cases[i].title, () => assertFollows(model, x, y, answers[i]));
  }
});

async function assertFollows(model: Sequential, x: tf.Tensor, y: tf.Tensor, expected: Answer): Promise<void> {
  const validationData: [tf.Tensor, tf.Tensor] = [x.slice(0, 10), y.slice(0, 10)];
  const { history } = await model.fit(x, y, { epochs: 5, batchSize: 8, shuffle: false, verbose: 0, validationData });
  assertEquals(model.explainTraining(), "recorded");
  for (const key of ["loss", "val_loss", "mae", "val_mae"]) {
    history[key].forEach((value, epoch) => {
      const theirs = expected.history[key][epoch];
      assert(Math.abs(value - theirs) <= 1e-4 * theirs, `${key} of epoch ${epoch}: ${value}, Keras ${theirs}`);
    });
  }
  model.weights.forEach((weight, k) => assertNear(weight.variable, expected.weights[k], 1e-3, weight.name));
}
