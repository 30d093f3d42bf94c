import type { Figure } from "baeum/plots";
import { Functional } from "./functional.ts";
import type { Layer } from "./layer.ts";
import type { Model } from "./model.ts";
import { Sequential } from "./sequential.ts";
import type { Shape } from "./shape.ts";
import { formatShapes } from "./summary.ts";

/** Arguments of {@linkcode plotModel}. */
export interface PlotModelOptions {
  /** Whether each layer shows the shapes of its input and output (default false). */
  showShapes?: boolean;
  /** Whether each layer shows its name besides its class (default false). */
  showLayerNames?: boolean;
  /** Whether each layer that has an activation shows it (default false). */
  showLayerActivations?: boolean;
  /** Whether each layer with weights shows if it is trained (default false). */
  showTrainable?: boolean;
  /** Whether models within the model are drawn with their layers (default false). */
  expandNested?: boolean;
  /** From top to bottom (`"TB"`, default) or from left to right (`"LR"`). */
  rankdir?: "TB" | "LR";
}

/** An edge from layer to layer, from which of its outputs to which of its inputs. */
interface Edge {
  from: Layer;
  output: number;
  to: Layer;
  input: number;
}

/**
 * Draws a model's layers and how they are connected, as Keras' `plot_model` does: a table for each layer, arrows along the
 * data.
 *
 * @throws {Error} for a model that is not built yet.
 *
 * @example
 * ```ts
 * import { layers, plotModel, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({
 *   name: "xor",
 *   layers: [layers.dense({ units: 5, inputShape: [2], name: "hidden" }), layers.dense({ units: 2, name: "out" })],
 * });
 * const figure = await plotModel(model, { showShapes: true });
 * assertEquals(figure.alt, "Model xor, 2 layers: hidden (Dense) → out (Dense).");
 * ```
 *
 * @see https://keras.io/api/utils/model_plotting_utils/
 */
export async function plotModel(model: Model, options: PlotModelOptions = {}): Promise<Figure> {
  if (!model.built) {
    throw new Error(`"${model.name}" is not built yet: give it an input shape, or let it predict once, then draw it`);
  }
  const [{ instance }, { Figure }] = await Promise.all([import("@viz-js/viz"), import("baeum/plots")]);
  const alt = describe(model);
  const drawn = (await instance()).renderString(dotOf(model, options), { format: "svg" });
  const svg = drawn.slice(drawn.indexOf("<svg")).replace("<svg ", `<svg role="img" aria-label="${escaped(alt)}" `);
  return new Figure({ svg, alt });
}

/** The model in Graphviz' language. */
function dotOf(model: Model, options: PlotModelOptions): string {
  const ids = new Map<Layer, string>();
  const idOf = (layer: Layer) => {
    if (!ids.has(layer)) ids.set(layer, `layer${ids.size}`);
    return ids.get(layer)!;
  };
  const { expandNested = false, rankdir = "TB" } = options;
  const isOpen = (layer: Layer): layer is Model => expandNested && hasGraph(layer);
  const statements = (part: Model): string[] => [
    ...layersDrawn(part).map((layer) =>
      isOpen(layer)
        ? `subgraph cluster_${idOf(layer)} { style=dashed; color="#808080"; fontcolor="#808080"; labeljust=l; ` +
          `label="${escaped(layer.name)}"; ${statements(layer).join("\n")} }`
        : `${idOf(layer)} [label=${labelOf(layer, part, options)}]`
    ),
    ...edgesOf(part).flatMap(({ from, output, to, input }) => {
      const [last, first] = [isOpen(from) ? lastOf(from, output) : from, isOpen(to) ? firstOf(to, input) : to];
      return last === first ? [] : [`${idOf(last)} -> ${idOf(first)}`];
    }),
  ];
  return `digraph {
    graph [rankdir=${rankdir}, bgcolor=transparent, fontname=Helvetica, concentrate=true, splines=ortho]
    node [shape=plain, fontname=Helvetica]
    edge [color="#808080", penwidth=2]
    ${statements(model).join("\n")}
  }`;
}

function hasGraph(layer: Layer): layer is Functional | Sequential {
  return layer instanceof Functional || layer instanceof Sequential;
}

/** A model of a class of one's own is a single table: nobody knows how its layers are connected. */
function layersDrawn(model: Model): Layer[] {
  if (model instanceof Functional) return [...model.operations];
  return model instanceof Sequential ? model.layers : [model];
}

