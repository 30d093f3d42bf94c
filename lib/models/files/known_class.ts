import { Layer } from "../layer.ts";
import * as layers from "../layers/mod.ts";
import type { KerasObject } from "./model_config.ts";
import { type LayerClass, registeredClass } from "./registration.ts";

/** Numbers are float32 here: what was computed with other ones has other results. */
export function checkPrecision({ class_name, config }: KerasObject): void {
  if (class_name === "InputLayer") return;
  const { name, dtype } = config;
  const policy = typeof dtype === "object" && dtype !== null ? (dtype as KerasObject).config?.name : dtype;
  if (policy === undefined || policy === null || policy === "float32") return;
  throw new RangeError(
    `"${name}" (${class_name}) computes with ${JSON.stringify(policy)}; all layers here compute with float32. ` +
      `Save the model with layers of dtype="float32", with the same weights`,
  );
}

/** Whether a class is Keras' own, not one of the same name. */
export function isKerasOwn({ module, registered_name }: KerasObject): boolean {
  if (registered_name?.includes(">")) return false;
  return module === undefined || module === null || /^keras(\.|$)/.test(module);
}

/**
 * The class of a layer, Keras' or one that was made known.
 *
 * @throws {RangeError} for another.
 */
export function classOf(given: KerasObject, customObjects: Record<string, LayerClass> = {}): LayerClass {
  const { class_name, registered_name } = given;
  if (Object.hasOwn(customObjects, class_name)) return customObjects[class_name];
  const registered = registered_name ? registeredClass(registered_name) : undefined;
  if (registered) return registered;
  const isKnown = isKerasOwn(given) && Object.hasOwn(layers, class_name);
  const known = isKnown ? (layers as Record<string, unknown>)[class_name] : undefined;
  if (typeof known === "function" && known.prototype instanceof Layer) return known as LayerClass;
  throw new RangeError(
    `The file has a layer of the class "${class_name}", which is not known. Give it as ` +
      `loadModel(path, { customObjects: { ${class_name} } }), or register it: registerKerasSerializable(${class_name})`,
  );
}
