/**
 * The layers, made by functions of Keras' names in camelCase.
 *
 * @module
 */
export { Activation, activation, type ActivationOptions } from "./activation.ts";
export {
  ActivityRegularization,
  activityRegularization,
  type ActivityRegularizationOptions,
} from "./activity_regularization.ts";
export { type AffineOptions } from "./affine.ts";
export { BatchNormalization, batchNormalization, type BatchNormalizationOptions } from "./batch_normalization.ts";
export { type RenormClipping } from "./batch_renormalization.ts";
export { Bidirectional, bidirectional, type BidirectionalOptions, type MergeMode } from "./bidirectional.ts";
export { Concatenate, concatenate, type ConcatenateOptions } from "./concatenate.ts";
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
export {
  Conv1DTranspose,
  conv1dTranspose,
  Conv2DTranspose,
  conv2dTranspose,
  Conv3DTranspose,
  conv3dTranspose,
  type ConvolutionTransposeOptions,
} from "./convolution_transpose.ts";
export {
  Cropping1D,
  cropping1d,
  type Cropping1DOptions,
  Cropping2D,
  cropping2d,
  Cropping3D,
  cropping3d,
  type CroppingOptions,
} from "./cropping.ts";
export { type DataFormat } from "./data_format.ts";
export { Dense, dense, type DenseOptions } from "./dense.ts";
export {
  DepthwiseConv1D,
  depthwiseConv1d,
  DepthwiseConv2D,
  depthwiseConv2d,
  type DepthwiseConvolutionOptions,
} from "./depthwise_convolution.ts";
export { type FilteringOptions } from "./filtering.ts";
export { Dot, dot, type DotOptions } from "./dot.ts";
export { Dropout, dropout, type DropoutOptions } from "./dropout.ts";
export {
  Add,
  add,
  Average,
  average,
  Maximum,
  maximum,
  Minimum,
  minimum,
  Multiply,
  multiply,
  Subtract,
  subtract,
} from "./elementwise_merges.ts";
export { ELU, elu, type ELUOptions } from "./elu.ts";
export { Embedding, embedding, type EmbeddingOptions } from "./embedding.ts";
export { Flatten, flatten } from "./flatten.ts";
export {
  GaussianDropout,
  gaussianDropout,
  type GaussianDropoutOptions,
  GaussianNoise,
  gaussianNoise,
  type GaussianNoiseOptions,
} from "./gaussian.ts";
export {
  GlobalAveragePooling1D,
  globalAveragePooling1d,
  GlobalAveragePooling2D,
  globalAveragePooling2d,
  GlobalAveragePooling3D,
  globalAveragePooling3d,
  GlobalMaxPooling1D,
  globalMaxPooling1d,
  GlobalMaxPooling2D,
  globalMaxPooling2d,
  GlobalMaxPooling3D,
  globalMaxPooling3d,
  type GlobalPoolingOptions,
} from "./global_pooling.ts";
export { GRU, gru, GRUCell, type GRUOptions } from "./gru.ts";
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
export { Lambda, lambda, type LambdaContext, type LambdaOptions } from "./lambda.ts";
export { LayerNormalization, layerNormalization, type LayerNormalizationOptions } from "./layer_normalization.ts";
export { LSTM, lstm, LSTMCell, type LSTMOptions } from "./lstm.ts";
export { Masking, masking, type MaskingOptions } from "./masking.ts";
export { Normalization, normalization, type NormalizationOptions } from "./normalization.ts";
export { Permute, permute, type PermuteOptions } from "./permute.ts";
export { PReLU, prelu, type PReLUOptions } from "./prelu.ts";
export {
  LeakyReLU,
  leakyReLU,
  type LeakyReLUOptions,
  ReLU,
  reLU,
  type ReLUOptions,
  ThresholdedReLU,
  thresholdedReLU,
  type ThresholdedReLUOptions,
} from "./relu.ts";
export { Recurrent } from "./recurrent.ts";
export { RecurrentCell, type TimeStep } from "./recurrent_cell.ts";
export { type GatedOptions, type RecurrentOptions } from "./recurrent_options.ts";
export { RepeatVector, repeatVector, type RepeatVectorOptions } from "./repeat_vector.ts";
export { Rescaling, rescaling, type RescalingOptions } from "./rescaling.ts";
export { Reshape, reshape, type ReshapeOptions } from "./reshape.ts";
export {
  SeparableConv1D,
  separableConv1d,
  SeparableConv2D,
  separableConv2d,
  type SeparableConvolutionOptions,
} from "./separable_convolution.ts";
export { SimpleRNN, simpleRNN, SimpleRNNCell } from "./simple_rnn.ts";
export { Softmax, softmax, type SoftmaxOptions } from "./softmax.ts";
export {
  SpatialDropout1D,
  spatialDropout1d,
  type SpatialDropout1DOptions,
  SpatialDropout2D,
  spatialDropout2d,
  SpatialDropout3D,
  spatialDropout3d,
  type SpatialDropoutOptions,
} from "./spatial_dropout.ts";
export { TimeDistributed, timeDistributed, type TimeDistributedOptions } from "./time_distributed.ts";
export { UnitNormalization, unitNormalization, type UnitNormalizationOptions } from "./unit_normalization.ts";
export {
  UpSampling1D,
  upSampling1d,
  type UpSampling1DOptions,
  UpSampling2D,
  upSampling2d,
  type UpSampling2DOptions,
  UpSampling3D,
  upSampling3d,
  type UpSampling3DOptions,
} from "./up_sampling.ts";
export {
  ZeroPadding1D,
  zeroPadding1d,
  ZeroPadding2D,
  zeroPadding2d,
  ZeroPadding3D,
  zeroPadding3d,
  type ZeroPaddingOptions,
} from "./zero_padding.ts";
