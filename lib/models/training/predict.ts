import { ByteRows, type Source } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { Model } from "../model.ts";
import { columnsOf, type ModelData, sampleCount } from "./model_data.ts";
import { asArgument, outputShapesFor } from "./output_shape.ts";
import { checkBatchSize } from "./steps_asked_for.ts";

/** Arguments of `predict`. */
export interface PredictOptions {
  /** Samples at a time (default 32). */
  batchSize?: number;
}

/** `Model.predict`: one tensor for each output. */
export function predictModel(model: Model, x: ModelData, { batchSize = 32 }: PredictOptions): tf.Tensor[] {
  checkBatchSize(batchSize);
  const inputs = columnsOf(x, { names: model.inputNames, shapes: model.inputShapes, what: "inputs" });
  try {
    const count = sampleCount(inputs.tensors);
    const shapes = outputShapesFor(model, inputs.tensors);
    if (tf.getBackend() === "webgpu") return predictOnDevice(model, inputs.tensors, count, batchSize);
    const sizes = shapes.map(([, ...sample]) => sample.reduce((a, b) => a * b, 1));
    const results = sizes.map((size) => new Float32Array(count * size));
    const step = model.steps.predict();
    for (let from = 0; from < count; from += batchSize) {
      const to = Math.min(from + batchSize, count);
      step.run(inputs.tensors, { from, to });
      step.outputs.forEach((output, i) => results[i].set(output, from * sizes[i]));
    }
    return results.map((result, i) => tf.tensor(result, shapes[i]));
  } finally {
    inputs.dispose();
  }
}

/** On the GPU, where reading values means waiting: the batches' outputs stay there and are put together there. */
function predictOnDevice(model: Model, inputs: Source[], count: number, batchSize: number): tf.Tensor[] {
  return tf.tidy(() => {
    const parts: tf.Tensor[][] = [];
    for (let from = 0; from < count; from += batchSize) {
      const rows = { from, to: Math.min(from + batchSize, count) };
      const batch = inputs.map((input) =>
        input instanceof ByteRows ? input.tensor(rows) : tf.slice(input, from, rows.to - from)
      );
      parts.push([model.run(asArgument(batch), { training: false, losses: [] })].flat());
    }
    return parts[0].map((first, i) => parts.length === 1 ? first : tf.concat(parts.map((part) => part[i])));
  });
}
