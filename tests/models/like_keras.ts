/** Holds single layers against Keras: output, gradients with respect to inputs and weights, and config. */
import { assert, assertEquals } from "@std/assert";
import { type Layer, layers } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Makes each layer from its config, gives it our weights, and tells output, gradients, weights and config. */
const KERAS = `
import numpy as np, keras, tensorflow as tf
def of(case):
    module = keras.layers
    if not hasattr(module, case["class"]): module = __import__("keras.src.legacy.layers", fromlist=["x"])
    layer = getattr(module, case["class"]).from_config(case["config"])
    xs = [tf.constant(np.array(x, "float32")) for x in case["inputs"]]
    given = xs if case["list"] else xs[0]
    layer.build([tuple(x.shape) for x in xs] if case["list"] else tuple(xs[0].shape))
    layer.set_weights([np.array(w, "float32") for w in case["weights"]])
    if hasattr(layer, "finalize_state"): layer.finalize_state()
    options = {"training": True} if case["training"] else {}
    if case["mask"] is not None: options["mask"] = tf.constant(np.array(case["mask"], "bool"))
    with tf.GradientTape() as tape:
        for x in xs: tape.watch(x)
        y = layer(given, **options)
        direction = np.array(case["direction"], "float32")[: int(np.prod(y.shape))].reshape(y.shape)
        total = tf.reduce_sum(y * tf.constant(direction)) + sum(layer.losses)
    gradients = tape.gradient(total, [*xs, *[w.value for w in layer.trainable_weights]])
    return {
        "y": y.numpy().tolist(),
        "gradients": [None if g is None else tf.convert_to_tensor(g).numpy().tolist() for g in gradients],
        "weights": [np.array(w).tolist() for w in layer.get_weights()],
        "config": layer.get_config(),
    }
answer = [of(case) for case in given]
`;

interface Answer {
  y: unknown;
  gradients: unknown[];
  weights: unknown[];
  config: Record<string, unknown>;
}

/** A layer, the shapes of its inputs with their batch, and whether it is called as in training. */
export interface LayerCase {
  title: string;
  make: () => Layer;
  /** One shape, or a list of shapes for a layer that takes a list. */
  shape: number[] | number[][];
  training?: boolean;
  /** Makes the inputs whole numbers from 0 to less than this. */
  below?: number;
  /** Which numbers (or time steps) count: 1 or 0. */
  mask?: number[][];
  /** Weights that must not be negative, as variances. */
  positive?: RegExp;
}

/** Numbers without ties, so that the largest of several is one. */
export function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233) * 1.7);
}

/** Asserts that a tensor holds the expected numbers, to `tolerance` absolute below 1 and relative above. */
export function assertNear(actual: tf.Tensor, expected: unknown, tolerance: number, what: string): void {
  const values = (Array.isArray(expected) ? expected.flat(Infinity) : [expected]) as number[];
  assertEquals(actual.size, values.length, what);
  actual.dataSync().forEach((value, i) => {
    assert(
      Math.abs(value - values[i]) <= tolerance * Math.max(1, Math.abs(values[i])),
      `${what} [${i}]: ${value}, Keras ${values[i]}`,
    );
  });
}

/** A layer with weights and inputs, as both sides get them. */
function prepare({ title, make, shape, training = false, mask, positive, below }: LayerCase, i: number) {
  const layer = make();
  const list = Array.isArray(shape[0]);
  const shapes = (list ? shape : [shape]) as number[][];
  const inputs = shapes.map((shape, k) => {
    const values = numbers(shape.reduce((a, b) => a * b, 1), i + 1 + 17 * k);
    return tf.tensor(below ? values.map((value) => Math.floor(Math.abs(value) * 1000) % below) : values, shape);
  });
  const known = shapes.map((shape) => [null, ...shape.slice(1)]);
  layer.ensureBuilt(list ? known : known[0]);
  layer.setWeights(layer.weights.map((weight, k) => {
    // Keras counts in whole numbers.
    if (weight.name === "count") return tf.zeros(weight.shape);
    const values = numbers(weight.size, 50 + k);
    return tf.tensor(positive?.test(weight.name) ? values.map((v) => Math.abs(v) + 0.1) : values, weight.shape);
  }));
  return { title, layer, inputs, list, training, mask, known };
}

