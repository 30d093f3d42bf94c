/**
 * What can be done while a model trains, by Keras' names.
 *
 * @module
 */
export { BackupAndRestore, backupAndRestore, type BackupAndRestoreOptions } from "./backup_and_restore.ts";
export { Callback, type CallbackParams, type Logs } from "./callback.ts";
export { CSVLogger, csvLogger, type CSVLoggerOptions } from "./csv_logger.ts";
export { EarlyStopping, earlyStopping, type EarlyStoppingOptions } from "./early_stopping.ts";
export { lambdaCallback, type LambdaCallbackOptions } from "./lambda_callback.ts";
export { type EpochSchedule, LearningRateScheduler, learningRateScheduler } from "./learning_rate_scheduler.ts";
export { ModelCheckpoint, modelCheckpoint, type ModelCheckpointOptions } from "./model_checkpoint.ts";
export { MonitorCallback, type MonitorOptions } from "./monitor.ts";
export { ReduceLROnPlateau, reduceLROnPlateau, type ReduceLROnPlateauOptions } from "./reduce_lr_on_plateau.ts";
export { type SaveFrequency } from "./save_frequency.ts";
export { TensorBoard, tensorBoard, type TensorBoardOptions } from "./tensorboard.ts";
export { TerminateOnNaN, terminateOnNaN } from "./terminate_on_nan.ts";
