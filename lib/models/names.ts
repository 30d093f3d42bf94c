const used = new Map<string, number>();

/**
 * Keras' snake case of a class name: `Conv2D` → `conv2d`, `MaxPooling2D` → `max_pooling2d`, `LeakyReLU` → `leaky_re_lu`.
 */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** The next free name for a layer of a class: `dense`, `dense_1`, `dense_2` …, as Keras counts them. */
export function autoName(className: string): string {
  const prefix = snakeCase(className);
  const count = used.get(prefix) ?? 0;
  used.set(prefix, count + 1);
  return count === 0 ? prefix : `${prefix}_${count}`;
}

/**
 * Starts the automatic layer names again at `dense`, `sequential` …, as `keras.utils.clear_session()` does.
 *
 * @example
 * ```ts
 * import { clearSession, layers } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * clearSession();
 * assertEquals(layers.dense({ units: 1 }).name, "dense");
 * assertEquals(layers.dense({ units: 1 }).name, "dense_1");
 * ```
 */
export function clearSession(): void {
  used.clear();
}
