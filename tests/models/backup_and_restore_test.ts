import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { callbacks, layers, type Model, sequential } from "baeum/models";
import { random, tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { network, options, x, y } from "./training_killed.ts";

const { backupAndRestore, lambdaCallback } = callbacks;

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
const weightsOf = (model: Model) => model.getWeights().flatMap((weight) => [...weight.dataSync()]);

/** The first step of a process is computed before it is recorded, and may differ by a rounding from a recorded one. */
function near(actual: number[], expected: number[], allowed = 1e-5): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((value, i) => {
    assert(Math.abs(value - expected[i]) <= allowed * Math.max(0.1, Math.abs(expected[i])), `${value}, ${expected[i]}`);
  });
}

/** Loss and validation loss of each epoch, and the weights after the last, of a training that nothing interrupts. */
async function uninterrupted() {
  const model = network();
  const { history } = await model.fit(x, y, options);
  return { losses: history.loss.map((loss, epoch) => [epoch, loss, history.val_loss[epoch]]), model };
}

const interruptAt = (at: number) =>
  lambdaCallback({
    onEpochBegin: (epoch) => {
      if (epoch === at) throw new Error("no power");
    },
  });

Deno.test("a training that was killed again and again, also while it saved, has the numbers of one that was not", async () => {
  const folder = await Deno.makeTempDir();
  const { losses } = await uninterrupted();
  const seen: number[][] = [];
  const script = new URL("training_killed.ts", import.meta.url).pathname;
  /** Starts the training and kills it some milliseconds after it has said that an epoch is over; whether it ended itself. */
  const run = async (lines: number, milliseconds: number): Promise<boolean> => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", script, `${folder}/backup`, String(lines + 1)],
      stdout: "piped",
    }).spawn();
    let text = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.split("\n").length - 1 < lines) continue;
      lines = Infinity;
      setTimeout(() => {
        try {
          child.kill("SIGKILL");
        } catch {
          // It has ended by itself.
        }
      }, milliseconds);
    }
    const { success } = await child.status;
    seen.push(...text.trimEnd().split("\n").filter(Boolean).map((line) => JSON.parse(line)));
    return success;
  };
  assertEquals(await run(1, 0), false);
  assertEquals(await run(3, 2), false);
  assertEquals(await run(2, 5), false);
  assertEquals(await run(Infinity, 0), true);
  for (const [epoch, ...values] of seen) near(values, losses[epoch].slice(1));
  assertEquals(new Set(seen.map(([epoch]) => epoch)).size, losses.length);
  assert(seen.length <= losses.length + 3, `${seen.length} epochs were trained for ${losses.length}`);
  assertEquals(names(folder), []);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("whatever was written when the process ended, the backup that counts is whole", async () => {
  const folder = await Deno.makeTempDir();
  const goOn = async () => {
    const model = network();
    const backup = backupAndRestore(folder, { deleteCheckpoint: false });
    await model.fit(x, y, { ...options, epochs: 6, callbacks: [backup] });
    return model.history!.epoch;
  };
  const first = network();
  const backup = backupAndRestore(folder, { deleteCheckpoint: false });
  await assertRejects(() => first.fit(x, y, { ...options, callbacks: [backup, interruptAt(3)] }), Error, "no power");
  const files = ["latest.weights.h5", "training_metadata.json"];
  assertEquals(names(folder), files);
  const [weights, metadata] = await Promise.all(files.map((name) => Deno.readFile(`${folder}/${name}`)));
  const put = async (contents: Record<string, Uint8Array>) => {
    for (const name of names(folder)) await Deno.remove(`${folder}/${name}`);
    for (const [name, bytes] of Object.entries(contents)) await Deno.writeFile(`${folder}/${name}`, bytes);
  };
  // Killed after the next weights, before their metadata; and after that, before the last renaming.
  await put({ [files[0]]: weights, [files[1]]: metadata, "next.weights.h5": Uint8Array.of(1, 2) });
  assertEquals(await goOn(), [3, 4, 5]);
  await put({ [files[0]]: Uint8Array.of(1, 2), [files[1]]: metadata, "next.weights.h5": weights });
  assertEquals(await goOn(), [3, 4, 5]);
  await put({ [files[1]]: metadata, "next.weights.h5": weights });
  assertEquals(await goOn(), [3, 4, 5]);
  await put({ "next.weights.h5": weights, "latest.weights.h5.1.part": weights });
  assertEquals(await goOn(), [0, 1, 2, 3, 4, 5]);
  await put({ [files[0]]: weights.slice(0, 900), [files[1]]: metadata });
  await assertRejects(goOn, RangeError, "Delete the folder");
  await put({ [files[0]]: weights, [files[1]]: metadata.slice(0, 7) });
  await assertRejects(goOn, RangeError, "which epoch to go on with");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a fit that failed goes on in the same process, and with another seed, to the same weights", async () => {
  const folder = await Deno.makeTempDir();
  const expected = await uninterrupted();
  const model = network();
  const backup = backupAndRestore(`${folder}/deep/er/`);
  await assertRejects(() => model.fit(x, y, { ...options, callbacks: [interruptAt(5), backup] }), Error, "no power");
  const other = network(99);
  const history = await other.fit(x, y, { ...options, callbacks: [backup] });
  assertEquals(history.epoch, [5, 6, 7, 8, 9, 10, 11]);
  near(history.history.loss, expected.losses.slice(5).map(([, loss]) => loss));
  near(weightsOf(other), weightsOf(expected.model));
  assertEquals(other.explainTraining(), "recorded");
  assertEquals(names(`${folder}/deep`), []);
  // What is done is done: the next fit begins at its own epoch.
  assertEquals((await other.fit(x, y, { ...options, epochs: 2, callbacks: [backup] })).epoch, [0, 1]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a folder keeps what the backup has not written", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/notes.txt`, "mine");
  await network().fit(x, y, { ...options, epochs: 1, callbacks: [backupAndRestore(folder)] });
  assertEquals(names(folder), ["notes.txt"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a backup of another model, an unbuilt model and a wrong frequency are refused", async () => {
  const folder = await Deno.makeTempDir();
  const backup = backupAndRestore(folder);
  await assertRejects(
    () => network().fit(x, y, { ...options, callbacks: [backup, interruptAt(1)] }),
    Error,
    "no power",
  );
  const other = sequential({ layers: [layers.dense({ units: 1, inputShape: [4] })] });
  other.compile({ loss: "mse", optimizer: "sgd" });
  await assertRejects(() => other.fit(x, y, { ...options, callbacks: [backup] }), RangeError);
  const unbuilt = sequential({ layers: [layers.dense({ units: 1 })] });
  unbuilt.compile({ loss: "mse", optimizer: "sgd" });
  const batches = () => [[tf.ones([2, 4]), tf.ones([2, 1])] as [tf.Tensor, tf.Tensor]];
  await assertRejects(() => unbuilt.fit(batches, { verbose: 0, callbacks: [backup] }), Error, "no weights yet");
  assertThrows(() => backupAndRestore(""), RangeError, "backupDir");
  assertThrows(() => backupAndRestore(folder, { saveFreq: 1.5 }), RangeError, "Received: 1.5");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a state of the generator that orders samples goes through JSON, and a broken one is refused", () => {
  const state = new random.RandomState(3);
  state.normal();
  const place = JSON.parse(JSON.stringify(state.getState()));
  const expected = [state.normal(), ...state.permutation(700), state.randomSample()];
  const other = new random.RandomState(4);
  other.setState(place);
  assertEquals([other.normal(), ...other.permutation(700), other.randomSample()], expected);
  assertThrows(() => other.setState({ key: [1], position: 0 }), RangeError, "Received: 1 words, 0");
  assertThrows(() => other.setState({ ...place, position: 625 }), RangeError, "625");
});

/** Is interrupted in Keras, which leaves its backup in the folder; and what Keras does with the backup in another. */
const KERAS = `
import os, json
import numpy as np, keras
class Interrupt(keras.callbacks.Callback):
    def on_train_batch_begin(self, batch, logs=None):
        if self.model.optimizer.iterations.numpy() == given["at"]: raise RuntimeError("no power")
def build():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="tanh"), keras.layers.Dense(1)])
    model.set_weights([np.array(w, "float32") for w in given["weights"]])
    model.compile(optimizer="adam", loss="mse")
    return model
x, y = np.array(given["x"], "float32"), np.array(given["y"], "float32")
options = dict(batch_size=8, epochs=6, shuffle=False, verbose=0)
def interrupted(folder, freq):
    backup = keras.callbacks.BackupAndRestore(folder, save_freq=freq)
    try: build().fit(x, y, callbacks=[backup, Interrupt()], **options)
    except RuntimeError: pass
    metadata = json.load(open(os.path.join(folder, "training_metadata.json")))
    return {"files": sorted(os.listdir(folder)), "epoch": metadata["epoch"], "batch": metadata["batch"]}
def goes_on(folder):
    model = build()
    history = model.fit(x, y, callbacks=[keras.callbacks.BackupAndRestore(folder)], **options)
    return {"epoch": history.epoch, "loss": history.history["loss"], "exists": os.path.exists(folder)}
answer = {"whole": build().fit(x, y, **options).history["loss"],
  "interrupted": [interrupted(*case) for case in given["theirs"]], "goesOn": [goes_on(folder) for folder in given["ours"]]}
`;

peerTest("Keras goes on from our backup and we from Keras', at the same epoch with the same losses", async (ask) => {
  const folder = await Deno.makeTempDir();
  const build = () => {
    const model = sequential({
      layers: [layers.dense({ units: 3, activation: "tanh", inputShape: [4] }), layers.dense({ units: 1 })],
    });
    model.compile({ loss: "mse", optimizer: "adam" });
    return model;
  };
  const weights = build().getWeights();
  const at = 29;
  const fit = (model: Model, made: callbacks.BackupAndRestore, ...others: ReturnType<typeof lambdaCallback>[]) =>
    model.fit(x, y, { batchSize: 8, epochs: 6, shuffle: false, verbose: 0, callbacks: [made, ...others] });
  const ours = await Promise.all((["epoch", 3] as const).map(async (saveFreq) => {
    const model = build();
    model.setWeights(weights);
    const place = `${folder}/ours_${saveFreq}`;
    const interrupt = lambdaCallback({
      onTrainBatchBegin: () => {
        if (model.optimizer.iterations === at) throw new Error("no power");
      },
    });
    await assertRejects(() => fit(model, backupAndRestore(place, { saveFreq }), interrupt), Error, "no power");
    const { epoch, batch } = JSON.parse(await Deno.readTextFile(`${place}/training_metadata.json`));
    return { place, left: { files: names(place), epoch, batch } };
  }));
  const theirs = ["epoch", 3].map((saveFreq) => [`${folder}/theirs_${saveFreq}`, saveFreq]);
  const answer = await ask(KERAS, {
    at,
    x: x.arraySync(),
    y: y.arraySync(),
    weights: weights.map((weight) => weight.arraySync()),
    theirs,
    ours: [ours[0].place],
  }) as {
    whole: number[];
    interrupted: { files: string[]; epoch: number; batch: number }[];
    goesOn: { epoch: number[]; loss: number[]; exists: boolean }[];
  };
  assertEquals(ours.map(({ left }) => left), answer.interrupted);
  assertEquals(answer.goesOn.map(({ epoch, exists }) => ({ epoch, exists })), [{ epoch: [3, 4, 5], exists: false }]);
  near(answer.goesOn[0].loss, answer.whole.slice(3), 1e-4);
  const history = await fit(build(), backupAndRestore(`${folder}/theirs_epoch`));
  assertEquals(history.epoch, [3, 4, 5]);
  near(history.history.loss, answer.whole.slice(3), 1e-4);
  assertEquals((await fit(build(), backupAndRestore(`${folder}/theirs_3`))).epoch, [3, 4, 5]);
  await Deno.remove(folder, { recursive: true });
});
