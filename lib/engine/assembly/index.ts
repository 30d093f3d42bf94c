export { adam, sgd, sgdMomentum } from "./optimizers";
export { activationBiasGradient, biasActivation } from "./dense";
