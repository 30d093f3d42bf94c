import { gradients, Step } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { CallContext, Layer } from "../layer.ts";
import type { Model } from "../model.ts";
import { withRowGradients } from "../optimizers/repeated_rows.ts";
import type { Weight } from "../weight.ts";
import type { BatchParts, Sources } from "./batch_parts.ts";
import type { OutputPlan } from "./compile.ts";
import { maskedWeight } from "./masked_weight.ts";
import { MeasuredStep } from "./measured_step.ts";
import { asArgument } from "./output_shape.ts";

/** What a batch was measured by. */
interface Measured {
  /** What training minimises. */
  total: tf.Tensor;
  /** `[total times samples, …each output's loss]`, and each metric's sums. */
  sums: tf.Tensor[];
}

/** A model's three steps, recorded for as long as nothing they depend on changes. */
export class ModelSteps {
  readonly #model: Model;
  readonly #train = new Map<string, MeasuredStep>();
  readonly #test = new Map<string, MeasuredStep>();
  #predict?: Step;
  #last?: MeasuredStep;
  #key = "";

  constructor(model: Model) {
    this.#model = model;
  }

  /** Drops what was recorded: the model, its loss or its optimizer has changed. */
  forget(): void {
    for (const steps of [this.#train, this.#test]) {
      for (const { step } of steps.values()) step.dispose();
      steps.clear();
    }
    this.#predict?.dispose();
    this.#predict = this.#last = undefined;
  }

  /** Whether training is recorded, or why not. */
  explain(): string {
    return this.#last?.step.explain() ?? "not trained yet";
  }

  /** Keras' class of the metric that has this name in the logs, once there was a step. */
  metricClass(name: string): string | undefined {
    return [...this.#train.values(), ...this.#test.values()].map((step) => step.classOf(name)).find(Boolean);
  }

  /** One step of training on such a batch. */
  train(sources: Sources): MeasuredStep {
    return this.#last = this.#stepOf(this.#train, sources, (parts, plan) => {
      const model = this.#model;
      const { optimizer } = model.compiled;
      const trainable = model.trainableWeights;
      optimizer.prepare(trainable);
      const variables = trainable.map((weight) => weight.variable);
      return new Step({
        before: () => optimizer.beginStep(),
        body: (batch) => {
          const kept: tf.Tensor[] = [];
          try {
            const compute = () =>
              gradients(() => {
                const { total, sums } = measure(model, plan, parts, batch, true);
                kept.push(...sums.map((sum) => tf.keep(sum)));
                return total;
              }, variables);
            withRowGradients(
              compute,
              (grads, rows) => {
                // What the loss does not depend on stays as it is, without weight decay, momentum or constraint.
                const moved = trainable.filter((_, i) => grads[i]);
                if (moved.length > 0) {
                  optimizer.apply(
                    moved,
                    grads.filter((gradient): gradient is tf.Tensor => Boolean(gradient)),
                    rows,
                  );
                }
              },
            );
          } catch (error) {
            tf.dispose(kept);
            throw error;
          }
          return { sums: kept, outputs: [] };
        },
      });
    });
  }

  /** Loss and metrics of such a batch, without training. */
  test(sources: Sources): MeasuredStep {
    return this.#stepOf(this.#test, sources, (parts, plan) =>
      new Step({
        body: (batch) => ({ sums: measure(this.#model, plan, parts, batch, false).sums, outputs: [] }),
      }));
  }

  /** The model's outputs for a batch. */
  predict(): Step {
    this.#forgetIfChanged();
    const model = this.#model;
    return this.#predict ??= new Step({
      body: (batch) => ({
        sums: [],
        outputs: [model.run(asArgument(batch), { training: false, losses: [] })].flat(),
      }),
    });
  }

  #stepOf(
    steps: Map<string, MeasuredStep>,
    { parts, shapes }: Sources,
    make: (parts: BatchParts, plan: OutputPlan[]) => Step,
  ): MeasuredStep {
    this.#forgetIfChanged();
    const { key } = parts;
    let step = steps.get(key);
    if (!step) {
      const plan = this.#model.compiled.planFor(this.#model.outputNames, shapes);
      step = new MeasuredStep(make(parts, plan), plan);
      steps.set(key, step);
    }
    return step;
  }

  /** Freezing a layer, or adding one, makes other steps of them. */
  #forgetIfChanged(): void {
    const model = this.#model;
    const [all, trainable] = [model.weights, model.trainableWeights].map((weights) =>
      weights.map(({ variable }) => variable.id).join()
    );
    const key = `${flagsOf(model)} ${all} ${trainable}`;
    if (key !== this.#key) this.forget();
    this.#key = key;
  }
}

/** Which layers may be trained; also a layer without weights may compute otherwise while it is frozen. */
function flagsOf(layer: Layer): string {
  return `${Number(layer.trainable)}${layer.sublayers.map(flagsOf).join("")}`;
}

/** Computes a batch's loss and all that is measured. */
function measure(
  model: Model,
  plan: OutputPlan[],
  parts: BatchParts,
  batch: tf.Tensor[],
  training: boolean,
): Measured {
  const { inputs, targets, weights } = parts.split(batch);
  const context: CallContext = { training, losses: [] };
  const outputs = [model.run(asArgument(inputs), context)].flat();
  const losses = plan.flatMap(({ loss }, i) => loss ? [loss.call(targets[i], outputs[i], weights[i])] : []);
  const factors = plan.flatMap(({ loss, lossWeight }) => (loss ? [lossWeight] : []));
  const scaled = losses.map((loss, i) => (factors[i] === 1 ? loss : tf.mul(loss, factors[i])));
  const total = sumOf([...scaled, ...context.losses, ...penalties(model.trainableWeights)]);
  const samples = inputs[0].shape[0];
  const scaledTotal = tf.mul(total, samples);
  const sums = [losses.length > 1 ? tf.stack([scaledTotal, ...losses]) : scaledTotal.reshape([1])];
  plan.forEach(({ metrics }, i) => {
    const mask = maskedWeight(undefined, outputs[i]);
    for (const { metric } of metrics) sums.push(metric.sums(targets[i], outputs[i], mask));
  });
  plan.forEach(({ weightedMetrics }, i) => {
    const weight = maskedWeight(weights[i], outputs[i]);
    for (const { metric } of weightedMetrics) sums.push(metric.sums(targets[i], outputs[i], weight));
  });
  return { total, sums };
}

/** The sum of scalars; 0 for none. */
function sumOf(values: tf.Tensor[]): tf.Tensor {
  return values.length === 0 ? tf.scalar(0) : values.reduce((a, b) => tf.add(a, b));
}

function penalties(weights: Weight[]): tf.Tensor[] {
  return weights.flatMap(({ regularizer, variable }) => regularizer ? [regularizer.call(variable)] : []);
}
