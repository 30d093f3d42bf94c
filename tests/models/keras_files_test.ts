import { assert, assertEquals, assertRejects } from "@std/assert";
import { layers, loadModel, optimizers, sequential } from "baeum/models";
import { useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { travelsToKeras } from "./file_cases.ts";

travelsToKeras(".keras");

const RESUME = `
import numpy as np, keras
answer = []
for case in given:
    model = keras.models.load_model(case["from"])
    x, y = np.array(case["x"], "float32"), np.array(case["y"], "float32")
    answer.append(model.fit(x, y, epochs=5, batch_size=8, shuffle=False, verbose=0).history["loss"])
`;

peerTest("Adam, SGD with momentum and RMSprop go on in Keras and here where they stopped", async (ask) => {
  await useBackend("cpu");
  const folder = await Deno.makeTempDir();
  const x = Array.from({ length: 32 }, (_, i) => [Math.sin(i), Math.cos(i * 0.7), (i % 5) / 5]);
  const y = x.map(([a, b, c]) => [a * b + c]);
  const given = [];
  const ours: number[][] = [];
  for (
    const optimizer of [
      optimizers.adam({ learningRate: 0.01 }),
      optimizers.sgd({ learningRate: 0.05, momentum: 0.9 }),
      optimizers.rmsprop({ learningRate: 0.005, momentum: 0.5, centered: true }),
    ]
  ) {
    const model = sequential({
      layers: [layers.dense({ units: 8, activation: "tanh", inputShape: [3] }), layers.dense({ units: 1 })],
    });
    model.compile({ optimizer, loss: "mse" });
    await model.fit(x, y, { epochs: 3, batchSize: 8, shuffle: false, verbose: 0 });
    const from = `${folder}/${optimizer.className}.keras`;
    await model.save(from);
    given.push({ from, x, y });
    const again = await loadModel(from);
    const { history } = await again.fit(x, y, { epochs: 5, batchSize: 8, shuffle: false, verbose: 0 });
    ours.push(history.loss);
  }
  const theirs = await ask(RESUME, given) as number[][];
  const far = ours.flatMap((losses, i) => losses.map((loss, j) => Math.abs(loss / theirs[i][j] - 1)));
  assert(far.every((difference) => difference < 5e-4), `${far}`);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("saveWeights and loadWeights bring a model's weights into another one, and nothing when one does not fit", async () => {
  const path = await Deno.makeTempFile({ suffix: ".weights.h5" });
  const make = (units: number) =>
    sequential({ layers: [layers.dense({ units: 3, inputShape: [2] }), layers.dense({ units })] });
  const [model, other, wrong] = [make(4), make(4), make(5)];
  await model.saveWeights(path);
  await other.loadWeights(path);
  assertEquals(other.getWeights().map((w) => w.arraySync()), model.getWeights().map((w) => w.arraySync()));
  const before = wrong.getWeights().map((w) => w.arraySync());
  await assertRejects(() => wrong.loadWeights(path), RangeError, "layers/dense_1/vars/0");
  assertEquals(wrong.getWeights().map((w) => w.arraySync()), before);
  await Deno.remove(path);
});
