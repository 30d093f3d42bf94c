import { assert, assertEquals, assertRejects } from "@std/assert";
import { Callback, callbacks, input, layers, type Logs, type Model, model, sequential } from "baeum/models";
import { tf } from "baeum/tensors";
import "../seeded.ts";

const x = tf.randomUniform([20, 4], -1, 1, "float32", 1);
const y = tf.randomUniform([20, 1], 0, 1, "float32", 2);

function dense(): Model {
  const network = sequential({
    layers: [
      layers.dense({ units: 6, activation: "relu", inputShape: [4], kernelRegularizer: "l2" }),
      layers.dropout({ rate: 0.2, seed: 1 }),
      layers.dense({ units: 1 }),
    ],
  });
  network.compile({ loss: "mse", optimizer: "adam", metrics: ["mae"], weightedMetrics: ["mse"] });
  return network;
}

function twoOutputs(): Model {
  const inputs = input({ shape: [4] });
  const hidden = layers.dense({ units: 3, activation: "tanh" }).apply(inputs);
  const outputs = ["a", "b"].map((name) => layers.dense({ units: 1, name }).apply(hidden));
  const network = model({ inputs, outputs });
  network.compile({ loss: "mse", lossWeights: [1, 0.5], optimizer: "rmsprop", metrics: [["mae"], []] });
  return network;
}

function convolution(): Model {
  const network = sequential({
    layers: [
      layers.reshape({ targetShape: [2, 2, 1], inputShape: [4] }),
      layers.conv2d({ filters: 2, kernelSize: 2, padding: "same", activation: "relu" }),
      layers.batchNormalization(),
      layers.flatten(),
      layers.dense({ units: 1, activation: "sigmoid" }),
    ],
  });
  network.compile({ loss: "binary_crossentropy", optimizer: "sgd", metrics: ["accuracy"] });
  return network;
}

/** Tensors, bytes they hold, and the size of the WASM heap. */
function used(): { tensors: number; buffers: number; heap: number } {
  const { numTensors, numDataBuffers } = tf.memory();
  const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  return { tensors: numTensors, buffers: numDataBuffers, heap: wasm.HEAPU8.byteLength };
}

const { earlyStopping, learningRateScheduler } = callbacks;

for (
  const [title, make, target] of [
    ["a dense network with dropout, penalties and sample weights", dense, y],
    ["a model of two outputs", twoOutputs, [y, y]],
    ["a convolutional network with batch normalisation", convolution, y],
  ] as const
) {
  Deno.test(`1,000 epochs of ${title} leave tensors and heap as they were`, async () => {
    const network = make();
    const options = {
      batchSize: 8,
      validationSplit: 0.2,
      verbose: 0,
      sampleWeight: Float32Array.from({ length: 20 }, (_, i) => 1 + i / 20),
      callbacks: [
        earlyStopping({ patience: 10_000, restoreBestWeights: true }),
        learningRateScheduler((_epoch, rate) => rate * 0.999),
      ],
    } as const;
    const targets = Array.isArray(target) ? [...target] : target as tf.Tensor;
    const train = (epochs: number) =>
      network.fit(x, targets, { ...options, callbacks: [...options.callbacks], epochs });
    await train(3);
    await network.evaluate(x, targets);
    const before = used();
    await train(1000);
    await network.evaluate(x, targets);
    assertEquals(used(), before);
    assertEquals(network.explainTraining(), "recorded");
  });
}

Deno.test("checkpoints, backups and what is restored from them leave tensors and heap as they were", async () => {
  const folder = await Deno.makeTempDir();
  const network = dense();
  const train = (epochs: number, ...others: Callback[]) =>
    network.fit(x, y, {
      epochs,
      verbose: 0,
      callbacks: [
        callbacks.modelCheckpoint(`${folder}/model.keras`),
        callbacks.modelCheckpoint(`${folder}/best.weights.h5`, {
          monitor: "loss",
          saveBestOnly: true,
          saveWeightsOnly: true,
        }),
        callbacks.backupAndRestore(`${folder}/backup`),
        ...others,
      ],
    });
  const interrupted = (at: number) =>
    callbacks.lambdaCallback({
      onEpochBegin: (epoch) => {
        if (epoch === at) throw new Error("no power");
      },
    });
  const round = async (epochs: number) => {
    for (let at = 1; at < epochs; at++) await assertRejects(() => train(epochs, interrupted(at)), Error, "no power");
    assertEquals((await train(epochs)).epoch, [epochs - 1]);
  };
  await round(3);
  const before = used();
  await round(25);
  assertEquals(used(), before);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a fit that fails in a callback, in a generator or by its data leaves tensors as they were", async () => {
  class Fails extends Callback {
    override onTrainBatchEnd(batch: number, _logs: Logs) {
      if (batch === 1) throw new Error("out of luck");
    }
  }
  const network = dense();
  const [rows, targets] = [x.arraySync() as number[][], y.arraySync() as number[][]];
  await network.fit(rows, targets, { verbose: 0, batchSize: 8 });
  const before = used();
  for (let i = 0; i < 20; i++) {
    await assertRejects(
      () =>
        network.fit(rows, targets, {
          verbose: 0,
          batchSize: 8,
          callbacks: new Fails(),
          validationData: [rows, targets],
        }),
      Error,
      "out of luck",
    );
    const broken = function* (): Generator<[number[][], number[][]]> {
      yield [rows.slice(0, 8), targets.slice(0, 8)];
      throw new Error("disk gone");
    };
    await assertRejects(() => network.fit(broken, { verbose: 0, stepsPerEpoch: 3 }), Error, "disk gone");
    await assertRejects(() => network.fit(rows, targets.slice(1), { verbose: 0 }), RangeError, "number of samples");
    await assertRejects(
      () => network.fit(rows, [...targets.slice(1), [1]], { verbose: 0, validationData: [rows, [[1]]] }),
      RangeError,
    );
  }
  assertEquals(used(), before);
});

Deno.test("a target of the wrong width fails in the step and leaves tensors as they were", async () => {
  const network = dense();
  const wrong = tf.ones([20, 3]);
  const attempt = () => network.fit(x, wrong, { verbose: 0 });
  await assertRejects(attempt, RangeError, "they must agree");
  const before = used();
  for (let i = 0; i < 20; i++) await assertRejects(attempt, RangeError, "they must agree");
  assertEquals(used(), before);
});

Deno.test("a loss that is no number is said once, with the epoch and what to try", async () => {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => void warnings.push(text);
  try {
    const network = sequential({ layers: [layers.dense({ units: 1, inputShape: [4] })] });
    network.compile({ loss: "mse", optimizer: "sgd" });
    network.optimizer.learningRate = 1e20;
    const { history } = await network.fit(x, y, { epochs: 4, verbose: 0, shuffle: false });
    assert(!Number.isFinite(history.loss[3]));
    assertEquals(warnings.length, 1);
    assert(warnings[0].startsWith(`The loss of epoch ${history.loss.findIndex((v) => !Number.isFinite(v)) + 1} is`));
    assert(warnings[0].includes("smaller learningRate"));
  } finally {
    console.warn = warn;
  }
});
