// Stands in for @tensorflow/tfjs: without its layers, which the library does not use, and its readers of files.
import { version_core } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-backend-cpu";

export * from "@tensorflow/tfjs-core";

export const version = { "tfjs-core": version_core };
