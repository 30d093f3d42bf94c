import type { Layer } from "./layer.ts";

/** What every layer has itself, which is no part of it. */
const OWN_PROPERTIES = new Set(["nodes"]);

/**
 * The layers that an object holds in its properties, also in arrays and plain objects, in the order in which they were put
 * there. Private fields (`#hidden`) are not seen.
 */
export function trackedLayers(owner: object, isLayer: (value: unknown) => value is Layer): Layer[] {
  const found = new Set<Layer>();
  const look = (value: unknown, depth: number) => {
    if (isLayer(value)) found.add(value);
    else if (depth < 3 && Array.isArray(value)) value.forEach((item) => look(item, depth + 1));
    else if (depth < 3 && isPlainObject(value)) Object.values(value).forEach((item) => look(item, depth + 1));
  };
  for (const [name, value] of Object.entries(owner)) if (!OWN_PROPERTIES.has(name)) look(value, 0);
  return [...found];
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
