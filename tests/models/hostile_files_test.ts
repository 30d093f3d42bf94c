import { assert, assertEquals, assertRejects } from "@std/assert";
import { FormatError, type Hdf5Array, readHdf5, readHdf5Content, readZip, writeHdf5, writeZip } from "baeum/formats";
import { layers, loadModel, metrics, type Model, sequential } from "baeum/models";
import { type Zippable, zipSync } from "fflate";
import { peerTest } from "../peers.ts";

function partsOf(archive: Uint8Array): Record<string, Uint8Array> {
  return Object.fromEntries([...readZip(archive)].map(([name, entry]) => [name, entry.read()]));
}

/** A model that has trained a step, and its file. */
async function trained(path: string): Promise<Model> {
  const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [2], name: "d" })] });
  model.compile({ optimizer: "adam", loss: "mse", metrics: [metrics.precision()] });
  await model.fit([[1, 2], [3, 4]], [[0, 1, 0], [1, 0, 0]], { verbose: 0 });
  await model.save(path);
  return model;
}

async function compiledModel(folder: string): Promise<Uint8Array> {
  await trained(`${folder}/compiled.keras`);
  return await Deno.readFile(`${folder}/compiled.keras`);
}

/** The archive with another length of a file in its directory. */
function withSize(archive: Uint8Array, name: string, size: number): Uint8Array {
  const bytes = archive.slice(), view = new DataView(bytes.buffer);
  const text = new TextEncoder().encode(name);
  for (let at = 0; at + 46 + text.length <= bytes.length; at++) {
    const isEntry = view.getUint32(at, true) === 0x02014b50 && text.every((byte, i) => bytes[at + 46 + i] === byte);
    if (isEntry) view.setUint32(at + 24, size, true);
  }
  return bytes;
}

/** Two layers, each of which wants the other's output. */
const circle = JSON.stringify({
  class_name: "Functional",
  config: {
    layers: ["a", "b"].map((name, i) => ({
      class_name: "Flatten",
      config: { name },
      inbound_nodes: [{
        args: [{ class_name: "__keras_tensor__", config: { keras_history: ["ba"[i], 0, 0] } }],
        kwargs: {},
      }],
    })),
    input_layers: ["a", 0, 0],
    output_layers: ["b", 0, 0],
  },
});

