import { type Loss, type LossFactory, type LossFunction, type LossName, lossOf } from "../losses/mod.ts";
import { type Metric, type MetricFunction, type MetricName, metricOf } from "../metrics/mod.ts";
import { type Optimizer, type OptimizerName, optimizerOf } from "../optimizers/mod.ts";
import { checkOptionNames } from "../registry.ts";

/** A loss, by name, as an object, or as a function `(yTrue, yPred) → [batch]`. */
export type LossGiven = Loss | LossName | LossFactory | LossFunction;

/** A metric, by name, as an object, or as a function `(yTrue, yPred) → [batch]`; a loss is one, too. */
export type MetricGiven = Metric | MetricName | MetricFunction | Loss;

/** What each output is to have: for one output the thing itself; for several a list, or a dictionary by their names. */
export type PerOutput<T> = T | (T | null)[] | { [output: string]: T | null };

/** Arguments of `compile`. */
export interface CompileOptions {
  /**
   * What is minimised: a name, an object of `losses`, or a function `(yTrue, yPred) → [batch]`. Of several outputs each has
   * its own from a list or a dictionary (`null`: none), or all the same. Left out, only what layers add is minimised.
   */
  loss?: PerOutput<LossGiven>;
  /** What each output's loss is multiplied by, in a list or a dictionary (default 1). */
  lossWeights?: PerOutput<number>;
  /** How: a name or an object of `optimizers` (default `"rmsprop"`, as in Keras). */
  optimizer?: Optimizer | OptimizerName;
  /** What else is measured, by name or object; for several outputs a list of lists, or a dictionary. */
  metrics?: (MetricGiven | MetricGiven[] | null)[] | { [output: string]: MetricGiven | MetricGiven[] | null };
  /** As `metrics`, but weighted by the samples' weights. */
  weightedMetrics?: CompileOptions["metrics"];
}

/** A metric and its name in the logs. */
export interface NamedMetric {
  readonly key: string;
  readonly metric: Metric;
}

/** What one output is trained by and measured with. */
export interface OutputPlan {
  readonly loss?: Loss;
  readonly lossWeight: number;
  /** The name of its loss in the logs; none where the model has only one. */
  readonly lossKey?: string;
  readonly metrics: NamedMetric[];
  readonly weightedMetrics: NamedMetric[];
}

/** The shapes of an output and its target, batch first. */
export interface OutputShapes {
  output: number[];
  target: number[];
}

/** All that {@linkcode CompileOptions} has. */
const OPTIONS = ["loss", "lossWeights", "optimizer", "metrics", "weightedMetrics"] satisfies (keyof CompileOptions)[];

/** What a model was compiled with. */
export class Compiled {
  readonly options: CompileOptions;
  readonly optimizer: Optimizer;

  /** Looks every name up, so that a mistake shows here and not in `fit`. */
  constructor(options: CompileOptions) {
    checkOptionNames("compile", options, OPTIONS);
    this.options = options;
    this.optimizer = optimizerOf(options.optimizer ?? "rmsprop");
    for (const loss of entries(options.loss)) {
      if (loss !== null && lossOf(loss).reduction === "none") {
        throw new RangeError('Training minimises one number: reduction "none" leaves one for each sample');
      }
    }
    for (const metric of [...entries(options.metrics), ...entries(options.weightedMetrics)].flat()) {
      // "accuracy" depends on shapes that are known later; its name is checked all the same.
      if (metric !== null) metricOf(metric, [1, 1], [1, 1]);
    }
  }

