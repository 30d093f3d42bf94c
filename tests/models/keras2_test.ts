import { assert, assertEquals, assertRejects } from "@std/assert";
import { writeHdf5 } from "baeum/formats";
import { loadModel } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { assertNear, predicted } from "./file_cases.ts";

const folder = new URL("keras2/", import.meta.url);

interface Answer {
  x: number[][][];
  y: number[][][];
  target?: number[][];
  /** How Keras 2 went on training. */
  history?: Record<string, number[]>;
}

Deno.test("loadModel loads .h5 files of Keras 2, predicts the same, and goes on training as Keras 2 did", async (t) => {
  await useBackend("cpu");
  const answers: Record<string, Answer> = JSON.parse(await Deno.readTextFile(new URL("answers.json", folder)));
  for (const [name, { x, y, target, history }] of Object.entries(answers)) {
    await t.step(name, async () => {
      const model = await loadModel(new URL(`${name}.h5`, folder));
      const inputs = x.map((values) => tf.tensor(values));
      assertNear(predicted(model, inputs), y.map((values) => values.flat(9)), name);
      assertEquals(model.isCompiled, history !== undefined);
      if (!history || !target) return;
      const ours = await model.fit(inputs[0], target, { epochs: 3, batchSize: 2, shuffle: false, verbose: 0 });
      assertEquals(Object.keys(ours.history).sort(), Object.keys(history).sort());
      // An optimizer of the earlier kind begins anew here, as in Keras 3.
      if (name === "embedding") return;
      for (const [key, values] of Object.entries(history)) {
        const far = values.map((value, i) => Math.abs(ours.history[key][i] - value) / Math.max(Math.abs(value), 1e-3));
        assert(far.every((difference) => difference < 5e-4), `${key}: ${ours.history[key]}, Keras ${values}`);
      }
    });
  }
});

Deno.test("a rate that falls by Keras 2's decay falls here, too", async () => {
  const model = await loadModel(new URL("embedding.h5", folder));
  model.optimizer.iterations = 5;
  assert(Math.abs(model.optimizer.learningRate - 0.01 / (1 + 0.1 * 5)) < 1e-8);
});

Deno.test("loadModel loads a stack of the oldest files, which has layers without a name and a rate called lr", async () => {
  const layer = {
    class_name: "Dense",
    config: { name: "d", units: 1, activation: "linear", batch_input_shape: [null, 2] },
  };
  const training = {
    optimizer_config: { class_name: "SGD", config: { lr: 0.25, decay: 0 } },
    loss: "mse",
    metrics: [],
  };
  const file = await writeHdf5(
    new Map([
      ["model_weights/d/d/kernel:0", { shape: [2, 1], data: Float32Array.of(2, 3) }],
      ["model_weights/d/d/bias:0", { shape: [1], data: Float32Array.of(1) }],
    ]),
    new Map<string, Record<string, string | string[]>>([
      ["", {
        model_config: JSON.stringify({ class_name: "Sequential", config: [layer] }),
        training_config: JSON.stringify(training),
      }],
      ["model_weights", { layer_names: ["d"] }],
      ["model_weights/d", { weight_names: ["d/kernel:0", "d/bias:0"] }],
    ]),
  );
  const path = await Deno.makeTempFile({ suffix: ".h5" });
  await Deno.writeFile(path, file);
  const model = await loadModel(path);
  assertEquals(model.predict(tf.tensor2d([[1, 10]])).arraySync(), [[33]]);
  assertEquals(model.optimizer.learningRate, 0.25);
  await Deno.remove(path);
});

Deno.test("loadModel says of a file with weights alone that loadWeights reads it", async () => {
  const path = await Deno.makeTempFile({ suffix: ".h5" });
  await Deno.writeFile(path, await writeHdf5(new Map([["a", { shape: [1], data: Float32Array.of(1) }]])));
  await assertRejects(() => loadModel(path), Error, "loadWeights");
  await Deno.remove(path);
});
