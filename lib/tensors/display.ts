import type * as tf from "@tensorflow/tfjs";
import { edgesOf } from "./edges.ts";
import { formatNumbers } from "./format_numbers.ts";

/** Characters in a line of values. */
const LINE = 75;
/** More values than this, and only the first and last three along each axis are shown. */
const THRESHOLD = 1000;

/**
 * A tensor as text: its shape and dtype, then its values as NumPy prints an array.
 *
 * Eight digits behind the point at most, one format for all values; of more than 1,000 values the first and last three
 * along each axis.
 *
 * @example
 * ```ts
 * import { formatTensor, tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatTensor(tf.tensor2d([[1, 2.5], [3, 4]])), "Tensor [2, 2] float32\n[[1.  2.5]\n [3.  4. ]]");
 * ```
 */
export function formatTensor(tensor: tf.Tensor): string {
  const head = `Tensor [${tensor.shape.join(", ")}] ${tensor.dtype}`;
  if (tensor.isDisposed) return `${head} (disposed)`;
  if (tensor.size === 0) return `${head}\n[]`;
  const shortened = tensor.size > THRESHOLD;
  const edges = shortened ? edgesOf(tensor) : tensor;
  const texts = formatValues(edges);
  if (edges !== tensor) edges.dispose();
  if (tensor.rank === 0) return `${head}\n${texts[0].trim().replace(/\.$/, ".0")}`;
  return `${head}\n${nest(texts, edges.shape, shortened ? tensor.shape : edges.shape)}`;
}

function formatValues(tensor: tf.Tensor): string[] {
  if (tensor.dtype === "complex64") return pad(complexTexts(tensor));
  const values = tensor.dataSync() as ArrayLike<number> | ArrayLike<string>;
  if (tensor.dtype === "string") return pad(Array.from(values as ArrayLike<string>, (text) => JSON.stringify(text)));
  if (tensor.dtype === "bool") return pad(Array.from(values as ArrayLike<number>, (value) => value ? "true" : "false"));
  if (tensor.dtype === "int32") return pad(Array.from(values as ArrayLike<number>, String));
  return formatNumbers(values as ArrayLike<number>);
}

/** Real and imaginary parts lie side by side. */
function complexTexts(tensor: tf.Tensor): string[] {
  const parts = tensor.dataSync();
  return Array.from({ length: tensor.size }, (_, i) => {
    const imaginary = parts[2 * i + 1];
    return `${parts[2 * i]}${imaginary < 0 ? "-" : "+"}${Math.abs(imaginary)}j`;
  });
}

function pad(texts: string[]): string[] {
  const width = Math.max(...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

/** Brackets around every axis; `…` where the full shape is longer than what is shown. */
function nest(texts: string[], shown: number[], full: number[]): string {
  const visit = (axis: number, from: number): string => {
    const stride = shown.slice(axis + 1).reduce((product, size) => product * size, 1);
    const items = Array.from(
      { length: shown[axis] },
      (_, i) => axis === shown.length - 1 ? texts[from + i] : visit(axis + 1, from + i * stride),
    );
    if (shown[axis] < full[axis]) items.splice(shown[axis] / 2, 0, "...");
    const indent = " ".repeat(axis + 1);
    if (axis === shown.length - 1) return `[${wrap(items, indent, LINE - shown.length)}]`;
    return `[${items.join("\n".repeat(shown.length - 1 - axis) + indent)}]`;
  };
  return visit(0, 0);
}

function wrap(items: string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line && indent.length + line.length + 1 + item.length > width) {
      lines.push(line);
      line = item;
    } else line = line ? `${line} ${item}` : item;
  }
  return [...lines.map((full) => full.trimEnd()), line].join(`\n${indent}`);
}

/** Lets a tensor show itself as a notebook cell's last expression and in `console.log`. */
export function installDisplay(prototype: tf.Tensor): void {
  const define = (key: symbol, value: (this: tf.Tensor) => unknown) =>
    Object.defineProperty(prototype, key, { value, configurable: true, writable: true });
  define(Symbol.for("Jupyter.display"), function () {
    return { "text/plain": formatTensor(this) };
  });
  define(Symbol.for("Deno.customInspect"), function () {
    return formatTensor(this);
  });
}
