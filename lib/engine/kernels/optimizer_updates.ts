import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";

/** What an optimizer sets before each step. */
interface Scalars {
  learningRate: number;
  step: number;
}

/** `param −= rate · grad`, with momentum if there is one. */
defineKernel({
  name: "SGDUpdate",
  outputs: () => [],
  inPlace: ["param", "momentum"],
  bind: ({ param, grad, momentum }, _, attributes) => {
    const { scalars, momentum: decay, nesterov } = attributes as {
      scalars: Scalars;
      momentum: number;
      nesterov: boolean;
    };
    const [n, p, g] = [param.size, param.offset, grad.offset];
    if (!momentum) return () => native.sgd(n, p, g, scalars.learningRate);
    return () => native.sgdMomentum(n, p, g, momentum.offset, scalars.learningRate, decay, nesterov ? 1 : 0);
  },
});

/** Adam's update; AMSGrad is put together from other kernels. */
defineKernel({
  name: "AdamUpdate",
  supports: (_, { amsgrad }) => !amsgrad,
  outputs: () => [],
  inPlace: ["param", "m", "v"],
  bind: ({ param, grad, m, v }, _, attributes) => {
    const { scalars, beta1, beta2, epsilon } = attributes as {
      scalars: Scalars;
      beta1: number;
      beta2: number;
      epsilon: number;
    };
    const [n, p, g, mo, vo] = [param.size, param.offset, grad.offset, m.offset, v.offset];
    return () => {
      const { learningRate, step } = scalars;
      const alpha = learningRate * Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
      native.adam(n, p, g, mo, vo, alpha, 1 - beta1, 1 - beta2, epsilon);
    };
  },
});