  /**
   * What each output is trained by and measured with.
   *
   * @throws {RangeError} when there are more or fewer losses, weights or metrics than outputs, or other names.
   */
  planFor(names: readonly string[] | undefined, shapes: OutputShapes[]): OutputPlan[] {
    const count = shapes.length;
    const losses = this.#losses(names, count);
    const several = losses.filter((loss) => loss !== null).length > 1;
    const weights = perOutput("lossWeights", this.options.lossWeights ?? null, names, count);
    const taken = new Map<string, number>();
    const metrics = metricsPerOutput("metrics", this.options.metrics, names, count).map((list, i) =>
      list.map((metric) => named(metric, shapes[i], count > 1 ? names?.[i] : undefined, taken, false))
    );
    const weighted = metricsPerOutput("weightedMetrics", this.options.weightedMetrics, names, count).map((list, i) =>
      list.map((metric) => named(metric, shapes[i], count > 1 ? names?.[i] : undefined, taken, true))
    );
    return shapes.map((_, i) => {
      const given = losses[i];
      const loss = given === null ? undefined : lossOf(given);
      const lossName = names?.[i] ?? (typeof given === "string" ? given : loss?.name);
      return {
        loss,
        lossWeight: weights[i] ?? 1,
        lossKey: several && loss ? `${lossName}_loss` : undefined,
        metrics: metrics[i],
        weightedMetrics: weighted[i],
      };
    });
  }

  #losses(names: readonly string[] | undefined, count: number): (LossGiven | null)[] {
    const { loss } = this.options;
    if (loss === undefined) return Array(count).fill(null);
    if (!Array.isArray(loss) && !isDictionary(loss)) return Array(count).fill(loss);
    return perOutput<LossGiven>("loss", loss, names, count);
  }
}

function isDictionary<T>(given: PerOutput<T>): given is { [output: string]: T | null } {
  return typeof given === "object" && given !== null && Object.getPrototypeOf(given) === Object.prototype &&
    !("perSample" in given || "sums" in given);
}

function entries<T>(given: PerOutput<T> | undefined): (T | null)[] {
  if (given === undefined) return [];
  if (Array.isArray(given)) return given;
  return isDictionary(given) ? Object.values(given) : [given];
}

/** One entry for each output, from a list or a dictionary. */
function perOutput<T>(
  what: string,
  given: PerOutput<T> | null,
  names: readonly string[] | undefined,
  count: number,
): (T | null)[] {
  if (given === null) return Array(count).fill(null);
  if (Array.isArray(given)) {
    if (given.length === count) return given;
    throw new RangeError(`${what} needs an entry for each of the model's ${count} outputs. Received: ${given.length}`);
  }
  if (!isDictionary(given)) {
    if (count === 1) return [given];
    throw new RangeError(`${what} needs an entry for each of the model's ${count} outputs, in a list or a dictionary`);
  }
  checkNames(what, Object.keys(given), names);
  return names!.map((name) => given[name] ?? null);
}

function checkNames(what: string, given: string[], names: readonly string[] | undefined): void {
  if (!names) throw new RangeError(`This model does not know its outputs by name; give ${what} as a list`);
  const unknown = given.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(`The model's outputs are ${names.join(", ")}. Received in ${what}: ${given.join(", ")}`);
  }
}

function metricsPerOutput(
  what: string,
  given: CompileOptions["metrics"],
  names: readonly string[] | undefined,
  count: number,
): MetricGiven[][] {
  if (given === undefined || Array.isArray(given) && given.length === 0) return Array.from({ length: count }, () => []);
  if (count === 1) return [entries(given).flat().filter((metric) => metric !== null)];
  return perOutput<MetricGiven | MetricGiven[]>(what, given, names, count).map((entry) =>
    entry === null ? [] : [entry].flat()
  );
}

/** The metric under the name that Keras would log it by; `taken` counts how often each name has been given. */
function named(
  given: MetricGiven,
  { target, output }: OutputShapes,
  outputName: string | undefined,
  taken: Map<string, number>,
  weighted: boolean,
): NamedMetric {
  const metric = metricOf(given, target, output);
  const full = (name: string) => outputName ? `${outputName}_${name}` : name;
  let key = full(metric.name);
  if (weighted && taken.has(key)) key = full(`weighted_${metric.name}`);
  const times = taken.get(key) ?? 0;
  taken.set(key, times + 1);
  return { key: times === 0 ? key : `${key}_${times}`, metric };
}
