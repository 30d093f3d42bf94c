/**
 * Keras' models in TypeScript: build, compile, fit, evaluate, predict.
 *
 * @module
 */
export * as layers from "./layers/mod.ts";
export * as losses from "./losses/mod.ts";
export * as metrics from "./metrics/mod.ts";
export * as optimizers from "./optimizers/mod.ts";
export * as initializers from "./initializers/mod.ts";
export * as regularizers from "./regularizers/mod.ts";
export * as constraints from "./constraints/mod.ts";
export * as callbacks from "./callbacks/mod.ts";
export { Callback, type CallbackParams, type Logs } from "./callbacks/mod.ts";
export { input } from "./layers/input_layer.ts";
export { type CallContext, Layer, type LayerOptions, type Tensors } from "./layer.ts";
export { Model } from "./model.ts";
export { Sequential, sequential, type SequentialOptions } from "./sequential.ts";
export { loadModel, type LoadModelOptions } from "./files/keras_file.ts";
export { cloneModel, modelFromJson } from "./files/model_json.ts";
export { fromTfjs } from "./files/tfjs_model.ts";
export { type LayerClass, registerKerasSerializable } from "./files/registration.ts";
export { type FromConfigOptions } from "./files/from_config.ts";
export { Functional, type FunctionalOptions, model } from "./functional.ts";
export { plotModel, type PlotModelOptions } from "./plot_model.ts";
export { type SummaryOptions } from "./summary.ts";
export { type Shape } from "./shape.ts";
export { SymbolicTensor } from "./symbolic_tensor.ts";
export { Weight } from "./weight.ts";
export { clearSession } from "./names.ts";
export { type CompileOptions, type LossGiven, type MetricGiven, type PerOutput } from "./training/compile.ts";
export { type BatchGenerator, type GeneratedBatch } from "./training/batches.ts";
export { type EvaluateOptions } from "./training/evaluate.ts";
export { type PredictOptions } from "./training/predict.ts";
export { type TestOnBatchOptions, type TrainOnBatchOptions } from "./training/on_batch.ts";
export { type ClassWeights, type SampleWeights } from "./training/sample_weights.ts";
export { type FitOptions } from "./training/fit.ts";
export { History } from "./training/history.ts";
export { type ByteRows, type ByteRowsOptions } from "baeum/engine";
export { bytes, type DataArray, type ModelData, type NestedNumbers } from "./training/model_data.ts";
export { type Verbosity } from "./training/training_progress.ts";
