import type { Layer } from "../layer.ts";

/** A class of layers; it is given its config as an object, with Keras' names and in camelCase. */
// deno-lint-ignore no-explicit-any -- a constructor's parameters are contravariant: every class of layers must fit
export type LayerClass = new (options: any) => Layer;

const byName = new Map<string, LayerClass>();

/**
 * Makes a class of layers of one's own known to {@linkcode loadModel}, as `keras.saving.register_keras_serializable` does.
 *
 * The class' `getConfig` must tell all that its constructor needs.
 *
 * @param layer The class.
 * @param options `package`, the first half of its registered name (default `"Custom"`), and `name` (default: the class').
 */
export function registerKerasSerializable(
  layer: LayerClass,
  { package: home = "Custom", name = layer.name }: { package?: string; name?: string } = {},
): void {
  byName.set(`${home}>${name}`, layer);
}

/** The name under which a layer's class is registered, if it is. */
export function registeredNameOf(layer: Layer): string | undefined {
  return [...byName].find(([, known]) => known === layer.constructor)?.[0];
}

/** The class of a registered name. */
export function registeredClass(name: string): LayerClass | undefined {
  return byName.get(name);
}
