import { Step } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { CallContext } from "../layer.ts";
import type { Metric } from "../metrics/mod.ts";
import type { Model } from "../model.ts";
import type { Weight } from "../weight.ts";

/** A step and what its sums stand for. */
export interface MeasuredStep {
  step: Step;
  metrics: Metric[];
}

/** A model's three steps, recorded for as long as nothing they depend on changes. */
export class ModelSteps {
  readonly #model: Model;
  #train?: MeasuredStep;
  #test?: MeasuredStep;
  #predict?: Step;
  #key = "";

  constructor(model: Model) {
    this.#model = model;
  }

  /** Drops what was recorded: the model, its loss or its optimizer has changed. */
  forget(): void {
    this.#train?.step.dispose();
    this.#test?.step.dispose();
    this.#predict?.dispose();
    this.#train = this.#test = this.#predict = undefined;
  }

  /** Whether training is recorded, or why not. */
  explain(): string {
    return this.#train?.step.explain() ?? "not trained yet";
  }

  /** Keras' class of the metric that has this name in the logs, once there was a step. */
  metricClass(name: string): string | undefined {
    return (this.#train ?? this.#test)?.metrics.find((metric) => metric.name === name)?.className;
  }

  /** One step of training on `[x, y]` or `[x, y, sampleWeight]`; its sums are the loss, then the metrics'. */
  train(target: tf.Tensor, outputShape: number[]): MeasuredStep {
    this.#forgetIfChanged();
    if (this.#train) return this.#train;
    const model = this.#model;
    const { optimizer, loss, metricsFor } = model.compiled;
    const metrics = metricsFor(target.shape, outputShape);
    const trainable = model.trainableWeights;
    optimizer.prepare(trainable);
    const variables = trainable.map((weight) => weight.variable);
    const step = new Step({
      before: () => optimizer.beginStep(),
      body: ([x, y, sampleWeight]) => {
        let sums: tf.Tensor[] = [];
        const { value, grads } = tf.engine().gradients(
          () => {
            const context: CallContext = { training: true, losses: [] };
            const output = model.run(x, context) as tf.Tensor;
            const data = weightedMean(loss.perSample(y, output), sampleWeight);
            sums = metrics.map((metric) => tf.keep(metric.sums(y, output, sampleWeight)));
            return [...context.losses, ...penalties(trainable)].reduce<tf.Tensor>((a, b) => tf.add(a, b), data);
          },
          variables,
          undefined,
          true,
        );
        optimizer.apply(trainable, gradientsOrZeros(grads, variables));
        return { sums: [tf.mul(value, x.shape[0]).reshape([1]), ...sums], outputs: [] };
      },
    });
    return this.#train = { step, metrics };
  }

  /** Loss and metrics of a batch, without training. */
  test(target: tf.Tensor, outputShape: number[]): MeasuredStep {
    this.#forgetIfChanged();
    if (this.#test) return this.#test;
    const model = this.#model;
    const { loss, metricsFor } = model.compiled;
    const metrics = metricsFor(target.shape, outputShape);
    const step = new Step({
      body: ([x, y, sampleWeight]) => {
        const context: CallContext = { training: false, losses: [] };
        const output = model.run(x, context) as tf.Tensor;
        const data = weightedMean(loss.perSample(y, output), sampleWeight);
        const value = [...context.losses, ...penalties(model.trainableWeights)].reduce<tf.Tensor>(
          (a, b) => tf.add(a, b),
          data,
        );
        const sums = metrics.map((metric) => metric.sums(y, output, sampleWeight));
        return { sums: [tf.mul(value, x.shape[0]).reshape([1]), ...sums], outputs: [] };
      },
    });
    return this.#test = { step, metrics };
  }

  /** The model's output for a batch. */
  predict(): Step {
    this.#forgetIfChanged();
    const model = this.#model;
    return this.#predict ??= new Step({
      body: ([x]) => ({ sums: [], outputs: [model.run(x, { training: false, losses: [] }) as tf.Tensor] }),
    });
  }

  /** Freezing a layer, or adding one, makes other steps of them. */
  #forgetIfChanged(): void {
    const model = this.#model;
    const key = `${model.weights.length} ${model.trainableWeights.map((weight) => weight.variable.id).join()}`;
    if (key !== this.#key) this.forget();
    this.#key = key;
  }
}

/** The mean over samples and positions, each sample weighted: Keras' `sum_over_batch_size`. */
function weightedMean(values: tf.Tensor, sampleWeight?: tf.Tensor): tf.Tensor {
  if (!sampleWeight) return tf.mean(values);
  const aligned = sampleWeight.reshape([sampleWeight.shape[0], ...values.shape.slice(1).map(() => 1)]);
  return tf.mean(tf.mul(values, aligned));
}

function penalties(weights: Weight[]): tf.Tensor[] {
  return weights.flatMap(({ regularizer, variable }) => regularizer ? [regularizer.call(variable)] : []);
}

/** A weight that the loss does not depend on has no gradient; it stays as it is. */
function gradientsOrZeros(gradients: (tf.Tensor | null)[], variables: tf.Variable[]): tf.Tensor[] {
  return gradients.map((gradient, i) => gradient ?? tf.zerosLike(variables[i]));
}
