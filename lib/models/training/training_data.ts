import { ByteRows, type Source } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { Model } from "../model.ts";
import { BatchParts, type Sources, sourcesOf } from "./batch_parts.ts";
import { columnsOf, type ModelData, sampleCount, tensorColumnsOf } from "./model_data.ts";
import { outputShapesFor } from "./output_shape.ts";
import { classWeightColumn, type ClassWeights, type SampleWeights, weightColumns } from "./sample_weights.ts";

/** What a model is trained or evaluated on. */
export interface DataGiven {
  x: ModelData;
  y: ModelData | undefined;
  sampleWeight?: SampleWeights;
  classWeight?: ClassWeights;
}

/** Data of a model as tensors. */
export interface TrainingData {
  readonly sources: Sources;
  /** The number of samples. */
  readonly count: number;
  dispose(): void;
}

/**
 * Brings data to tensors in the model's order and checks that they belong together.
 *
 * @throws {RangeError} when numbers of arrays or samples, or shapes, do not fit the model or each other.
 */
export async function trainingData(
  model: Model,
  { x, y, sampleWeight, classWeight }: DataGiven,
): Promise<TrainingData> {
  if (y === undefined) throw new TypeError("A model learns from inputs and targets. Received no targets");
  if (sampleWeight !== undefined && classWeight !== undefined) {
    throw new RangeError("classWeight and sampleWeight cannot be used at the same time: multiply them yourself");
  }
  const made: { dispose(): void }[] = [];
  try {
    const inputs = columnsOf(x, { names: model.inputNames, shapes: model.inputShapes, what: "inputs" });
    made.push(inputs);
    const outputs = outputShapesFor(model, inputs.tensors);
    const names = model.outputNames ?? outputs.map((_, i) => `output_${i + 1}`);
    const targets = columnsOf(y, { names, what: "targets" });
    made.push(targets);
    const weights = weightColumns(sampleWeight, names);
    made.push(weights);
    let tensors: (Source | undefined)[] = weights.tensors;
    if (classWeight !== undefined) {
      if (names.length > 1) throw new RangeError("classWeight is for models of a single output; use sampleWeight");
      const classes = tensorColumnsOf(y, { names, what: "targets" });
      made.push(classes);
      const weight = await classWeightColumn(classWeight, classes.tensors[0]);
      made.push(weight);
      tensors = [weight];
    }
    const sources = sourcesOf(model, inputs.tensors, targets.tensors, tensors);
    const count = sampleCount(sources.tensors);
    return { sources, count, dispose: () => made.forEach((columns) => columns.dispose()) };
  } catch (error) {
    made.forEach((columns) => columns.dispose());
    throw error;
  }
}

/** Some of the samples, from one to before another, as data of their own. */
export function sliceOf({ sources }: TrainingData, from: number, to: number): TrainingData {
  const tensors = sources.tensors.map((source) =>
    source instanceof ByteRows ? source.slice(from, to) : tf.slice(source, from, to - from)
  );
  const made = tensors.filter((source): source is tf.Tensor => !(source instanceof ByteRows));
  return { sources: { ...sources, tensors }, count: to - from, dispose: () => tf.dispose(made) };
}

/** The same samples, all of the same weight. */
export function unweighted({ sources, ...rest }: TrainingData): TrainingData {
  const { parts, shapes } = sources;
  const tensors = sources.tensors.slice(0, parts.inputs + parts.targets);
  return {
    ...rest,
    sources: { tensors, shapes, parts: new BatchParts(parts.inputs, shapes.map(() => false), shapes) },
  };
}
