/** tfjs' WASM backend as it is shipped, trained through its own `fit`. */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { createRequire } from "node:module";
import { type Network, networks, randomData } from "./network.ts";
import { serve } from "./peer.ts";

const wasm = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm");
setWasmPaths(wasm.slice(0, wasm.lastIndexOf("/") + 1));
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
await tf.setBackend("wasm");

function build({ layers, input, loss, optimizer, outputs }: Network): tf.Sequential {
  const model = tf.sequential({
    layers: layers.map((spec, i) => {
      const inputShape = i ? undefined : input;
      if (spec.type === "dense") {
        return tf.layers.dense({ units: spec.units!, activation: spec.activation, inputShape });
      }
      if (spec.type === "flatten") return tf.layers.flatten({ inputShape });
      throw new RangeError("tfjs-wasm as shipped cannot train convolutions");
    }),
  });
  model.compile({
    loss: loss === "mse" ? "meanSquaredError" : "categoricalCrossentropy",
    optimizer,
    metrics: outputs > 1 ? ["accuracy"] : [],
  });
  return model;
}

/** It needs up to a second for a step: a few must do. */
const STEPS = 5;

async function round(name: string): Promise<number | undefined> {
  const network = networks.find((network) => network.name === name)!;
  if (network.layers.some(({ type }) => type === "conv2d")) return undefined;
  const few = { ...network, batches: Math.min(STEPS, network.batches) };
  const model = build(few);
  const { x, y, n } = randomData(few);
  const [xs, ys] = [tf.tensor(x, [n, ...few.input]), tf.tensor2d(y, [n, few.outputs])];
  const epochs = few.batches === 1 ? STEPS : 1;
  await model.fit(xs, ys, { batchSize: few.batch, epochs: 1, verbose: 0 });
  const begin = performance.now();
  await model.fit(xs, ys, { batchSize: few.batch, epochs, verbose: 0 });
  const milliseconds = (performance.now() - begin) / (epochs * few.batches);
  tf.dispose([xs, ys]);
  model.dispose();
  return milliseconds;
}

await serve({ round });
