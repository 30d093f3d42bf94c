/** Something that names its class and can say its arguments: an initializer, a regularizer, a constraint. */
interface Configurable {
  readonly className: string;
  getConfig(): Record<string, unknown>;
}

/** Keras 3's config of an object, `{ module, class_name, config, registered_name }`; null for none. */
export function serialized(module: string, object: Configurable | undefined): Record<string, unknown> | null {
  return object
    ? { module: `keras.${module}`, class_name: object.className, config: object.getConfig(), registered_name: null }
    : null;
}
