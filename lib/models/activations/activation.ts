import { tf } from "baeum/tensors";
import { lookUp, underscored } from "../registry.ts";
import { rememberLogits } from "./logits.ts";
import { sparsemax } from "./sparsemax.ts";

/** A function of a tensor to one of the same shape (for `"glu"`: of half as many numbers along the last axis). */
export type Activation = (x: tf.Tensor) => tf.Tensor;

function softmax(x: tf.Tensor): tf.Tensor {
  if (x.rank < 2) {
    throw new RangeError(`softmax works along the last axis of [batch, …, classes]. Received: [${x.shape}]`);
  }
  const y = tf.softmax(x, -1);
  rememberLogits(y, { activation: "softmax", logits: () => x });
  return y;
}

function sigmoid(x: tf.Tensor): tf.Tensor {
  const y = tf.sigmoid(x);
  rememberLogits(y, { activation: "sigmoid", logits: () => x });
  return y;
}

/** tanh's approximation of GELU, and the exact one by the error function; Keras' default is the exact one. */
function gelu(x: tf.Tensor): tf.Tensor {
  return x.mul(0.5).mul(tf.erf(x.mul(Math.SQRT1_2)).add(1));
}

/** Keras 3: `relu6(x + 3) / 6`. */
function hardSigmoid(x: tf.Tensor): tf.Tensor {
  return tf.clipByValue(x.div(6).add(0.5), 0, 1);
}

/** The first half of the last axis, each number let through as far as the second half says. Dauphin et al. 2016. */
function glu(x: tf.Tensor): tf.Tensor {
  const width = x.shape.at(-1) ?? 0;
  if (width % 2 === 1) {
    throw new RangeError(`glu splits the last axis in two: its length is even. Received: [${x.shape}]`);
  }
  const [values, gates] = tf.split(x, 2, -1);
  return values.mul(tf.sigmoid(gates));
}

/** 0 up to −1, then a parabola that meets `x` at 1. */
function sparsePlus(x: tf.Tensor): tf.Tensor {
  return tf.square(tf.clipByValue(x, -1, 1).add(1)).mul(0.25).add(tf.relu(x.sub(1)));
}

// Keras' `threshold` needs arguments, so that it has no use by name.
const byName = new Map<string, Activation>([
  ["linear", (x) => x],
  ["relu", (x) => tf.relu(x)],
  ["sigmoid", sigmoid],
  ["tanh", (x) => tf.tanh(x)],
  ["softmax", softmax],
  ["softplus", (x) => tf.softplus(x)],
  ["softsign", (x) => x.div(tf.abs(x).add(1))],
  ["exponential", (x) => tf.exp(x)],
  ["elu", (x) => tf.elu(x)],
  ["selu", (x) => tf.selu(x)],
  ["gelu", gelu],
  ["silu", (x) => x.mul(tf.sigmoid(x))],
  ["swish", (x) => x.mul(tf.sigmoid(x))],
  ["hard_sigmoid", hardSigmoid],
  ["hard_silu", (x) => x.mul(hardSigmoid(x))],
  ["hard_swish", (x) => x.mul(hardSigmoid(x))],
  ["hard_tanh", (x) => tf.clipByValue(x, -1, 1)],
  ["relu6", (x) => tf.relu6(x)],
  ["leaky_relu", (x) => tf.leakyRelu(x, 0.2)],
  ["mish", (x) => x.mul(tf.tanh(tf.softplus(x)))],
  ["log_softmax", (x) => tf.logSoftmax(x, -1)],
  ["log_sigmoid", (x) => tf.logSigmoid(x)],
  ["celu", (x) => tf.elu(x)],
  ["glu", glu],
  ["hard_shrink", (x) => x.mul(tf.step(tf.abs(x).sub(0.5)))],
  ["soft_shrink", (x) => tf.relu(x.sub(0.5)).sub(tf.relu(tf.sub(-0.5, x)))],
  ["tanh_shrink", (x) => x.sub(tf.tanh(x))],
  ["sparse_plus", sparsePlus],
  ["sparse_sigmoid", (x) => tf.clipByValue(x.add(1).mul(0.5), 0, 1)],
  ["sparsemax", sparsemax],
  ["squareplus", (x) => x.add(tf.sqrt(tf.square(x).add(4))).mul(0.5)],
]);

/**
 * The names of the activations, as in Keras 3; camelCase works too.
 *
 * `sparsemax` is Keras' own, whose numbers do not always sum to 1 as the paper's do.
 */
export type ActivationName =
  | "linear"
  | "relu"
  | "sigmoid"
  | "tanh"
  | "softmax"
  | "softplus"
  | "softsign"
  | "exponential"
  | "elu"
  | "selu"
  | "gelu"
  | "silu"
  | "swish"
  | "hard_sigmoid"
  | "hardSigmoid"
  | "hard_silu"
  | "hardSilu"
  | "hard_swish"
  | "hardSwish"
  | "hard_tanh"
  | "hardTanh"
  | "relu6"
  | "leaky_relu"
  | "leakyRelu"
  | "mish"
  | "log_softmax"
  | "logSoftmax"
  | "log_sigmoid"
  | "logSigmoid"
  | "celu"
  | "glu"
  | "hard_shrink"
  | "hardShrink"
  | "soft_shrink"
  | "softShrink"
  | "tanh_shrink"
  | "tanhShrink"
  | "sparse_plus"
  | "sparsePlus"
  | "sparse_sigmoid"
  | "sparseSigmoid"
  | "sparsemax"
  | "squareplus";

/** The function that a name stands for. */
export function activationOf(name: ActivationName): Activation {
  return lookUp("activation", byName, name);
}

/** The name in Keras' spelling, checked. */
export function activationNameOf(name: ActivationName): string {
  lookUp("activation", byName, name);
  return byName.has(name) ? name : underscored(name);
}
