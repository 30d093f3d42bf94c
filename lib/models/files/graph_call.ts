import type { Layer } from "../layer.ts";
import { type Argument, Operation, TensorPlace } from "../layers/operation.ts";
import { checkDepth, isObject } from "./config_object.ts";

/** Which output of which call of which layer a tensor is. */
export type History = [name: string, node: number, tensor: number];

/** How a layer was called. */
export interface GraphCall {
  /** The tensors that it was given, in order. */
  histories: History[];
  /** Whether they came as a list. */
  asList: boolean;
  /** The masks that it was given, for each tensor; undefined where they travel with the tensors. */
  maskHistories?: (History | null)[];
}

/** Names under which layers take their tensors. */
const INPUTS = ["inputs", "sequences", "sequence", "x"];
/** Keras itself goes by what the whole model does. */
const IGNORED = new Set(["training"]);

function historyIn(value: unknown): History | undefined {
  if (!isObject(value) || value.class_name !== "__keras_tensor__" || !isObject(value.config)) return undefined;
  return value.config.keras_history as History;
}

/** All tensors in a value; anything else that says something is refused. */
function historiesIn(value: unknown, what: string, found: History[] = [], depth = 0): History[] {
  checkDepth(depth);
  const history = historyIn(value);
  if (history) found.push(history);
  else if (Array.isArray(value)) value.forEach((part) => historiesIn(part, what, found, depth + 1));
  else if (isObject(value)) valuesOf(plain(value)).forEach((part) => historiesIn(part, what, found, depth + 1));
  else if (value !== null && value !== undefined) {
    throw new RangeError(`${what} is called with ${JSON.stringify(value)?.slice(0, 80)}, which is not known here`);
  }
  return found;
}

/** A tuple's parts; a dictionary as it is. */
function plain(value: Record<string, unknown>): Record<string, unknown> {
  if (value.class_name === "__tuple__") return { parts: isObject(value.config) ? value.config.value : value.items };
  return value;
}

/**
 * How a file says that a layer is called.
 *
 * @throws {RangeError} for arguments that would be lost.
 */
export function callOf(node: unknown, layer: Layer): GraphCall {
  const what = `"${layer.name}" (${layer.className})`;
  if (layer instanceof Operation) return { histories: operationCallOf(node, layer.name).histories, asList: true };
  if (!isObject(node) || !("args" in node)) {
    const histories = historiesIn(node, what);
    return { histories, asList: histories.length > 1 };
  }
  const { args } = node;
  const kwargs = isObject(node.kwargs) ? node.kwargs : {};
  const given = [args, ...INPUTS.map((name) => kwargs[name])];
  const histories = historiesIn([...given, kwargs.initial_state], what);
  const lost = Object.entries(kwargs).find(([key, value]) =>
    value !== null && ![...INPUTS, "initial_state", "mask"].includes(key) && !IGNORED.has(key)
  );
  if (lost) throw new RangeError(`${what} is called with ${lost[0]}, which is not known here`);
  const isList = Array.isArray(args) && Array.isArray(args[0]) || INPUTS.some((name) => Array.isArray(kwargs[name]));
  return { histories, asList: isList || histories.length > 1, maskHistories: masksIn(kwargs.mask, what) };
}

/** A dictionary's values in Keras' order, by their names. */
function valuesOf(given: Record<string, unknown>): unknown[] {
  return Object.keys(given).sort().map((name) => given[name]);
}

function masksIn(mask: unknown, what: string): (History | null)[] | undefined {
  const given = Array.isArray(mask) ? mask : isObject(mask) && !historyIn(mask) ? valuesOf(mask) : [mask ?? null];
  const masks = given.map((each) => {
    const history = historyIn(each);
    if (!history && each !== null) throw new RangeError(`The mask that ${what} is called with is no tensor`);
    return history ?? null;
  });
  return masks.some((history) => history !== null) ? masks : undefined;
}

/**
 * What an operation is called with: tensors and plain values, in order.
 *
 * @throws {RangeError} for other arguments.
 */
export function operationCallOf(node: unknown, name: string): { histories: History[]; args: Argument[] } {
  const histories: History[] = [];
  const refuse = (value: unknown): never => {
    throw new RangeError(
      `The operation "${name}" is called with ${JSON.stringify(value)?.slice(0, 80)}, which is not known here`,
    );
  };
  const visit = (value: unknown): Argument => {
    const history = historyIn(value);
    if (history) return new TensorPlace(histories.push(history) - 1);
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value === "number" || typeof value === "boolean") return value;
    return refuse(value);
  };
  const { args, kwargs } = isObject(node) ? node : {};
  const given = Array.isArray(args) ? args.map(visit) : refuse(args);
  for (const value of Object.values(isObject(kwargs) ? kwargs : {})) if (value !== null) refuse(value);
  return { histories, args: given };
}
