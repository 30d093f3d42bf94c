import type { Layer } from "../layer.ts";
import { Lambda } from "../layers/lambda.ts";
import { Model } from "../model.ts";
import { compileConfig, compileOptions } from "./compile_config.ts";
import { writeConfig } from "./config_text.ts";
import { type ConfigSources, type FromConfigOptions, layerFromObject } from "./from_config.ts";
import { objectOf } from "./model_config.ts";
import type { LayerClass } from "./registration.ts";

/** `Sequential.toJson` and `Functional.toJson`. */
export function modelJson(model: Model): string {
  return writeConfig({
    ...objectOf(model),
    ...(model.isCompiled && { compile_config: compileConfig(model.compiled) }),
  });
}

/**
 * Makes the model that {@linkcode Model.toJson} or Keras' `to_json` has described: the same layers, compiled as it was, with
 * weights of its own. Keras: `model_from_json`.
 *
 * @throws {SyntaxError} for text that is no JSON.
 * @throws {RangeError} for a class that is not known; {TypeError} for what describes no model, and in safe mode for Lambda.
 *
 * @example
 * ```ts
 * import { layers, modelFromJson, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
 * const again = modelFromJson(model.toJson());
 * again.setWeights(model.getWeights());
 * assertEquals(again.countParams(), 8);
 * ```
 */
export function modelFromJson(json: string, options: FromConfigOptions = {}): Model {
  const object = JSON.parse(json);
  const model = modelFrom(object, options);
  // Of a model that was not compiled Keras writes an empty one.
  const compiled = object.compile_config ?? {};
  if (Object.keys(compiled).length > 0) model.compile(compileOptions(compiled));
  return model;
}

/**
 * A model of the same layers with new weights, drawn anew; not compiled. Keras: `clone_model`, without its functions.
 *
 * @throws {TypeError} for a model that is a class of its own: make another of the class.
 *
 * @example
 * ```ts
 * import { cloneModel, layers, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
 * const other = cloneModel(model);
 * assertEquals([other.layers[0].name, other.isCompiled], [model.layers[0].name, false]);
 * other.setWeights(model.getWeights());
 * ```
 */
export function cloneModel(model: Model): Model {
  needsGraph(model);
  const inside = layersIn(model);
  const lambdas = inside.filter((layer) => layer instanceof Lambda);
  return modelFrom(objectOf(model), {
    customObjects: Object.fromEntries(inside.map((layer) => [layer.className, layer.constructor as LayerClass])),
    functions: new Map(lambdas.map((layer) => [layer.name, layer.function])),
  });
}

function layersIn(layer: Layer): Layer[] {
  return [layer, ...layer.sublayers.flatMap(layersIn)];
}

function modelFrom(object: unknown, options: ConfigSources): Model {
  const model = layerFromObject(object, options);
  if (model instanceof Model) return model;
  throw new TypeError(`This describes a layer, not a model. Received: ${model.className}`);
}

function needsGraph(model: Model): void {
  if (model.className === "Sequential" || model.className === "Functional") return;
  throw new TypeError(`"${model.name}" is a class of its own, whose call no description can hold: use its class`);
}
