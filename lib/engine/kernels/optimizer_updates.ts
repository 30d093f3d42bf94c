import { defineKernel, type Operand } from "../define_kernel.ts";
import { spread } from "../threads/spread.ts";

/** The kernels, and how many arrays each goes over: the weights, their gradients and the slots. */
const update = {
  sgd: spread("sgd", 2),
  sgdMomentum: spread("sgdMomentum", 3),
  adam: spread("adam", 4),
  adamMax: spread("adamMax", 5),
  adamax: spread("adamax", 4),
  nadam: spread("nadam", 4),
  adagrad: spread("adagrad", 3),
  adadelta: spread("adadelta", 4),
  rmsprop: spread("rmsprop", 5),
  ftrl: spread("ftrl", 4),
  lion: spread("lion", 3),
  weightDecay: spread("weightDecay", 1),
};

/** What an optimizer sets before each step. */
interface Scalars {
  learningRate: number;
  /** The number of this step, from 1. */
  step: number;
}

type Addresses = Record<string, number>;

/**
 * Declares a kernel `${name}Update` that changes `param` by `grad`, and the slots with it, in one pass.
 *
 * Slots that a variant of the optimizer does without have the address 0. The scalars are read anew at each step.
 */
function defineUpdate<Options>(
  name: string,
  slots: readonly string[],
  prepare: (n: number, at: Addresses, options: Options) => (scalars: Scalars) => void,
): void {
  defineKernel({
    name: `${name}Update`,
    outputs: () => [],
    inPlace: ["param", ...slots],
    bind: (inputs, _, attributes) => {
      const at: Addresses = {};
      for (const slot of ["param", "grad", ...slots]) {
        at[slot] = (inputs as Record<string, Operand | undefined>)[slot]?.offset ?? 0;
      }
      const run = prepare(inputs.param.size, at, attributes as Options);
      const { scalars } = attributes as { scalars: Scalars };
      return () => run(scalars);
    },
  });
}

defineUpdate<{ momentum: number; nesterov: boolean }>("SGD", ["momentum"], (n, at, options) => {
  const { param, grad, momentum } = at;
  const { momentum: decay, nesterov } = options;
  if (!momentum) return ({ learningRate }) => update.sgd(n, param, grad, learningRate);
  return ({ learningRate }) => update.sgdMomentum(n, param, grad, momentum, learningRate, decay, nesterov);
});

interface Moments {
  beta1: number;
  beta2: number;
  epsilon: number;
}

/** With the slot vHat it is AMSGrad. AdamW is this after {@linkcode WeightDecayUpdate}. */
defineUpdate<Moments>("Adam", ["m", "v", "vHat"], (n, { param, grad, m, v, vHat }, { beta1, beta2, epsilon }) => {
  const [c1, c2] = [1 - beta1, 1 - beta2];
  const alphaOf = ({ learningRate, step }: Scalars) =>
    learningRate * Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
  if (vHat) return (scalars) => update.adamMax(n, param, grad, m, v, vHat, alphaOf(scalars), c1, c2, epsilon);
  return (scalars) => update.adam(n, param, grad, m, v, alphaOf(scalars), c1, c2, epsilon);
});

defineUpdate<Moments>("Adamax", ["m", "u"], (n, { param, grad, m, u }, { beta1, beta2, epsilon }) => {
  return ({ learningRate, step }) =>
    update.adamax(n, param, grad, m, u, learningRate, 1 - beta1, beta2, 1 - beta1 ** step, epsilon);
});

defineUpdate<Moments>("Nadam", ["m", "v"], (n, { param, grad, m, v }, { beta1, beta2, epsilon }) => {
  const weight = (step: number) => beta1 * (1 - 0.5 * 0.96 ** step);
  // The product of all weights so far, carried on from step to step.
  let [upTo, product] = [0, 1];
  return ({ learningRate, step }) => {
    if (step < upTo) [upTo, product] = [0, 1];
    while (upTo < step) product *= weight(++upTo);
    const next = weight(step + 1);
    const ofM = next / (1 - product * next);
    const ofG = (1 - weight(step)) / (1 - product);
    update.nadam(n, param, grad, m, v, learningRate, 1 - beta1, 1 - beta2, ofM, ofG, 1 - beta2 ** step, epsilon);
  };
});

defineUpdate<{ epsilon: number }>("Adagrad", ["accumulator"], (n, { param, grad, accumulator }, { epsilon }) => {
  return ({ learningRate }) => update.adagrad(n, param, grad, accumulator, learningRate, epsilon);
});

defineUpdate<{ rho: number; epsilon: number }>(
  "Adadelta",
  ["accumulatedGrad", "accumulatedDelta"],
  (n, { param, grad, accumulatedGrad, accumulatedDelta }, { rho, epsilon }) => ({ learningRate }) =>
    update.adadelta(n, param, grad, accumulatedGrad, accumulatedDelta, learningRate, rho, 1 - rho, epsilon),
);

/** The slots momentum and averageGrad are there where the optimizer uses momentum and where it is centered. */
defineUpdate<{ rho: number; momentum?: number; epsilon: number }>(
  "RMSprop",
  ["velocity", "momentum", "averageGrad"],
  (n, { param, grad, velocity, momentum, averageGrad }, { rho, momentum: keep = 0, epsilon }) => ({ learningRate }) =>
    update.rmsprop(n, param, grad, velocity, momentum, averageGrad, learningRate, rho, 1 - rho, keep, epsilon),
);

interface FtrlOptions {
  learningRatePower: number;
  l1: number;
  l2: number;
  l2Shrinkage: number;
  beta: number;
}

defineUpdate<FtrlOptions>("Ftrl", ["accumulator", "linear"], (n, { param, grad, accumulator, linear }, options) => {
  const { learningRatePower, l1, l2, l2Shrinkage, beta } = options;
  return ({ learningRate }) => {
    const l2Used = l2 + beta / (2 * learningRate);
    update.ftrl(n, param, grad, accumulator, linear, learningRate, -learningRatePower, l1, l2Used, l2Shrinkage);
  };
});

defineUpdate<{ beta1: number; beta2: number }>("Lion", ["m"], (n, { param, grad, m }, { beta1, beta2 }) => {
  return ({ learningRate }) => update.lion(n, param, grad, m, learningRate, beta1, beta2);
});

/** `param −= param · weightDecay · learningRate`, as Keras' optimizers do before the update itself. */
defineUpdate<{ weightDecay: number }>("WeightDecay", [], (n, { param }, { weightDecay }) => {
  return ({ learningRate }) => update.weightDecay(n, param, weightDecay, learningRate);
});
