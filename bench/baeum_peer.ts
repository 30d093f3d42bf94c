/** Baeum as a peer of the benchmark: what a lesson would write, timed through `model.fit`. */
import { type Layer, layers, Model, sequential } from "baeum/models";
import { tf } from "baeum/tensors";
import { type LayerSpec, type Network, networks, randomData } from "./network.ts";
import { PREDICTED, serve } from "./peer.ts";

function layerOf({ type, units, filters, kernelSize, poolSize, activation }: LayerSpec, inputShape?: number[]): Layer {
  switch (type) {
    case "dense":
      return layers.dense({ units: units!, activation, inputShape });
    case "conv2d":
      return layers.conv2d({ filters: filters!, kernelSize: kernelSize!, activation, inputShape });
    case "maxPooling2d":
      return layers.maxPooling2d({ poolSize, inputShape });
    case "flatten":
      return layers.flatten({ inputShape });
  }
}

function build(network: Network): Model {
  const model = sequential({ layers: network.layers.map((spec, i) => layerOf(spec, i ? undefined : network.input)) });
  const metrics = network.outputs > 1 ? ["accuracy" as const] : [];
  model.compile({ loss: network.loss, optimizer: network.optimizer, metrics });
  return model;
}

const ready = new Map<string, (epochs: number) => Promise<unknown>>();

function trainerOf(network: Network): (epochs: number) => Promise<unknown> {
  const { x, y, n } = randomData(network);
  const model = build(network);
  const [xs, ys] = [tf.tensor(x, [n, ...network.input]), tf.tensor2d(y, [n, network.outputs])];
  return (epochs) => model.fit(xs, ys, { batchSize: network.batch, epochs, verbose: 0 });
}

const networkOf = (name: string) => networks.find((network) => network.name === name)!;

async function round(name: string): Promise<number> {
  const network = networkOf(name);
  if (!ready.has(name)) {
    ready.set(name, trainerOf(network));
    await ready.get(name)!(1);
    await ready.get(name)!(1);
  }
  const begin = performance.now();
  await ready.get(name)!(network.epochs);
  return (performance.now() - begin) / (network.epochs * network.batches);
}

async function first(name: string): Promise<void> {
  await trainerOf({ ...networkOf(name), batches: 1 })(1);
}

const predictors = new Map<string, () => tf.Tensor>();

async function predict(name: string): Promise<number> {
  if (!predictors.has(name)) {
    const network = { ...networkOf(name), batch: PREDICTED, batches: 1 };
    const model = build(network);
    const x = tf.tensor(randomData(network).x, [PREDICTED, ...network.input]);
    predictors.set(name, () => model.predict(x) as tf.Tensor);
    predictors.get(name)!().dispose();
  }
  const begin = performance.now();
  const y = predictors.get(name)!();
  await y.data();
  const milliseconds = performance.now() - begin;
  y.dispose();
  return milliseconds;
}

await serve({ round, first, predict });
