import { tf } from "baeum/tensors";
import { lookUp, underscored } from "../registry.ts";
import { rememberLogits } from "./logits.ts";

/** A function of a tensor to one of the same shape. */
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
]);

/** The names of the activations, as in Keras 3; camelCase works too. */
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
  | "logSigmoid";

/** The function that a name stands for. */
export function activationOf(name: ActivationName): Activation {
  return lookUp("activation", byName, name);
}

/** The name in Keras' spelling, checked. */
export function activationNameOf(name: ActivationName): string {
  lookUp("activation", byName, name);
  return byName.has(name) ? name : underscored(name);
}
