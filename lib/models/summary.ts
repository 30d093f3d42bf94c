import type { Layer } from "./layer.ts";
import type { Model } from "./model.ts";
import { formatShape, type Shape } from "./shape.ts";

/** Arguments of `summary`. */
export interface SummaryOptions {
  /** Where the lines go (default `console.log`). */
  print?: (text: string) => void;
}

const WIDTHS = [33, 24, 15] as const;

/** Keras' table of a model's layers, output shapes and parameters. */
export function summaryText(model: Model): string {
  const rows = layerRows(model);
  const line = (left: string, fill: string, middle: string, right: string) =>
    left + WIDTHS.map((width) => fill.repeat(width)).join(middle) + right;
  const cells = (values: string[], wall: string) =>
    wall + values.map((value, i) => ` ${fit(value, WIDTHS[i] - 2, i === 2)} `).join(wall) + wall;
  const table = [
    line("┏", "━", "┳", "┓"),
    cells(["Layer (type)", "Output Shape", "Param #"], "┃"),
    line("┡", "━", "╇", "┩"),
    ...rows.flatMap((row, i) => [...(i ? [line("├", "─", "┼", "┤")] : []), cells(row, "│")]),
    line("└", "─", "┴", "┘"),
  ];
  const [trainable, frozen] = [model.trainableWeights, model.nonTrainableWeights].map((weights) =>
    weights.reduce((sum, weight) => sum + weight.size, 0)
  );
  const optimizer = model.isCompiled ? model.compiled.optimizer.state.reduce((sum, slot) => sum + slot.size, 0) : 0;
  const counts = [
    ` Total params: ${count(trainable + frozen + optimizer)}`,
    ` Trainable params: ${count(trainable)}`,
    ` Non-trainable params: ${count(frozen)}`,
    ...(optimizer ? [` Optimizer params: ${count(optimizer)}`] : []),
  ];
  return [`Model: "${model.name}"`, ...table, ...counts].join("\n");
}

/** Prints {@linkcode summaryText}. */
export function summarize(model: Model, { print = console.log }: SummaryOptions): void {
  print(summaryText(model));
}

function layerRows(model: Model): string[][] {
  let shape: Shape | Shape[] | undefined = model.inputShape;
  return model.layers.map((layer) => {
    if (shape) shape = layer.computeOutputShape(shape);
    const output = layer.nodes[0]?.outputs.map((tensor) => formatShape(tensor.shape)).join(", ") ??
      (shape ? formatShape(shape as Shape) : "?");
    return [`${layer.name} (${layer.className})`, output, parameters(layer)];
  });
}

function parameters(layer: Layer): string {
  return layer.built ? layer.countParams().toLocaleString("en-US") : "0 (unbuilt)";
}

/** `814,090 (3.11 MB)`: numbers and their size in float32. */
function count(numbers: number): string {
  return `${numbers.toLocaleString("en-US")} (${readableSize(4 * numbers)})`;
}

function readableSize(bytes: number): string {
  for (const [unit, size] of [["GB", 2 ** 30], ["MB", 2 ** 20], ["KB", 2 ** 10]] as const) {
    if (bytes >= size) return `${(bytes / size).toFixed(2)} ${unit}`;
  }
  return `${bytes.toFixed(2)} B`;
}

/** Cut or filled to a width; numbers are set to the right. */
function fit(text: string, width: number, right: boolean): string {
  const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
  return right ? cut.padStart(width) : cut.padEnd(width);
}