function edgesOf(model: Model): Edge[] {
  if (model instanceof Sequential) {
    return model.layers.slice(1).map((to, i) => ({ from: model.layers[i], output: 0, to, input: 0 }));
  }
  if (!(model instanceof Functional)) return [];
  const edges = model.order.flatMap((node) =>
    node.inputs.map((tensor, input): Edge => ({
      from: tensor.node.layer,
      output: tensor.outputIndex,
      to: node.layer,
      input,
    }))
  );
  const open = (layer: Layer) => layer instanceof Functional;
  return edges.filter(({ from, to }, i) =>
    open(from) || open(to) || edges.findIndex((edge) => edge.from === from && edge.to === to) === i
  );
}

/** The layer within a model that its input goes to. */
function firstOf(model: Model, input: number): Layer {
  const first = model instanceof Functional ? model.inputs[input].node.layer : layersDrawn(model)[0];
  return hasGraph(first) ? firstOf(first, 0) : first;
}

/** The layer within a model that its output comes from. */
function lastOf(model: Model, output: number): Layer {
  const last = model instanceof Functional ? model.outputs[output].node.layer : layersDrawn(model).at(-1)!;
  return hasGraph(last) ? lastOf(last, 0) : last;
}

/** Keras' table: the class in white on black, what was asked for below. */
function labelOf(layer: Layer, model: Model, options: PlotModelOptions): string {
  const { showShapes, showLayerNames, showLayerActivations, showTrainable } = options;
  const cells: string[] = [];
  if (showShapes) {
    const { input, output } = shapesOf(layer, model);
    if (layer.className !== "InputLayer") cells.push(cell(`Input shape: <b>${escaped(input)}</b>`));
    cells.push(cell(`Output shape: <b>${escaped(output)}</b>`));
  }
  if (showTrainable && layer.weights.length > 0) {
    const [colour, text] = layer.trainable ? ["forestgreen", "Trainable"] : ["firebrick", "Non-trainable"];
    cells.push(`<td bgcolor="${colour}"><font point-size="14" color="white"><b>${text}</b></font></td>`);
  }
  const span = Math.max(1, cells.length);
  const [name, className] = [escaped(layer.name), escaped(layer.className)];
  const title = showLayerNames ? `<b>${name}</b> (${className})` : `<b>${className}</b>`;
  const activation = showLayerActivations ? activationOf(layer) : undefined;
  return [
    '<<table border="0" cellborder="1" bgcolor="black" cellpadding="10">',
    `<tr><td colspan="${span}" bgcolor="black"><font point-size="16" color="white">${title}</font></td></tr>`,
    activation ? `<tr>${cell(`Activation: <b>${escaped(activation)}</b>`, span)}</tr>` : "",
    cells.length > 0 ? `<tr>${cells.join("")}</tr>` : "",
    "</table>>",
  ].join("");
}

function cell(text: string, span = 1): string {
  return `<td bgcolor="white" colspan="${span}"><font point-size="14" color="black">${text}</font></td>`;
}

function activationOf(layer: Layer): string | undefined {
  const { activation } = layer as { activation?: unknown };
  if (typeof activation === "string") return activation;
  return (activation as { name?: string } | undefined)?.name;
}

/** A layer's shapes in a graph; in a stack, those that it was built for. */
function shapesOf(layer: Layer, model: Model): { input: string; output: string } {
  const node = model instanceof Functional ? model.order.find((node) => node.layer === layer) : undefined;
  if (node) {
    const [input, output] = [node.inputs, node.outputs].map((tensors) =>
      formatShapes(tensors.map(({ shape }) => shape))
    );
    return { input, output };
  }
  const { buildShape } = layer;
  if (!layer.built || !buildShape) return { input: "?", output: "?" };
  const format = (shape: Shape | Shape[]) => formatShapes((Array.isArray(shape[0]) ? shape : [shape]) as Shape[]);
  return { input: format(buildShape), output: format(layer.computeOutputShape(buildShape)) };
}

function describe(model: Model): string {
  const name = (layer: Layer) => `${layer.name} (${layer.className})`;
  const drawn = layersDrawn(model);
  const title = `Model ${model.name}, ${drawn.length} ${drawn.length === 1 ? "layer" : "layers"}`;
  if (!(model instanceof Functional)) return `${title}: ${drawn.map(name).join(" → ")}.`;
  return `${title}: ${edgesOf(model).map(({ from, to }) => `${name(from)} → ${name(to)}`).join(", ")}.`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
