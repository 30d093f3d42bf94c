import type { Source } from "baeum/engine";
import type { tf } from "baeum/tensors";
import type { Model } from "../model.ts";
import type { OutputShapes } from "./compile.ts";
import { outputShapesFor } from "./output_shape.ts";

/** Which of a batch's tensors are inputs, targets and sample weights. */
export class BatchParts {
  readonly inputs: number;
  readonly targets: number;
  /** Whether each output has sample weights. */
  readonly weighted: readonly boolean[];
  /** Batches of the same key can go through the same step. */
  readonly key: string;

  constructor(inputs: number, weighted: boolean[], shapes: OutputShapes[]) {
    this.inputs = inputs;
    this.targets = shapes.length;
    this.weighted = weighted;
    // The accuracy that is meant depends on ranks and on the number of classes.
    const kinds = shapes.map(({ target, output }) =>
      `${target.length},${target.at(-1)}:${output.length},${output.at(-1)}`
    );
    this.key = `${inputs};${kinds};${weighted}`;
  }

  /** A batch's tensors by what they are. */
  split(batch: tf.Tensor[]): { inputs: tf.Tensor[]; targets: tf.Tensor[]; weights: (tf.Tensor | undefined)[] } {
    let next = this.inputs + this.targets;
    return {
      inputs: batch.slice(0, this.inputs),
      targets: batch.slice(this.inputs, this.inputs + this.targets),
      weights: this.weighted.map((weighted) => (weighted ? batch[next++] : undefined)),
    };
  }
}

/** Data for a step: the tensors, and what they are. */
export interface Sources {
  /** Inputs, targets, and the weights that there are. */
  tensors: Source[];
  parts: BatchParts;
  shapes: OutputShapes[];
}

/**
 * Puts inputs, targets and sample weights together for a model, which is built if it is not yet.
 *
 * @throws {RangeError} when the model was built for other inputs.
 */
export function sourcesOf(
  model: Model,
  inputs: Source[],
  targets: Source[],
  weights: (Source | undefined)[],
): Sources {
  const outputs = outputShapesFor(model, inputs);
  const shapes = outputs.map((output, i) => ({ output, target: targets[i].shape }));
  const weighted = outputs.map((_, i) => weights[i] !== undefined);
  const given = weights.filter((weight) => weight !== undefined);
  return { tensors: [...inputs, ...targets, ...given], parts: new BatchParts(inputs.length, weighted, shapes), shapes };
}
