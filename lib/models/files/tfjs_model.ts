import { FormatError } from "baeum/formats";
import { tf } from "baeum/tensors";
import type { Layer, Tensors } from "../layer.ts";
import { Model } from "../model.ts";
import type { Shape } from "../shape.ts";
import { withWeightBudget } from "../weight_budget.ts";
import { writeAtomically } from "./atomic_write.ts";
import { parseConfig } from "./config_text.ts";
import { type FromConfigOptions, layerFromObject } from "./from_config.ts";
import { modernObject } from "./legacy_config.ts";
import { legacyOrder } from "./legacy_weights.ts";
import { type KerasObject, objectOf } from "./model_config.ts";
import { tfjsObject } from "./tfjs_config.ts";

const WEIGHTS = "weights.bin";
/** Beyond this predictions are other ones, not the same in another order of sums. */
const TOLERANCE = 1e-4;

/**
 * Writes a model in tfjs-layers' own format: `model.json` and `weights.bin` in a folder, for `tf.loadLayersModel`.
 *
 * @throws {TypeError} for a layer that tfjs-layers does not have or computes otherwise, with its name.
 */
export async function saveTfjs(model: Model, folder: string): Promise<void> {
  if (model.className !== "Sequential" && model.className !== "Functional") {
    throw new TypeError(`"${model.name}" is a class of its own, whose call no file can hold`);
  }
  if (!model.built) throw new Error(`"${model.name}" has no weights yet: give its first layer an inputShape`);
  for (const layer of leaves(model)) await checkLayer(layer);
  const modelTopology = topologyOf(objectOf(model));
  const theirs = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: withoutConstraints(modelTopology) }));
  try {
    giveWeights(model, theirs);
    compare(model.name, [model.inputShapes ?? []].flat() as Shape[], (x) => model.predict<Tensors>(x), theirs, 2);
    await theirs.save(tf.io.withSaveHandler(async (artifacts) => {
      const data = tf.io.CompositeArrayBuffer.join(artifacts.weightData);
      const json = {
        format: "layers-model",
        generatedBy: "baeum",
        convertedBy: null,
        modelTopology,
        weightsManifest: [{ paths: [WEIGHTS], weights: artifacts.weightSpecs }],
      };
      await Deno.mkdir(folder, { recursive: true });
      await writeAtomically(`${folder}/${WEIGHTS}`, new Uint8Array(data));
      await writeAtomically(`${folder}/model.json`, new TextEncoder().encode(JSON.stringify(json)));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
    }));
  } finally {
    theirs.dispose();
  }
}

/**
 * Loads a model that tfjs-layers saved, a `model.json` with its weights beside it.
 *
 * @param path Of the `model.json`.
 * @throws {FormatError} if it is something else, or broken; {RangeError} for a class that is not known.
 *
 * @example
 * ```ts
 * import { fromTfjs, layers, sequential } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
 * const folder = await Deno.makeTempDir();
 * await model.toTfjs(folder);
 * const again = await fromTfjs(`${folder}/model.json`);
 * assertEquals(again.predict(tf.ones([1, 3])).arraySync(), model.predict(tf.ones([1, 3])).arraySync());
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function fromTfjs(path: string, options: FromConfigOptions = {}): Promise<Model> {
  const json = parseConfig("model.json", "model.json", await Deno.readTextFile(path));
  const topology = json.modelTopology as Record<string, unknown> | undefined;
  if (!topology || json.format === "graph-model") {
    throw new FormatError("model.json", 0, "it has no layers: only what tfjs-layers saves is read");
  }
  const weightData = await weightsBeside(path, json.weightsManifest);
  const weightSpecs = (json.weightsManifest as Manifest).flatMap(({ weights }) => weights);
  const config = modernObject(topology.model_config ?? topology);
  const model = withWeightBudget(weightData.byteLength, () => layerFromObject(config, options));
  if (!(model instanceof Model)) throw new TypeError(`The file holds a ${model.className}, not a model`);
  const theirs = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology: withoutConstraints(topology), weightSpecs, weightData }),
  );
  try {
    takeWeights(model, theirs);
  } finally {
    theirs.dispose();
  }
  return model;
}

type Manifest = { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];

async function weightsBeside(path: string, manifest: unknown): Promise<ArrayBuffer> {
  if (!Array.isArray(manifest)) throw new FormatError("model.json", 0, "there is no weightsManifest in it");
  const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0)) || ".";
  const files = (manifest as Manifest).flatMap(({ paths }) => paths);
  const parts = await Promise.all(files.map((name) => {
    if (typeof name !== "string" || !/^[\w-][\w.-]*$/.test(name)) {
      throw new FormatError("model.json", 0, `weights lie beside it. Received the path: ${JSON.stringify(name)}`);
    }
    return Deno.readFile(`${folder}/${name}`);
  }));
  return await new Blob(parts).arrayBuffer();
}

/** The layers that compute, those within models in place of the models. */
function leaves(model: Model): Layer[] {
  return model.layers.flatMap((layer) => layer instanceof Model ? leaves(layer) : [layer]);
}