type Prepared = ReturnType<typeof prepare>;

interface Serialized {
  module: string;
  class_name: "Add";
  config: Record<string, unknown>;
}

/** A layer made from a config by Keras' names in camelCase, layers within it as well; other objects are left out. */
function fromConfig(className: "Add", config: Record<string, unknown>): Layer {
  const options = Object.entries(config).flatMap(([key, value]) => {
    const name = key.replace(/_([a-z])/g, (_, c) => c.toUpperCase());
    if (isPlain(value)) return [[name, value]];
    const { module, class_name, config } = value as Serialized;
    return module === "keras.layers" ? [[name, fromConfig(class_name, config)]] : [];
  });
  const make = layers[className] as new (options: object) => Layer;
  return new make(Object.fromEntries(options));
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null || !("class_name" in value);
}

/** A config as JSON, without what is another one's each time: a name's number, and the batch that an inner layer was built for. */
function comparable(config: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(config, (key, value) => {
    if (key === "input_shape") return value.slice(1);
    return key === "name" ? value.replace(/_\d+$/, "") : value;
  });
  return JSON.parse(text);
}

function assertSame(
  { layer, inputs, list, training, mask, known }: Prepared,
  expected: Answer,
  direction: number[],
): void {
  const variables = layer.trainableWeights.map(({ variable }) => variable);
  let y!: tf.Tensor;
  const { grads } = tf.engine().gradients(
    () => {
      const losses: tf.Tensor[] = [];
      const context = { training, losses, mask: mask && tf.tensor2d(mask).cast("bool") };
      y = tf.keep(layer.run(list ? inputs : inputs[0], context) as tf.Tensor);
      const total = tf.sum(tf.mul(y, tf.tensor(direction.slice(0, y.size), y.shape)));
      for (const { regularizer, variable } of layer.trainableWeights) {
        if (regularizer) losses.push(regularizer.call(variable));
      }
      return losses.reduce<tf.Tensor>((a, b) => tf.add(a, b), total);
    },
    [...inputs, ...variables],
    undefined,
    true,
  );
  assertEquals(layer.computeOutputShape(list ? known : known[0]), [null, ...y.shape.slice(1)]);
  assertNear(y, expected.y, 1e-5, "output");
  grads.forEach((gradient, k) => {
    const theirs = expected.gradients[k];
    if (theirs !== null) assertNear(gradient, theirs, 1e-4, `gradient ${k}`);
  });
  layer.weights.forEach((weight, k) => assertNear(weight.variable, expected.weights[k], 1e-5, weight.name));
  const config = comparable(layer.getConfig());
  assertEquals(config, comparable(expected.config));
  const again = comparable(fromConfig(layer.className as "Add", layer.getConfig()).getConfig());
  const plain = Object.entries(again).filter(([key]) => isPlain(config[key]));
  assertEquals({ ...config, ...Object.fromEntries(plain) }, config, "made again from its config");
}

/** Tests that each layer has Keras' outputs, gradients, weights afterwards and config, on WASM and on the CPU backend. */
export function layersLikeKeras(family: string, cases: LayerCase[]): void {
  peerTest(`${family} compute Keras' outputs and gradients and have Keras' configs`, async (ask, t) => {
    const direction = [...numbers(4000, 3)];
    const answers = await ask(
      KERAS,
      cases.map(prepare).map(({ layer, inputs, list, training, mask = null }) => ({
        class: layer.className,
        config: layer.getConfig(),
        inputs: inputs.map((x) => x.arraySync()),
        list,
        training,
        mask,
        weights: layer.getWeights().map((weight) => weight.arraySync()),
        direction,
      })),
    ) as Answer[];
    for (const backend of ["wasm", "cpu"] as const) {
      await useBackend(backend);
      try {
        for (const [i, given] of cases.entries()) {
          await t.step(`${given.title}, on ${backend}`, () => assertSame(prepare(given, i), answers[i], direction));
        }
      } finally {
        await useBackend("wasm");
      }
    }
  });
}
