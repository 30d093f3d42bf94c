import { assert, assertEquals, assertThrows } from "@std/assert";
import { activationOf } from "../../lib/models/activations/mod.ts";
import { input, layers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** All of Keras' names but \`threshold\`, which needs arguments; then values and gradients of each. */
const KERAS = `
import numpy as np, keras, tensorflow as tf
from keras.src import activations
names = sorted(set(activations.ALL_OBJECTS_DICT) - {"threshold"})
x = tf.constant(np.array(given["x"], "float32"))
def of(name):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = keras.activations.get(name)(x)
        total = tf.reduce_sum(y * tf.constant(np.array(given["direction"], "float32")[:, : y.shape[-1]]))
    return {"name": name, "y": y.numpy().astype("float64").tolist(), "gradient": tape.gradient(total, x).numpy().astype("float64").tolist()}
answer = [of(name) for name in names]
`;

interface Answer {
  name: string;
  y: number[][];
  gradient: number[][];
}

/** Rows of moderate, of small and of large numbers, none at a kink, in order and not. */
const rows = [
  Array.from({ length: 40 }, (_, i) => -3.95 + 0.2 * i),
  Array.from({ length: 40 }, (_, i) => (i - 19.5) * 1e-3),
  Array.from({ length: 40 }, (_, i) => (i - 19.5) * 4.1),
  Array.from({ length: 40 }, (_, i) => 1.5 * Math.sin(i * 12.9898)),
];

peerTest("all of Keras' activations have its values and gradients, for small and large numbers", async (ask, t) => {
  const direction = rows.map((row) => row.map((_, i) => Math.sin(i * 78.233)));
  const answers = await ask(KERAS, { x: rows, direction }) as Answer[];
  for (const backend of ["wasm", "cpu"] as const) {
    await useBackend(backend);
    try {
      for (const { name, y, gradient } of answers) {
        await t.step(`${name}, on ${backend}`, () => {
          const apply = activationOf(name as "relu");
          const x = tf.tensor2d(rows);
          near(apply(x), y, "value");
          const along = (x: tf.Tensor) => {
            const result = apply(x);
            return tf.sum(result.mul(tf.tensor2d(direction.map((row) => row.slice(0, result.shape[1]))))) as tf.Scalar;
          };
          near(tf.grad(along)(x), gradient, "gradient");
        });
      }
    } finally {
      await useBackend("wasm");
    }
  }
});

function near(actual: tf.Tensor, expected: number[][], what: string): void {
  const values = expected.flat();
  assertEquals(actual.size, values.length);
  actual.dataSync().forEach((value, i) => {
    const close = Math.abs(value - values[i]) <= 1e-5 * Math.max(1, Math.abs(values[i]));
    assert(close || value === values[i], `${what} [${i}]: ${value}, Keras ${values[i]}`);
  });
}

Deno.test("glu halves the last axis, and refuses one of odd length", () => {
  assertEquals(layers.activation({ activation: "glu" }).apply(input({ shape: [3, 8] })).shape, [null, 3, 4]);
  assertThrows(() => layers.activation({ activation: "glu" }).apply(tf.zeros([1, 3])), RangeError, "[1,3]");
});

Deno.test("training through sparsemax and the shrinking activations is recorded", async () => {
  const model = sequential({
    layers: [
      layers.inputLayer({ shape: [4] }),
      layers.dense({ units: 8, activation: "softShrink" }),
      layers.activation({ activation: "hardShrink" }),
      layers.activation({ activation: "glu" }),
      layers.dense({ units: 3, activation: "sparsemax" }),
    ],
  });
  model.compile({ loss: "mse", optimizer: "adam" });
  const x = tf.randomNormal([16, 4], 0, 1, "float32", 1);
  await model.fit(x, tf.oneHot(tf.range(0, 16, 1, "int32").mod(tf.scalar(3, "int32")).toInt(), 3).toFloat(), {
    epochs: 5,
    batchSize: 4,
    verbose: 0,
  });
  assertEquals(model.explainTraining(), "recorded");
});