function topologyOf(object: KerasObject): Record<string, unknown> {
  return { keras_version: "2.15.0", backend: "tensor_flow.js", model_config: tfjsObject(object) };
}

/** For carrying weights over as they are: tfjs-layers applies constraints whenever it is given some. */
function withoutConstraints<T>(topology: T): T {
  return JSON.parse(JSON.stringify(topology, (key, value) => key.endsWith("_constraint") ? undefined : value));
}

/**
 * Holds a single layer against its namesake in tfjs-layers.
 *
 * @throws {TypeError} when there is none, or it computes something else.
 */
async function checkLayer(layer: Layer): Promise<void> {
  const { name, className, buildShape } = layer;
  if (className === "InputLayer" || !buildShape) return;
  const refuse = (why: string, cause?: unknown) =>
    new TypeError(`"${name}" (${className}) cannot be saved for tfjs-layers: ${why}`, { cause });
  const shapes = (Array.isArray(buildShape[0]) ? buildShape : [buildShape]) as Shape[];
  const inputs = shapes.map((shape, i) => ({
    class_name: "InputLayer",
    config: { batch_shape: shape, dtype: "float32", sparse: false, name: `input_${i}` },
    name: `input_${i}`,
    inbound_nodes: [],
  }));
  const tensors = inputs.map(({ name }) => ({
    class_name: "__keras_tensor__",
    config: { keras_history: [name, 0, 0] },
  }));
  const object = {
    class_name: "Functional",
    config: {
      name: "alone",
      layers: [...inputs, { ...objectOf(layer), name, inbound_nodes: [{ args: tensors, kwargs: {} }] }],
      input_layers: inputs.map(({ name }) => [name, 0, 0]),
      output_layers: [[name, 0, 0]],
    },
  };
  const isRecurrent = ["SimpleRNN", "LSTM", "GRU", "Bidirectional"].includes(className);
  if (isRecurrent && shapes.length > 1) throw refuse("it is given its first state by another layer");
  let alone: tf.LayersModel;
  try {
    alone = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: withoutConstraints(topologyOf(object)) }));
  } catch (error) {
    throw refuse((error as Error).message.split(" This may")[0], error);
  }
  try {
    alone.getLayer(name).setWeights(legacyOrder(layer).map((weight) => weight.variable));
    const input = className === "Embedding" ? 2 : undefined;
    compare(name, shapes, (x) => tf.tidy(() => layer.run(x, { training: false, losses: [] })), alone, input);
  } catch (error) {
    throw refuse((error as Error).message, error);
  } finally {
    alone.dispose();
  }
}

/** Predicts with both for two samples; `below` makes the inputs whole numbers below it. */
function compare(
  name: string,
  shapes: Shape[],
  ours: (x: Tensors) => Tensors,
  theirs: tf.LayersModel,
  below?: number,
): void {
  tf.tidy(() => {
    const x = shapes.map((shape) => {
      const sample = shape.slice(1).map((length) => length ?? 4);
      const values = Float32Array.from({ length: 2 * sample.reduce((a, b) => a * b, 1) }, (_, i) => {
        const value = Math.sin(1 + i * 1.7);
        return below ? Math.floor(Math.abs(value) * 1000) % below : 2 * value;
      });
      return tf.tensor(values, [2, ...sample]);
    });
    const given = x.length === 1 ? x[0] : x;
    const [a, b] = [[ours(given)].flat(), [theirs.predict(given)].flat()];
    a.forEach((output, i) => {
      const isSame = output.shape.join() === b[i]?.shape.join() &&
        tf.max(tf.abs(tf.sub(output, b[i]))).dataSync()[0] <= TOLERANCE;
      if (!isSame) throw new TypeError(`tfjs-layers computes something else for "${name}"`);
    });
  });
}

function giveWeights(model: Model, theirs: tf.LayersModel): void {
  for (const layer of model.layers) {
    theirs.getLayer(layer.name).setWeights(legacyOrder(layer).map((weight) => weight.variable));
  }
}

function takeWeights(model: Model, theirs: tf.LayersModel): void {
  for (const layer of model.layers) {
    const weights = legacyOrder(layer);
    const values = theirs.getLayer(layer.name).getWeights();
    if (values.length !== weights.length) {
      throw new RangeError(`"${layer.name}" has ${weights.length} weights here. The file has: ${values.length}`);
    }
    weights.forEach((weight, i) => weight.assign(values[i]));
  }
}
