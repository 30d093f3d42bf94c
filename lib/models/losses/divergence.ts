import { tf } from "baeum/tensors";
import { Loss, type LossOptions } from "./loss.ts";
import { sameRank } from "./same_rank.ts";

/** What probabilities are kept away from 0 by; Keras' `epsilon()`. */
const EPSILON = 1e-7;

/** `Σ yTrue · log(yTrue / yPred)` of two distributions, in nats. Kullback & Leibler 1951. Keras: `KLDivergence`. */
export function klDivergence(options: LossOptions = {}): Loss {
  return new Loss({
    name: "kl_divergence",
    className: "KLDivergence",
    perSample(yTrue, yPred) {
      const [target, output] = sameRank(yTrue, yPred).map((x) => tf.clipByValue(x, EPSILON, 1));
      return tf.sum(tf.mul(target, tf.log(tf.div(target, output))), -1);
    },
    ...options,
  });
}

/** `mean(yPred − yTrue · log yPred)` for counts and their expected number. Keras: `Poisson`. */
export function poisson(options: LossOptions = {}): Loss {
  return new Loss({
    name: "poisson",
    className: "Poisson",
    perSample(yTrue, yPred) {
      const [target, output] = sameRank(yTrue, yPred);
      return tf.mean(tf.sub(output, tf.mul(target, tf.log(tf.add(output, EPSILON)))), -1);
    },
    ...options,
  });
}
