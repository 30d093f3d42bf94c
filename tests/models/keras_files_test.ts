import { assertEquals, assertRejects } from "@std/assert";
import { input, layers, model, sequential } from "baeum/models";
import { peerTest } from "../peers.ts";
import { travelsToKeras } from "./file_cases.ts";

travelsToKeras(".keras");

const WEIGHTS = `
import numpy as np, keras
from keras import layers as L
answer = []
stack = lambda: keras.Sequential([keras.Input((6,)), L.Embedding(10, 4), L.Bidirectional(L.LSTM(3)), L.BatchNormalization(), L.Dense(2)])
def graph():
    x = keras.Input((8, 8, 2))
    inner = keras.Sequential([keras.Input((8, 8, 3)), L.SeparableConv2D(3, 3, padding="same"), L.PReLU()])
    y = L.Conv2D(3, 3, padding="same")(x)
    return keras.Model(x, L.Dense(1)(L.GlobalAveragePooling2D()(L.Add()([y, inner(y)]))))
for i, make in enumerate([stack, graph]):
    keras.utils.set_random_seed(i)
    model = make()
    if given["write"]: model.save_weights(given["folder"] + f"/{i}.weights.h5")
    else: model.load_weights(given["folder"] + f"/{i}_here.weights.h5")
    answer.append([w.flatten().tolist() for w in model.get_weights()])
`;

peerTest("weights alone go from Keras here and back as .weights.h5, equal to the bit", async (ask) => {
  const folder = await Deno.makeTempDir();
  const written = await ask(WEIGHTS, { folder, write: true }) as number[][][];
  const l = layers;
  const stack = sequential({
    layers: [
      l.inputLayer({ shape: [6] }),
      l.embedding({ inputDim: 10, outputDim: 4 }),
      l.bidirectional({ layer: l.lstm({ units: 3 }) }),
      l.batchNormalization(),
      l.dense({ units: 2 }),
    ],
  });
  const x = input({ shape: [8, 8, 2] });
  const inner = sequential({
    layers: [
      l.inputLayer({ shape: [8, 8, 3] }),
      l.separableConv2d({ filters: 3, kernelSize: 3, padding: "same" }),
      l.prelu(),
    ],
  });
  const y = l.conv2d({ filters: 3, kernelSize: 3, padding: "same" }).apply(x);
  const mean = l.globalAveragePooling2d().apply(l.add().apply([y, inner.apply(y)]));
  const models = [stack, model({ inputs: x, outputs: l.dense({ units: 1 }).apply(mean) })];
  for (const [i, each] of models.entries()) {
    await each.loadWeights(`${folder}/${i}.weights.h5`);
    assertEquals(each.getWeights().map((w) => [...w.dataSync()]), written[i]);
    each.setWeights(each.getWeights().map((w) => w.add(1)));
    await each.saveWeights(`${folder}/${i}_here.weights.h5`);
  }
  assertEquals(
    await ask(WEIGHTS, { folder, write: false }),
    models.map((each) => each.getWeights().map((w) => [...w.dataSync()])),
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("saveWeights and loadWeights bring a model's weights into another one, and nothing when one does not fit", async () => {
  const path = await Deno.makeTempFile({ suffix: ".weights.h5" });
  const make = (units: number) =>
    sequential({ layers: [layers.dense({ units: 3, inputShape: [2] }), layers.dense({ units })] });
  const [first, other, wrong] = [make(4), make(4), make(5)];
  await first.saveWeights(path);
  await other.loadWeights(path);
  assertEquals(other.getWeights().map((w) => w.arraySync()), first.getWeights().map((w) => w.arraySync()));
  const before = wrong.getWeights().map((w) => w.arraySync());
  await assertRejects(() => wrong.loadWeights(path), RangeError, "layers/dense_1/vars/0");
  assertEquals(wrong.getWeights().map((w) => w.arraySync()), before);
  await Deno.remove(path);
});