Deno.test("loadModel refuses files that are broken, hostile, or name what is not known", async (t) => {
  const folder = await Deno.makeTempDir();
  const good = `${folder}/good.keras`;
  await sequential({ layers: [layers.dense({ units: 3, inputShape: [2], name: "d" })] }).save(good);
  const bytes = await Deno.readFile(good);
  const parts = partsOf(bytes);
  const config = new TextDecoder().decode(parts["config.json"]);
  const withConfig = (text: string) => writeZip({ ...parts, "config.json": new TextEncoder().encode(text) });
  const withWeights = (weights: Uint8Array) => writeZip({ ...parts, "model.weights.h5": weights });
  const weights = parts["model.weights.h5"];
  const compiledParts = partsOf(await compiledModel(folder));
  const compiled = (from: string, to: string) => {
    const text = new TextDecoder().decode(compiledParts["config.json"]);
    assert(text.includes(from), `${from} is not in ${text}`);
    return writeZip({ ...compiledParts, "config.json": new TextEncoder().encode(text.replace(from, to)) });
  };
  const nested = '{"class_name":"Sequential","config":{"layers":['.repeat(200) + "]}}".repeat(200);
  const bad: [string, Uint8Array, string][] = [
    ["empty", new Uint8Array(), "zip"],
    ["truncated", bytes.slice(0, bytes.length / 2), "zip"],
    ["not a model", writeZip({ evil: Uint8Array.of(1) }), "no config.json"],
    ["no weights", writeZip({ "config.json": parts["config.json"] }), "no model.weights.h5"],
    ["no JSON", withConfig("{"), "no JSON"],
    ["null", withConfig("null"), "Received: null"],
    ["a number", withConfig("3"), "Received: 3"],
    ["unknown class", withConfig(config.replace('"Dense"', '"Dence"')), "registerKerasSerializable(Dence)"],
    ["a property of every object", withConfig(config.replace('"Dense"', '"constructor"')), "not known"],
    ["Lambda", withConfig(config.replace('"Dense"', '"Lambda"')), "Lambda"],
    ["too deep", withConfig(nested), "deeper"],
    ["other shapes", withConfig(config.replace('"units":3', '"units":4')), "shape"],
    ["weights that are not HDF5", withWeights(Uint8Array.of(1, 2, 3)), "HDF5"],
    ["truncated HDF5", withWeights(weights.slice(0, weights.length / 2)), "HDF5"],
    ["a name that leads out of the archive", writeZip({ ...parts, "../evil.h5": weights }), "leads out"],
    ["an absolute name", writeZip({ ...parts, "/etc/evil": weights }), "leads out"],
    ["a Windows name", writeZip({ ...parts, "C:\\evil": weights }), "leads out"],
    ["a config of 4 GiB", withSize(bytes, "config.json", 0xfffffff0), "would be 4294967280 bytes"],
    ["weights of 4 GiB", withSize(bytes, "model.weights.h5", 0xfffffff0), "would be 4294967280 bytes"],
    [
      "a zip bomb",
      zipSync({ ...parts, "model.weights.h5": [new Uint8Array(2 ** 27), { level: 9 }] } as Zippable),
      "would be 134217728 bytes",
    ],
    ["deep lists", withConfig("[".repeat(100_000)), "deeper"],
    ["units without end", withConfig(config.replace('"units":3', '"units":1e15')), "shape"],
    [
      "an input without end",
      withConfig(
        config.replace(
          /"layers":\[.*?\{"module":"keras.layers","class_name":"Dense"/,
          (text) =>
            text.replace(/\[null,2\]/g, "[null,1e12]").replace(
              /\{"module":"keras.layers","class_name":"Dense"$/,
              '{"module":"keras.layers","class_name":"Dropout","config":{"rate":0.5}},$&',
            ),
        ),
      ),
      "numbers for one sample",
    ],
    ["a shape of texts", withConfig(config.replace("[null,2]", '["many"]')), "shape"],
    ["layers that are none", withConfig('{"class_name":"Sequential","config":{"layers":5}}'), "list of layers"],
    ["a layer that is null", withConfig('{"class_name":"Sequential","config":{"layers":[null]}}'), "Received: null"],
    ["a model that is a layer", withConfig('{"class_name":"Flatten","config":{}}'), "not a model"],
    ["an argument that nobody knows", withConfig(config.replace('"units":3', '"units":3,"evil":1')), "does not know"],
    ["a prototype", withConfig(config.replace('"units":3', '"units":3,"__proto__":{"units":5}')), "__proto__"],
    [
      "a layer with weights as an activation",
      withConfig(config.replace(
        '"activation":"linear"',
        '"activation":{"module":"keras.layers","class_name":"PReLU","config":{}}',
      )),
      "of its own behind",
    ],
    ["an unknown optimizer", compiled('"class_name":"Adam"', '"class_name":"Adamant"'), "Adamant"],
    ["an unknown loss", compiled('"loss":"mse"', '"loss":"msf"'), "msf"],
    ["an unknown metric", compiled('"class_name":"Precision"', '"class_name":"Prezision"'), "Prezision"],
    ["an optimizer that averages weights", compiled('"beta_1":0.9', '"beta_1":0.9,"use_ema":true'), "use_ema"],
    ["a graph in a circle", withConfig(circle), "circle"],
  ];
  for (const [title, content, message] of bad) {
    await t.step(title, async () => {
      const path = `${folder}/bad.keras`;
      await Deno.writeFile(path, content);
      const before = Deno.memoryUsage().rss;
      await assertRejects(() => loadModel(path), Error, message);
      assert(Deno.memoryUsage().rss - before < 2 ** 28, "it took memory");
    });
  }
  assertEquals((await loadModel(good)).countParams(), 9);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("loadModel refuses .h5 files that are broken, hostile, or name what is not known", async (t) => {
  const folder = await Deno.makeTempDir();
  const good = `${folder}/good.h5`;
  await trained(good);
  const bytes = await Deno.readFile(good);
  const { arrays, attributes } = await readHdf5Content(bytes);
  const withText = (name: string, change: (text: string) => string) =>
    writeHdf5(
      arrays,
      new Map([...attributes, ["", { ...attributes.get("")!, [name]: change(String(attributes.get("")![name])) }]]),
    );
  const withArray = (path: string, array: Hdf5Array) => writeHdf5(new Map([...arrays, [path, array]]), attributes);
  const slot = [...arrays.keys()].find((path) => path.endsWith("slot_0"))!;
  const rate = [...arrays.keys()].find((path) => path.endsWith("learning_rate"))!;
  const bad: [string, Uint8Array, string][] = [
    ["truncated", bytes.slice(0, bytes.length / 2), "HDF5"],
    ["only the magic", bytes.slice(0, 8), "HDF5"],
    ["no JSON", await withText("model_config", () => "{"), "no JSON"],
    ["too deep", await withText("model_config", () => "[".repeat(100_000)), "deeper"],
    ["unknown class", await withText("model_config", (text) => text.replace('"Dense"', '"Dence"')), "Dence"],
    ["Lambda", await withText("model_config", (text) => text.replace('"Dense"', '"Lambda"')), "Lambda"],
    ["units without end", await withText("model_config", (text) => text.replace('"units":3', '"units":1e15')), "shape"],
    ["fewer units", await withText("model_config", (text) => text.replace('"units":3', '"units":2')), "shape"],
    ["no training_config", await withText("training_config", () => "["), "no JSON"],
    ["a slot of another shape", await withArray(slot, { shape: [2], data: Float32Array.of(1, 2) }), "shape"],
    ["a rate below 0", await withArray(rate, { shape: [], data: Float32Array.of(-1) }), "learning rate"],
    [
      "an array that is not there",
      await writeHdf5(new Map([...arrays].filter(([path]) => !path.endsWith("kernel"))), attributes),
      "not there",
    ],
  ];
  for (const [title, content, message] of bad) {
    await t.step(title, async () => {
      await Deno.writeFile(`${folder}/bad.h5`, content);
      await assertRejects(() => loadModel(`${folder}/bad.h5`), Error, message);
    });
  }
  assertEquals((await loadModel(good)).countParams(), 9);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("loadWeights that fails changes neither weights nor the optimizer", async (t) => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.weights.h5`;
  const other = await trained(`${folder}/other.keras`);
  await other.saveWeights(path);
  const model = await trained(`${folder}/model.keras`);
  model.optimizer.learningRate = 0.25;
  const stateOf = (model: Model) => ({
    weights: model.getWeights().map((weight) => weight.arraySync()),
    slots: model.optimizer.state.map((slot) => slot.arraySync()),
    iterations: model.optimizer.iterations,
    learningRate: Math.fround(model.optimizer.learningRate),
  });
  const before = stateOf(model);
  const arrays = await readHdf5(await Deno.readFile(path));
  const float = (...values: number[]) => ({ shape: [], data: Float32Array.from(values) });
  const bad: [string, (arrays: Map<string, Hdf5Array>) => unknown][] = [
    ["a weight is missing", (arrays) => arrays.delete("layers/dense/vars/1")],
    ["a weight is left over", (arrays) => arrays.set("layers/dense_1/vars/0", float(1))],
    ["a weight has another shape", (arrays) => arrays.set("layers/dense/vars/1", float(1))],
    ["the rate is NaN", (arrays) => arrays.set("optimizer/vars/1", float(NaN))],
    ["the rate is below 0", (arrays) => arrays.set("optimizer/vars/1", float(-1))],
    ["the number of steps is below 0", (arrays) => arrays.set("optimizer/vars/0", float(-1))],
    ["a slot is missing", (arrays) => arrays.delete("optimizer/vars/5")],
    ["a slot has another shape", (arrays) => arrays.set("optimizer/vars/2", float(1))],
  ];
  for (const [title, change] of bad) {
    await t.step(title, async () => {
      const changed = new Map(arrays);
      change(changed);
      await Deno.writeFile(path, await writeHdf5(changed));
      await assertRejects(() => model.loadWeights(path), RangeError);
      assertEquals(stateOf(model), before);
    });
  }
  await Deno.writeFile(path, await writeHdf5(arrays));
  await model.loadWeights(path);
  assertEquals(stateOf(model), stateOf(other));
  await Deno.remove(folder, { recursive: true });
});

peerTest("HDF5 files that declare more than they hold, or lead elsewhere, are refused", async (ask, t) => {
  const folder = await Deno.makeTempDir();
  await ask(
    `
import h5py, numpy as np
def make(name):
    return h5py.File(given + "/" + name + ".h5", "w")
with make("packed") as f: f.create_dataset("a", data=np.zeros(10**8, "float32"), compression="gzip")
with make("declared") as f: f.create_dataset("a", shape=(10**6, 10**6), dtype="float32", chunks=(1000, 1000))
with make("overflow") as f: f.create_dataset("a", shape=(2**31, 2**31), dtype="float64", chunks=(1, 1))
with make("soft") as f: f["a"] = h5py.SoftLink("/nowhere")
with make("external") as f: f["a"] = h5py.ExternalLink("/etc/passwd", "/")
with make("circle") as f: f["a"] = h5py.SoftLink("/")
with make("deep") as f: f.create_group("/".join("a" * 100))
with make("named") as f: f.create_dataset("a", data=np.zeros(3, "float32")); f.attrs["x"] = "a" * 50000; f.attrs["names"] = ["b" * 1000] * 4000
answer = True
`,
    folder,
  );
  for (const name of ["packed", "declared", "overflow", "soft", "external", "circle", "deep"]) {
    await t.step(name, async () => {
      const bytes = await Deno.readFile(`${folder}/${name}.h5`);
      const before = Deno.memoryUsage().rss;
      await assertRejects(() => readHdf5(bytes), Error, "HDF5");
      assert(Deno.memoryUsage().rss - before < 2 ** 27, "it took memory");
    });
  }
  const { attributes } = await readHdf5Content(await Deno.readFile(`${folder}/named.h5`));
  assertEquals([attributes.get("")!.names].flat().length, 4000);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("HDF5 files with bytes flipped or cut off are read or refused, and good ones are read afterwards", async () => {
  const good = await Deno.readFile(new URL("keras2/nested.h5", import.meta.url));
  const paths = [...(await readHdf5(good)).keys()];
  let state = 1;
  const random = (below: number) => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
  let refused = 0;
  for (let i = 0; i < 200; i++) {
    const bytes = good.slice(0, i % 3 === 0 ? random(good.length) : good.length);
    for (let k = 0; i % 3 > 0 && k < 4; k++) bytes[random(i % 3 === 1 ? 3000 : bytes.length)] = random(256);
    try {
      await readHdf5(bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      refused++;
    }
  }
  assert(refused > 60, `${refused} refused`);
  assertEquals([...(await readHdf5(good)).keys()], paths);
});
