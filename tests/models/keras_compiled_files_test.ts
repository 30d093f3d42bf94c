import { assert, assertEquals } from "@std/assert";
import { layers, loadModel, metrics, optimizers, sequential } from "baeum/models";
import { useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Compiles with objects and names, saves in both formats, and evaluates. */
const KERAS = `
import numpy as np, keras
from keras import layers as L, losses, metrics, optimizers
x, y = np.array(given["x"], "float32"), np.array(given["y"], "float32")
def stack(units, activation): return keras.Sequential([keras.Input((3,)), L.Dense(units, activation=activation)])
def two():
    i = keras.Input((3,))
    return keras.Model(i, [L.Dense(1, activation="sigmoid", name="a")(i), L.Dense(1, name="b")(i)])
cases = lambda: [
    (lambda: stack(1, "sigmoid"), dict(loss=losses.BinaryCrossentropy(label_smoothing=0.1), metrics=["accuracy", metrics.AUC(num_thresholds=50, curve="PR"), metrics.Precision(thresholds=0.4), metrics.Recall(name="found"), metrics.BinaryAccuracy(threshold=0.3), metrics.TruePositives(), metrics.F1Score(average="micro", threshold=0.5)])),
    (lambda: stack(1, None), dict(loss=losses.Huber(), metrics=["mae", metrics.MeanSquaredError(name="squares"), metrics.RootMeanSquaredError(), metrics.R2Score(), metrics.MeanAbsolutePercentageError(), metrics.LogCoshError(), metrics.CosineSimilarity(axis=-1)], optimizer=optimizers.SGD(1.0, clipnorm=1.0))),
    (lambda: stack(1, None), dict(loss="mse", metrics=["mse", metrics.BinaryCrossentropy(from_logits=True), metrics.Hinge(), "mean_squared_logarithmic_error"], weighted_metrics=["mae"])),
    (two, dict(loss={"a": "binary_crossentropy", "b": losses.MeanSquaredError()}, loss_weights={"a": 2.0, "b": 1}, metrics={"a": [metrics.AUC()], "b": ["mae"]})),
    (two, dict(loss=["binary_crossentropy", "mean_absolute_error"], loss_weights=[1.0, 0.5], metrics=[["accuracy"], [metrics.MeanSquaredError()]])),
]
answer = []
for i in range(len(cases())):
    for extension in [".keras", ".h5"]:
        make, compile = cases()[i]
        if extension == ".h5" and (i in [2]): continue
        keras.utils.set_random_seed(i)
        model = make(); model.compile(**{"optimizer": "adam", **compile})
        targets = [y, y] if len(model.outputs) == 2 else y
        model.fit(x, targets, verbose=0, shuffle=False); model.save(f"{given['folder']}/{i}{extension}")
        answer.append({"file": f"{i}{extension}", "logs": model.evaluate(x, targets, verbose=0, return_dict=True)})
`;

peerTest(
  "losses, metrics and weights that a model was compiled with are read from Keras' files, in both formats",
  async (ask, t) => {
    await useBackend("cpu");
    const folder = await Deno.makeTempDir();
    const x = Array.from({ length: 24 }, (_, i) => [Math.sin(i), Math.cos(i * 0.7), (i % 5) / 5]);
    const y = x.map((_, i) => [i % 3 === 0 ? 1 : 0]);
    type Answer = { file: string; logs: Record<string, number> };
    const written = await ask(KERAS, { folder, x, y }) as Answer[];
    const same = (got: Record<string, number>, wanted: Record<string, number>) => {
      assertEquals(Object.keys(got).sort(), Object.keys(wanted).sort());
      for (const [key, value] of Object.entries(wanted)) {
        assert(
          Math.abs(got[key] - value) <= 1e-4 * Math.max(1, Math.abs(value)),
          `${key}: ${got[key]}, Keras ${value}`,
        );
      }
    };
    for (const { file, logs } of written) {
      await t.step(`${file} is loaded and evaluated`, async () => {
        const model = await loadModel(`${folder}/${file}`);
        const targets = model.outputNames!.length === 2 ? [y, y] : y;
        same(await model.evaluate(x, targets, { verbose: 0, returnDict: true }), logs);
      });
    }
    await Deno.remove(folder, { recursive: true });
  },
);

/** Loads what was compiled here, and tells with what; numbers without a point were whole ones. */
const LOADED = `
import keras
answer = []
for path in given:
    model = keras.models.load_model(path)
    answer.append([type(model.optimizer).__name__, float(model.optimizer.learning_rate)])
`;

peerTest(
  "what a model was compiled with here, whole numbers and any name of a loss as well, is loaded by Keras from both formats",
  async (ask) => {
    const folder = await Deno.makeTempDir();
    const { sgd, adam, adamW, rmsprop, adagrad, adadelta, adamax, nadam, ftrl, lion } = optimizers;
    const makers = [sgd, adam, adamW, rmsprop, adagrad, adadelta, adamax, nadam, ftrl, lion];
    const used = [...makers.map((make) => make({ learningRate: 1 })), sgd({ momentum: 1, learningRate: 1 })];
    const paths: string[] = [];
    for (const [i, optimizer] of used.entries()) {
      const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
      const score = metrics.fBetaScore({ beta: 1, threshold: 1, average: "macro" });
      model.compile({ loss: "mse", optimizer, metrics: [score] });
      for (const extension of [".keras", ".h5"]) {
        paths.push(`${folder}/${i}${extension}`);
        await model.save(paths.at(-1)!);
      }
    }
    for (const loss of ["huber", "huber_loss", "logcosh", "KLDivergence", "MSE"] as const) {
      const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
      const optimizer = sgd({ learningRate: 1 });
      model.compile({ loss, optimizer });
      used.push(optimizer);
      for (const extension of [".keras", ".h5"]) {
        paths.push(`${folder}/${loss}${extension}`);
        await model.save(paths.at(-1)!);
      }
    }
    const names = used.flatMap(({ className }) => [[className, 1], [className, 1]]);
    assertEquals(await ask(LOADED, paths), names);
    await Deno.remove(folder, { recursive: true });
  },
);
