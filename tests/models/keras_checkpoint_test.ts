import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Callback, callbacks, layers, loadModel, type Logs, sequential } from "baeum/models";
import { formatNumber } from "../../lib/models/callbacks/name_pattern.ts";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

const { modelCheckpoint } = callbacks;

/** Trains with ModelCheckpoint in Keras; the logs are set, so that what is saved depends on the rule alone. */
const KERAS = `
import os, re, tempfile, warnings, contextlib, io
import numpy as np, keras
warnings.simplefilter("ignore")
class Script(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        for name, values in given["script"].items(): logs[name] = values[epoch]
def run(case):
    folder = tempfile.mkdtemp()
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse", metrics=["mae"])
    made = keras.callbacks.ModelCheckpoint(os.path.join(folder, case["path"]), **case["options"])
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        model.fit(np.ones((10, 1)), np.ones((10, 1)), batch_size=2, epochs=6, verbose=0, callbacks=[Script(), made],
            validation_split=0.2)
    found = sorted(os.path.relpath(os.path.join(d, f), folder) for d, _, fs in os.walk(folder) for f in fs)
    text = out.getvalue().replace(folder, "FOLDER")
    return {"files": found, "text": [l for l in text.split("\\n") if l], "best": None if made.best is None else float(made.best)}
answer = [run(case) for case in given["cases"]]
`;

const script = {
  val_loss: [0.5, 0.6, 0.4, 0.4, 0.123456789, 0.2],
  val_mae: [0.8, 0.7, 0.9, 0.65, 0.6, 0.61],
  loss: [1.5, 0.125, 0.375, 1e-5, 12.345, 2.25],
  score: [1, 3, 2, 5, 4, 6],
};

class Script extends Callback {
  override onEpochEnd(epoch: number, logs: Logs) {
    for (const [name, values] of Object.entries(script)) logs[name] = values[epoch];
  }
}

const cases: { path: string; options: Record<string, string | number | boolean> }[] = [
  { path: "m.keras", options: { verbose: 1 } },
  { path: "{epoch:02d}-{val_loss:.2f}.keras", options: {} },
  { path: "{epoch}-{loss}-{loss:.2f}-{loss:8.3e}-{loss:g}.keras", options: {} },
  { path: "deep/er/{epoch:>4}_{{x}}_{val_mae:+.1%}.keras", options: {} },
  { path: "best-{epoch}.keras", options: { saveBestOnly: true, verbose: 1 } },
  { path: "best-{epoch}.keras", options: { saveBestOnly: true, monitor: "val_mae" } },
  { path: "best-{epoch}.keras", options: { saveBestOnly: true, monitor: "score", mode: "max", verbose: 1 } },
  { path: "best-{epoch}.keras", options: { saveBestOnly: true, initialValueThreshold: 0.41, verbose: 1 } },
  { path: "best-{epoch}.keras", options: { saveBestOnly: true, initialValueThreshold: 0.01, verbose: 1 } },
  { path: "best-{epoch}.keras", options: { saveBestOnly: true, monitor: "nothing", mode: "min" } },
  { path: "old-{epoch}.h5", options: { saveBestOnly: true, monitor: "val_mae" } },
  { path: "{epoch:03d}.weights.h5", options: { saveWeightsOnly: true, verbose: 1 } },
  { path: "{epoch}-{batch}.weights.h5", options: { saveWeightsOnly: true, saveFreq: 3, verbose: 1 } },
  { path: "{epoch}-{batch:02d}.keras", options: { saveFreq: 7 } },
  { path: "{epoch}-{batch:02d}.keras", options: { saveFreq: 100 } },
];

function walk(folder: string, prefix = ""): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? walk(`${folder}/${name}`, `${prefix}${name}/`) : [prefix + name]
  ).sort();
}

function build() {
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
  return model;
}

/** Runs and gives what was printed. */
async function printed(run: () => Promise<unknown>): Promise<string[]> {
  const { log, warn } = console;
  const lines: string[] = [];
  console.log = (text) => void lines.push(text);
  console.warn = () => {};
  try {
    await run();
  } finally {
    Object.assign(console, { log, warn });
  }
  return lines;
}

peerTest("checkpoints have the names, the moments, the lines and the best value that Keras' have", async (ask, t) => {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const answers = await ask(KERAS, {
    script,
    cases: cases.map(({ path, options }) => ({
      path,
      options: Object.fromEntries(Object.entries(options).map(([name, value]) => [snake(name), value])),
    })),
  }) as { files: string[]; text: string[]; best: number | null }[];
  for (const [i, { path, options }] of cases.entries()) {
    await t.step(`${path} with ${JSON.stringify(options)}`, async () => {
      const folder = await Deno.makeTempDir();
      const made = modelCheckpoint(`${folder}/${path}`, options);
      const text = await printed(() =>
        build().fit(tf.ones([10, 1]), tf.ones([10, 1]), {
          batchSize: 2,
          epochs: 6,
          verbose: 0,
          validationSplit: 0.2,
          callbacks: [new Script(), made],
        })
      );
      assertEquals(walk(folder), answers[i].files);
      assertEquals(text.map((line) => line.replaceAll(folder, "FOLDER")), answers[i].text);
      assertEquals(made.best ?? null, answers[i].best);
      await Deno.remove(folder, { recursive: true });
    });
  }
});

