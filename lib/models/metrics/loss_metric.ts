import { type Loss, type LossName, lossOf } from "../losses/mod.ts";
import { meanMetric, type Metric } from "./metric.ts";

/**
 * A loss' values for the samples as a metric: their mean over all batches.
 *
 * @example
 * ```ts
 * import { losses, metrics } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(metrics.lossMetric(losses.binaryCrossentropy({ fromLogits: true })).name, "binary_crossentropy");
 * assertEquals(metrics.lossMetric("huber", { name: "robust" }).name, "robust");
 * ```
 */
export function lossMetric(given: Loss | LossName, { name }: { name?: string } = {}): Metric {
  const loss = lossOf(given);
  const { reduction: _, name: ownName, ...config } = loss.getConfig();
  // Keras' metric of this loss has all of its arguments but one.
  if (loss.className === "BinaryCrossentropy") delete config.axis;
  const metric = meanMetric(
    name ?? String(ownName),
    // The one class that Keras names otherwise as a metric.
    loss.className === "LogCosh" ? "LogCoshError" : loss.className,
    (yTrue, yPred) => loss.perSample(yTrue, yPred),
  );
  return { ...metric, getConfig: () => ({ ...metric.getConfig(), ...config }) };
}
