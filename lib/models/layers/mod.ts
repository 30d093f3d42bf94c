/**
 * The layers, made by functions of Keras' names in camelCase.
 *
 * @module
 */
export { Activation, activation, type ActivationOptions } from "./activation.ts";
export {
  Conv1D,
  conv1d,
  type Conv1DOptions,
  Conv2D,
  conv2d,
  Conv3D,
  conv3d,
  type ConvolutionLayerOptions,
} from "./convolution.ts";
export { Dense, dense, type DenseOptions } from "./dense.ts";
export { Dropout, dropout, type DropoutOptions } from "./dropout.ts";
export { Flatten, flatten } from "./flatten.ts";
export { input, InputLayer, inputLayer, type InputLayerOptions } from "./input_layer.ts";
export {
  AveragePooling1D,
  averagePooling1d,
  AveragePooling2D,
  averagePooling2d,
  AveragePooling3D,
  averagePooling3d,
  MaxPooling1D,
  maxPooling1d,
  MaxPooling2D,
  maxPooling2d,
  MaxPooling3D,
  maxPooling3d,
  type PoolingOptions,
} from "./pooling.ts";
