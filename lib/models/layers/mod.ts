/**
 * The layers, made by functions of Keras' names in camelCase.
 *
 * @module
 */
export { Activation, activation, type ActivationOptions } from "./activation.ts";
export { Dense, dense, type DenseOptions } from "./dense.ts";
export { Dropout, dropout, type DropoutOptions } from "./dropout.ts";
export { Flatten, flatten } from "./flatten.ts";
export { input, InputLayer, inputLayer, type InputLayerOptions } from "./input_layer.ts";
