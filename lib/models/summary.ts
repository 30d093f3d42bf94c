import { Displayed, html, show } from "baeum/notebook";
import type { Functional } from "./functional.ts";
import type { Layer } from "./layer.ts";
import type { Model } from "./model.ts";
import { Nadam } from "./optimizers/mod.ts";
import { formatShape, type Shape } from "./shape.ts";
import { cellsOf, cutCells } from "./text_cells.ts";
import { neededBy } from "./symbolic_tensor.ts";
import type { Weight } from "./weight.ts";

/** Arguments of `summary`. */
export interface SummaryOptions {
  /** Where the text goes (default: below the cell as a table, in a terminal as text). */
  print?: (text: string) => void;
  /** Whether the layers of models within the model have lines, too (default false). */
  expandNested?: boolean;
}

/** A table's columns: what stands above them, and their widths with a space on each side. */
interface Columns {
  names: string[];
  widths: number[];
}

/** Keras' widths in a terminal of 80 columns. */
const PLAIN: Columns = { names: ["Layer (type)", "Output Shape", "Param #"], widths: [33, 24, 15] };
const GRAPH: Columns = { names: [...PLAIN.names, "Connected to"], widths: [21, 19, 12, 19] };

/** Keras' table of a model's layers, output shapes and parameters. */
export function summaryText(model: Model, { expandNested = false }: SummaryOptions = {}): string {
  const { columns, rows } = tableOf(model, expandNested);
  const { names, widths } = columns;
  const line = (left: string, fill: string, middle: string, right: string) =>
    left + widths.map((width) => fill.repeat(width)).join(middle) + right;
  const cells = (values: string[], wall: string) => {
    const wrapped = values.map((value, i) => wrap(value, widths[i] - 2));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    const lines = Array.from(
      { length: height },
      (_, k) => wall + wrapped.map((texts, i) => ` ${pad(texts[k] ?? "", widths[i] - 2, i === 2)} `).join(wall) + wall,
    );
    return lines.join("\n");
  };
  const table = [
    line("┏", "━", "┳", "┓"),
    cells(names, "┃"),
    line("┡", "━", "╇", "┩"),
    ...rows.flatMap((row, i) => [...(i ? [line("├", "─", "┼", "┤")] : []), cells(row, "│")]),
    line("└", "─", "┴", "┘"),
  ];
  return [`Model: "${model.name}"`, ...table, ...countsOf(model).map((count) => ` ${count}`)].join("\n");
}

/** Shows {@linkcode summaryText}, in a notebook as a table. */
export function summarize(model: Model, options: SummaryOptions): void {
  const text = summaryText(model, options);
  if (options.print) options.print(text);
  else show(new Displayed({ "text/html": summaryHtml(model, options), "text/plain": text }));
}

function summaryHtml(model: Model, { expandNested = false }: SummaryOptions): string {
  const { columns, rows } = tableOf(model, expandNested);
  const style = (i: number) => `text-align: ${i === 2 ? "right" : "left"}; padding: 0.3em 0.6em; white-space: pre-wrap`;
  const cell = (tag: string, text: string, i: number) => `<${tag} style="${style(i)}">${html`${text}`}</${tag}>`;
  const line = (tag: string, texts: string[]) => `<tr>${texts.map((text, i) => cell(tag, text, i)).join("")}</tr>`;
  return [
    '<table style="border-collapse: collapse; font-variant-numeric: tabular-nums">',
    `<caption style="text-align: left">${html`Model: "${model.name}"`}</caption>`,
    `<thead style="border-bottom: 1px solid currentColor">${line("th", columns.names)}</thead>`,
    `<tbody>${rows.map((row) => line("td", row)).join("\n")}</tbody></table>`,
    ...countsOf(model).map((count) => `<div>${html`${count}`}</div>`),
  ].join("\n");
}

function tableOf(model: Model, expandNested: boolean): { columns: Columns; rows: string[][] } {
  const graph = isGraph(model) && !isChain(model) ? model : undefined;
  const rows = rowsOf(model, expandNested, 0);
  if (!graph) return { columns: PLAIN, rows: rows.map(({ cells }) => cells) };
  return {
    columns: GRAPH,
    rows: rows.map(({ layer, cells }) => [...cells, connections(graph, layer)]),
  };
}

function isGraph(model: Model): model is Functional {
  return "order" in model;
}

/** Whether each layer takes one tensor, from the layer before. */
function isChain(model: Functional): boolean {
  return model.inputs.length === 1 && model.operations.length === model.order.length &&
    model.order.every((node, i) => {
      const needed = neededBy(node);
      return i === 0 ? needed.length === 0 : needed.length === 1 && needed[0].node === model.order[i - 1];
    });
}