peerTest("a number in a name is formatted as Python formats it", async (ask) => {
  const specs = [
    "",
    "02d",
    "+d",
    ",d",
    "012,d",
    ".2f",
    ".0f",
    "08.3f",
    "+.1f",
    "<8.2f",
    "*^9.3f",
    "=+8.1f",
    ".3",
    "g",
    "G",
  ];
  specs.push(".3e", "E", ".1%", "%", ",.1f", "010,.2f", "F", " .2f");
  const floats = [
    0,
    0.5,
    1.5,
    2.5,
    0.125,
    0.375,
    1e-5,
    9.9999e-5,
    1e16,
    1e22,
    123456.789,
    -0.25,
    -3.0001,
    1 / 3,
    1e-10,
  ];
  const whole = [0, 1, 7, 12, 123, 1234567];
  const asked = specs.flatMap((spec) => [
    ...spec.endsWith("d") ? [] : floats.map((value) => ({ spec, value, isWhole: false })),
    ...spec === ".3" ? [] : whole.map((value) => ({ spec, value, isWhole: true })),
  ]);
  const expected = await ask(
    `answer = [format(int(a["value"]) if a["isWhole"] else float(a["value"]), a["spec"]) for a in given]`,
    asked,
  ) as string[];
  assertEquals(asked.map(({ spec, value, isWhole }) => formatNumber(value, spec, isWhole)), expected);
  assertEquals([formatNumber(NaN, ".2f", false), formatNumber(Infinity, "", false)], ["nan", "inf"]);
});

Deno.test("the saved model is the one of its epoch, and the best is the one that stays", async () => {
  const folder = await Deno.makeTempDir();
  const model = build();
  const kept: number[] = [];
  const note = callbacks.lambdaCallback({
    onEpochEnd: () => void kept.push(model.getWeights()[0].dataSync()[0]),
  });
  await model.fit(tf.ones([10, 1]), tf.zeros([10, 1]), {
    epochs: 6,
    verbose: 0,
    validationSplit: 0.2,
    callbacks: [
      new Script(),
      note,
      modelCheckpoint(`${folder}/{epoch}.keras`),
      modelCheckpoint(`${folder}/best.keras`, { saveBestOnly: true }),
    ],
  });
  const first = async (name: string) => (await loadModel(`${folder}/${name}`)).getWeights()[0].dataSync()[0];
  assertEquals(await Promise.all(kept.map((_, i) => first(`${i + 1}.keras`))), kept);
  assertEquals(await first("best.keras"), kept[4]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a checkpoint's name with a wrong ending, a wrong place or an unknown number is refused with what to write", async () => {
  assertThrows(() => modelCheckpoint("model.txt"), RangeError, ".keras or .h5. Received: model.txt");
  assertThrows(() => modelCheckpoint("m.h5", { saveWeightsOnly: true }), RangeError, ".weights.h5. Received: m.h5");
  assertThrows(() => modelCheckpoint("m.keras", { saveFreq: 0 }), RangeError, "Received: 0");
  assertThrows(() => modelCheckpoint("{epoch.keras"), RangeError, "do not match");
  assertThrows(() => modelCheckpoint("{epoch.x}.keras"), RangeError, "Received: {epoch.x}");
  assertThrows(() => modelCheckpoint("{}.keras"), RangeError, "Received: {}");
  const folder = await Deno.makeTempDir();
  const fit = (callback: Callback) => build().fit([[1]], [[1]], { verbose: 0, callbacks: [callback] });
  await assertRejects(() => fit(modelCheckpoint(`${folder}/{val_loss}.keras`)), RangeError, "It has: epoch, loss, mae");
  await assertRejects(() => fit(modelCheckpoint(`${folder}/{loss:d}.keras`)), RangeError, "whole numbers");
  await assertRejects(() => fit(modelCheckpoint(`${folder}/m.keras`, { monitor: "val_acc" })), RangeError, "mode");
  await Deno.mkdir(`${folder}/x.keras`);
  await assertRejects(() => fit(modelCheckpoint(`${folder}/x.keras`)), Error, "a folder");
  assertEquals(walk(folder), []);
  await Deno.remove(folder, { recursive: true });
});
