import type { Layer } from "../layer.ts";
import { snakeCase } from "../names.ts";
import type { Weight } from "../weight.ts";

interface Container extends Layer {
  readonly layers: Layer[];
}

function isContainer(layer: Layer): layer is Container {
  return "layers" in layer && Array.isArray(layer.layers);
}

/**
 * Where Keras 3 keeps each weight in `model.weights.h5`: `layers/dense_1/vars/0`, by the class and its number in the list of
 * layers, not by the layer's name. A shared layer is kept once.
 */
export function weightPaths(model: Layer): Map<string, Weight> {
  const paths = new Map<string, Weight>();
  visit(model, "", paths, new Set());
  return paths;
}

function visit(layer: Layer, path: string, paths: Map<string, Weight>, seen: Set<Layer>): void {
  if (seen.has(layer)) return;
  seen.add(layer);
  const inside = new Set(layer.sublayers.flatMap((sublayer) => sublayer.weights));
  const own = layer.weights.filter((weight) => !inside.has(weight));
  // Keras' order: what an optimizer may change first.
  const sorted = [...own.filter((weight) => weight.trainable), ...own.filter((weight) => !weight.trainable)];
  sorted.forEach((weight, i) => paths.set(join(path, `vars/${i}`), weight));
  // A class of one's own keeps its layers under the names of its properties.
  if (isContainer(layer) && (layer.className === "Sequential" || layer.className === "Functional")) {
    visitList(layer.layers, join(path, "layers"), paths, seen);
    return;
  }
  const children = new Set(layer.sublayers);
  for (const [property, value] of Object.entries(layer)) {
    const within = join(path, snakeCase(property));
    if (children.has(value as Layer)) visit(value as Layer, within, paths, seen);
    else if (Array.isArray(value) && value.length > 0 && value.every((item) => children.has(item as Layer))) {
      visitList(value as Layer[], within, paths, seen);
    }
  }
}

function visitList(layers: Layer[], path: string, paths: Map<string, Weight>, seen: Set<Layer>): void {
  const used = new Map<string, number>();
  for (const layer of layers) {
    const name = snakeCase(layer.className);
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    visit(layer, join(path, count === 0 ? name : `${name}_${count}`), paths, seen);
  }
}

function join(path: string, name: string): string {
  return path ? `${path}/${name}` : name;
}
