import { assert } from "@std/assert";
import { updateInPlace } from "baeum/engine";
import { tf } from "baeum/tensors";
import { peerTest } from "../../peers.ts";

/** The same gradients given to each of Keras' optimizers, and what they make of the weight. */
const KERAS = `
import numpy as np, keras
def run(case):
    weight = keras.Variable(np.array(given["weight"], "float32"))
    optimizer = keras.optimizers.get({"class_name": case["class"], "config": case["config"]})
    optimizer.build([weight])
    for gradient in given["gradients"]:
        optimizer.apply([keras.ops.convert_to_tensor(np.array(gradient, "float32"))], [weight])
    return np.array(weight).tolist()
answer = [run(case) for case in given["cases"]]
`;

interface Case {
  class: string;
  config: Record<string, number | boolean>;
  kernel: string;
  /** Each slot with the number it is filled with at first. */
  slots: Record<string, number>;
  attributes: Record<string, unknown>;
  weightDecay?: number;
}

const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const rate = { learning_rate: 0.01 };
const ftrl = { learningRatePower: -0.5, l1: 0, l2: 0, l2Shrinkage: 0, beta: 0 };

const cases: Case[] = [
  { class: "SGD", config: rate, kernel: "SGDUpdate", slots: {}, attributes: { momentum: 0, nesterov: false } },
  {
    class: "SGD",
    config: { ...rate, momentum: 0.9 },
    kernel: "SGDUpdate",
    slots: { momentum: 0 },
    attributes: { momentum: 0.9, nesterov: false },
  },
  {
    class: "SGD",
    config: { ...rate, momentum: 0.9, nesterov: true },
    kernel: "SGDUpdate",
    slots: { momentum: 0 },
    attributes: { momentum: 0.9, nesterov: true },
  },
  { class: "Adam", config: rate, kernel: "AdamUpdate", slots: { m: 0, v: 0 }, attributes: moments },
  {
    class: "Adam",
    config: { ...rate, amsgrad: true, beta_2: 0.5 },
    kernel: "AdamUpdate",
    slots: { m: 0, v: 0, vHat: 0 },
    attributes: { ...moments, beta2: 0.5 },
  },
  {
    class: "AdamW",
    config: { ...rate, weight_decay: 0.1 },
    kernel: "AdamUpdate",
    slots: { m: 0, v: 0 },
    attributes: moments,
    weightDecay: 0.1,
  },
  { class: "Adamax", config: rate, kernel: "AdamaxUpdate", slots: { m: 0, u: 0 }, attributes: moments },
  { class: "Nadam", config: rate, kernel: "NadamUpdate", slots: { m: 0, v: 0 }, attributes: moments },
  {
    class: "Adagrad",
    config: rate,
    kernel: "AdagradUpdate",
    slots: { accumulator: 0.1 },
    attributes: { epsilon: 1e-7 },
  },
  {
    class: "Adadelta",
    config: { learning_rate: 0.5 },
    kernel: "AdadeltaUpdate",
    slots: { accumulatedGrad: 0, accumulatedDelta: 0 },
    attributes: { rho: 0.95, epsilon: 1e-7 },
  },
  {
    class: "RMSprop",
    config: rate,
    kernel: "RMSpropUpdate",
    slots: { velocity: 0 },
    attributes: { rho: 0.9, epsilon: 1e-7 },
  },
  {
    class: "RMSprop",
    config: { ...rate, momentum: 0.5, centered: true },
    kernel: "RMSpropUpdate",
    slots: { velocity: 0, momentum: 0, averageGrad: 0 },
    attributes: { rho: 0.9, momentum: 0.5, epsilon: 1e-7 },
  },
  {
    class: "RMSprop",
    config: { ...rate, centered: true },
    kernel: "RMSpropUpdate",
    slots: { velocity: 0, averageGrad: 0 },
    attributes: { rho: 0.9, epsilon: 1e-7 },
  },
  { class: "Ftrl", config: rate, kernel: "FtrlUpdate", slots: { accumulator: 0.1, linear: 0 }, attributes: ftrl },
  {
    class: "Ftrl",
    config: {
      ...rate,
      learning_rate_power: -0.7,
      l1_regularization_strength: 0.01,
      l2_regularization_strength: 0.02,
      l2_shrinkage_regularization_strength: 0.03,
      beta: 0.1,
    },
    kernel: "FtrlUpdate",
    slots: { accumulator: 0.1, linear: 0 },
    attributes: { learningRatePower: -0.7, l1: 0.01, l2: 0.02, l2Shrinkage: 0.03, beta: 0.1 },
  },
  {
    class: "Lion",
    config: { ...rate, beta_2: 0.99 },
    kernel: "LionUpdate",
    slots: { m: 0 },
    attributes: { beta1: 0.9, beta2: 0.99 },
  },
];

const SIZE = 11;
const STEPS = 6;
const weight = Array.from({ length: SIZE }, (_, i) => Math.sin(i * 7.3 + 1));
const gradients = Array.from(
  { length: STEPS },
  (_, step) => Array.from({ length: SIZE }, (_, i) => i === 3 ? 0 : Math.cos(i * 3.1 + step * step)),
);

peerTest("every optimizer's kernel moves a weight as Keras does, vectors and what is left over", async (ask) => {
  const given = { weight, gradients, cases: cases.map((one) => ({ class: one.class, config: one.config })) };
  const expected = await ask(KERAS, given) as number[][];
  cases.forEach((one, c) => {
    const param = tf.variable(tf.tensor1d(weight));
    const slots = Object.fromEntries(
      Object.entries(one.slots).map(([name, value]) => [name, tf.variable(tf.fill([SIZE], value))]),
    );
    const scalars = { learningRate: one.config.learning_rate as number, step: 0 };
    const fail = () => assert(false, "the kernel is missing");
    for (const gradient of gradients) {
      scalars.step++;
      const grad = tf.tensor1d(gradient);
      if (one.weightDecay) {
        updateInPlace("WeightDecayUpdate", { param }, { scalars, weightDecay: one.weightDecay }, fail);
      }
      updateInPlace(one.kernel, { param, grad, ...slots }, { scalars, ...one.attributes }, fail);
    }
    param.dataSync().forEach((value, i) => {
      const want = expected[c][i];
      assert(
        Math.abs(value - want) <= 2e-6 * Math.max(1, Math.abs(want)),
        `${one.class} ${JSON.stringify(one.config)} [${i}]: ${value}, Keras ${want}`,
      );
    });
  });
});