function rowsOf(model: Model, expandNested: boolean, level: number): { layer: Layer; cells: string[] }[] {
  const prefix = level > 0 ? `${"   ".repeat(level)}└ ` : "";
  // Keras shows the operations between layers, but not those of models within the model.
  return (level === 0 && isGraph(model) ? model.operations : model.layers).flatMap((layer) => {
    const cells = [`${prefix}${layer.name} (${layer.className})`, outputShape(layer), parameters(layer)];
    const nested = expandNested && isModel(layer) ? rowsOf(layer, expandNested, level + 1) : [];
    return [{ layer, cells }, ...nested];
  });
}

function isModel(layer: Layer): layer is Model {
  return "layers" in layer;
}

/** The shape of a layer's output; a question mark where nobody knows it yet. */
function outputShape(layer: Layer): string {
  // Keras shows a shared layer with the shape of its last call.
  const node = layer.nodes.at(-1);
  if (node) return formatShapes(node.outputs.map((tensor) => tensor.shape));
  if (!layer.built || !layer.buildShape) return "?";
  const shape = layer.computeOutputShape(layer.buildShape);
  return formatShapes((Array.isArray(shape[0]) ? shape : [shape]) as Shape[]);
}

/** `(None, 2)`, or in brackets where there are several. */
export function formatShapes(shapes: Shape[]): string {
  return shapes.length === 1 ? formatShape(shapes[0]) : `[${shapes.map(formatShape).join(", ")}]`;
}

/** Where a layer's tensors come from: layer, number of the call, number of the output. */
function connections({ order }: Functional, layer: Layer): string {
  const sources = order.filter((node) => node.layer === layer).toSorted((a, b) => a.index - b.index)
    .flatMap((node) =>
      neededBy(node).map(({ node, outputIndex }) => `${node.layer.name}[${node.index}][${outputIndex}]`)
    );
  return sources.join(", ") || "-";
}

function parameters(layer: Layer): string {
  return layer.built ? layer.countParams().toLocaleString("en-US") : "0 (unbuilt)";
}

/** What is in an optimizer besides its arrays: the number of steps (8 bytes) and the learning rate. */
const OPTIMIZER_NUMBERS = { count: 2, bytes: 12 };

function countsOf(model: Model): string[] {
  const [trainable, frozen] = [model.trainableWeights, model.nonTrainableWeights].map((weights) =>
    weights.reduce((sum, weight) => sum + weight.size, 0)
  );
  const slots = optimizerSlots(model);
  const weights = trainable + frozen;
  const frozenBytes = 4 * frozen + 4 * model.nonTrainableWeights.filter(isInt64).length;
  const inOptimizer = slots === undefined ? { count: 0, bytes: 0 } : {
    count: slots + OPTIMIZER_NUMBERS.count,
    bytes: 4 * slots + OPTIMIZER_NUMBERS.bytes,
  };
  return [
    `Total params: ${count(weights + inOptimizer.count, 4 * trainable + frozenBytes + inOptimizer.bytes)}`,
    `Trainable params: ${count(trainable)}`,
    `Non-trainable params: ${count(frozen, frozenBytes)}`,
    ...(slots === undefined ? [] : [`Optimizer params: ${count(inOptimizer.count, inOptimizer.bytes)}`]),
  ];
}

/** Keras counts what a Normalization has seen in 8 bytes. */
function isInt64({ name, shape }: Weight): boolean {
  return name === "count" && shape.length === 0;
}

/** The numbers in the optimizer's arrays; undefined before it has taken a step. */
function optimizerSlots(model: Model): number | undefined {
  if (!model.isCompiled || model.optimizer.iterations === 0) return undefined;
  const { optimizer } = model;
  return optimizer.state.reduce((sum, slot) => sum + slot.size, optimizer instanceof Nadam ? 1 : 0);
}

/** `814,090 (3.11 MB)`: numbers and their size, by default in float32. */
function count(numbers: number, bytes = 4 * numbers): string {
  return `${numbers.toLocaleString("en-US")} (${readableSize(bytes)})`;
}

function readableSize(bytes: number): string {
  for (const [unit, size] of [["GB", 2 ** 30], ["MB", 2 ** 20], ["KB", 2 ** 10]] as const) {
    if (bytes >= size) return `${(bytes / size).toFixed(2)} ${unit}`;
  }
  return `${bytes.toFixed(2)} B`;
}

/** Broken into lines at spaces; a word that is too long for a line is cut. */
function wrap(text: string, width: number): string[] {
  const indent = /^ */.exec(text)![0];
  const lines: string[] = [];
  for (const word of text.trim().split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : indent + word;
    if (lines.length > 0 && cellsOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(cut(lines.length > 0 ? word : longer, width));
  }
  return lines;
}

function cut(text: string, width: number): string {
  return cellsOf(text) > width ? `${cutCells(text, width - 1)}…` : text;
}

/** Filled to a width; numbers are set to the right. */
function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - cellsOf(text)));
  return right ? space + text : text + space;
}
