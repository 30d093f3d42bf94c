/**
 * What is done to data before a model sees it, as Keras and scikit-learn do it.
 *
 * @module
 */
export { augmentImages, type AugmentOptions } from "./augment_images.ts";
export { type Changed, type Matrix } from "./columns.ts";
export { describe, type Description } from "./describe.ts";
export { type Fold, KFold, type KFoldOptions } from "./k_fold.ts";
export { MinMaxScaler, type MinMaxScalerOptions, type MinMaxScalerParameters } from "./min_max_scaler.ts";
export { normalize, type NormalizeOptions } from "./normalize.ts";
export { type OneHot, oneHot } from "./one_hot.ts";
export { padSequences, type PadSequencesOptions } from "./pad_sequences.ts";
export { shuffle, type ShuffleOptions } from "./shuffle.ts";
export { StandardScaler, type StandardScalerParameters } from "./standard_scaler.ts";
export { type RowTable, type Samples } from "./take_rows.ts";
export { toCategorical } from "./to_categorical.ts";
export { type SplitInTwo, trainTestSplit, type TrainTestSplitOptions } from "./train_test_split.ts";
