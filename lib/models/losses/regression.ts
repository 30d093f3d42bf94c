import { meanSquaredError as squaredErrors } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { Loss } from "./loss.ts";
import { sameRank } from "./same_rank.ts";

/** A loss that is a mean over the last axis of something of the difference. */
function regression(
  name: string,
  className: string,
  perSample: (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor,
): Loss {
  return {
    name,
    className,
    perSample: (yTrue, yPred) => perSample(...sameRank(yTrue, yPred)),
    getConfig: () => ({ name, reduction: "sum_over_batch_size" }),
  };
}

/** Mean squared error: `mean((yTrue − yPred)²)` over the outputs. */
export function meanSquaredError(): Loss {
  return regression(
    "mean_squared_error",
    "MeanSquaredError",
    squaredErrors,
  );
}

/** Mean absolute error: `mean(|yTrue − yPred|)` over the outputs. */
export function meanAbsoluteError(): Loss {
  return regression(
    "mean_absolute_error",
    "MeanAbsoluteError",
    (yTrue, yPred) => tf.mean(tf.abs(tf.sub(yTrue, yPred)), -1),
  );
}
