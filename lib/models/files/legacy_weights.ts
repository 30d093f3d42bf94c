import { FormatError, type Hdf5Array, type Hdf5Attributes, type Hdf5Content } from "baeum/formats";
import type { Layer } from "../layer.ts";
import type { Model } from "../model.ts";
import type { Weight } from "../weight.ts";
import { checkArray, floats } from "./hdf5_array.ts";

/** What goes into an HDF5 file, gathered. */
export interface Hdf5Parts {
  arrays: Map<string, Hdf5Array>;
  attributes: Map<string, Hdf5Attributes>;
}

/** As many names as fit in one attribute, which takes less than 64 KiB with 16 bytes for each. */
const MOST_NAMES = 4000;

/** Keeps a list of names as Keras does: in several attributes when it is long. */
function writeNames(attributes: Hdf5Attributes, name: string, names: string[]): void {
  if (names.length <= MOST_NAMES) attributes[name] = names;
  else {
    for (let i = 0; i * MOST_NAMES < names.length; i++) {
      attributes[`${name}${i}`] = names.slice(i * MOST_NAMES, (i + 1) * MOST_NAMES);
    }
  }
}

/** A list of names, as {@linkcode writeNames} keeps them. */
function namesIn({ attributes }: Hdf5Content, group: string, name: string): string[] {
  const texts = attributes.get(group) ?? {};
  if (texts[name] !== undefined) return [texts[name]].flat();
  const names: string[] = [];
  for (let i = 0; texts[`${name}${i}`] !== undefined; i++) names.push(...[texts[`${name}${i}`]].flat());
  return names;
}

/** Writes arrays into a group that lists their names. */
export function writeArrays(
  { arrays, attributes }: Hdf5Parts,
  group: string,
  named: readonly { name: string; array: Hdf5Array }[],
): void {
  const texts: Hdf5Attributes = {};
  writeNames(texts, "weight_names", named.map(({ name }) => name));
  attributes.set(group, texts);
  for (const { name, array } of named) arrays.set(`${group}/${name}`, array);
}

/**
 * The arrays that a group lists, in its order.
 *
 * @throws {FormatError} when one is missing.
 */
export function arraysIn(content: Hdf5Content, group: string): Hdf5Array[] {
  return namesIn(content, group, "weight_names").map((name) => {
    const array = content.arrays.get(`${group}/${name}`);
    if (!array) throw new FormatError("HDF5", 0, `"${group}" lists "${name}", which is not there`);
    return array;
  });
}

/** Writes a model's weights as `.h5` files have them: a group for each layer, by its name. */
export function writeLayers(parts: Hdf5Parts, group: string, model: Model, about: Hdf5Attributes): void {
  const texts: Hdf5Attributes = { ...about };
  writeNames(texts, "layer_names", model.layers.map(({ name }) => name));
  parts.attributes.set(group, texts);
  for (const layer of model.layers) {
    const names = weightNames(layer);
    writeArrays(
      parts,
      `${group}/${layer.name}`,
      legacyOrder(layer).map((weight) => ({
        name: names.get(weight)!,
        array: { shape: weight.shape, data: Float32Array.from(weight.variable.dataSync()) },
      })),
    );
  }
  writeArrays(parts, `${group}/top_level_model_weights`, []);
}

/**
 * Checks the layers' groups against a model, one after another whatever their names, and gives what puts them in place.
 *
 * @throws {RangeError} when layers, weights or shapes differ.
 */
export function layersReader(content: Hdf5Content, group: string, model: Model): () => void {
  const groups = namesIn(content, group, "layer_names")
    .map((name) => ({ name, arrays: arraysIn(content, `${group}/${name}`) }))
    .filter(({ arrays }) => arrays.length > 0);
  const layers = model.layers.filter((layer) => layer.weights.length > 0);
  if (groups.length !== layers.length) {
    throw new RangeError(
      `The model has ${layers.length} layers with weights. The file has: ${groups.map(({ name }) => name).join(", ")}`,
    );
  }
  const assignments = layers.flatMap((layer, i) => {
    const { name, arrays } = groups[i];
    const weights = legacyOrder(layer);
    if (arrays.length !== weights.length) {
      throw new RangeError(
        `"${layer.name}" has ${weights.length} weights in the model. The file has for "${name}": ${arrays.length}`,
      );
    }
    return weights.map((weight, k) => {
      checkArray(`${name}, ${weight.name}`, arrays[k], weight.shape);
      return [weight, arrays[k]] as const;
    });
  });
  return () => {
    for (const [weight, array] of assignments) weight.assign(floats(array));
  };
}

/** Keras keeps the weights that training changes before the others. */
export function legacyOrder(layer: Layer): Weight[] {
  return [...new Set([...layer.trainableWeights, ...layer.nonTrainableWeights])];
}

/** Names of a layer's weights, each another one: those of the layers around it, and its own. */
function weightNames(layer: Layer): Map<Weight, string> {
  const names = new Map<Weight, string>();
  const taken = new Set<string>();
  const visit = (layer: Layer, path: string) => {
    for (const sublayer of layer.sublayers) visit(sublayer, `${path}/${sublayer.name}`);
    for (const weight of layer.weights) {
      if (names.has(weight)) continue;
      let name = `${path}/${weight.name}`;
      for (let i = 1; taken.has(name); i++) name = `${path}/${weight.name}_${i}`;
      taken.add(name);
      names.set(weight, name);
    }
  };
  visit(layer, layer.name);
  return names;
}
