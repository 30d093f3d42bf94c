import { assert, assertEquals } from "@std/assert";
import { input, Layer, layers, Model, model, type ModelData, sequential, type Shape, type Tensors } from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** The same models in Keras, given the same weights in the order in which getWeights has them, and trained. */
const KERAS = `
import numpy as np, keras
from keras import layers, ops
class WideAndDeep(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = [layers.Dense(5, activation="tanh"), layers.Dense(4, activation="tanh", kernel_regularizer="l2")]
        self.out = layers.Dense(1)
    def call(self, inputs):
        wide, deep = inputs
        for layer in self.hidden: deep = layer(deep)
        return self.out(ops.concatenate([wide, deep], axis=-1))
class Scale(layers.Layer):
    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), initializer="ones", name="factor")
        self.inner = layers.Dense(3)
        self.inner.build(shape)
    def call(self, x):
        self.add_loss(0.1 * ops.sum(ops.square(self.factor)))
        return ops.tanh(self.inner(x * self.factor))
def custom():
    x = layers.Input((3,))
    return keras.Model(x, layers.Dense(1)(Scale()(x)))
def shared():
    a, b = layers.Input((3,), name="a"), layers.Input((2,), name="b")
    twin = layers.Dense(4, activation="tanh", name="twin")
    widened = layers.Dense(3, name="widened")(b)
    joined = layers.Concatenate()([twin(a), twin(widened)])
    inner_in = layers.Input((8,))
    inner = keras.Model(inner_in, layers.Dense(2, activation="tanh")(layers.Dense(3)(inner_in)), name="inner")
    stack = keras.Sequential([layers.Dense(3, activation="tanh"), layers.Dense(2)], name="stack")
    return keras.Model([a, b], layers.Dense(1)(layers.Add()([inner(joined), stack(joined)])))
answer = []
for case in given:
    made = {"wide and deep": WideAndDeep, "custom": custom, "shared": shared}[case["model"]]()
    x, y = [np.array(v, "float32") for v in case["x"]], np.array(case["y"], "float32")
    if len(x) == 1: x = x[0]
    made.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    made.evaluate(x, y, verbose=0)
    made.set_weights([np.array(w, "float32") for w in case["weights"]])
    history = made.fit(x, y, batch_size=8, epochs=4, shuffle=False, verbose=0, validation_split=0.2)
    answer.append({"history": history.history, "shapes": [list(w.shape) for w in made.weights],
        "layers": [l.name for l in made.layers], "predicted": made.predict(x, verbose=0).ravel().tolist()})
`;

interface Answer {
  history: Record<string, number[]>;
  shapes: number[][];
  layers: string[];
  predicted: number[];
}

class WideAndDeep extends Model {
  hidden = [
    layers.dense({ units: 5, activation: "tanh" }),
    layers.dense({ units: 4, activation: "tanh", kernelRegularizer: "l2" }),
  ];
  out = layers.dense({ units: 1 });

  override call([wide, deep]: tf.Tensor[]): Tensors {
    const features = this.hidden.reduce((x, layer) => layer.apply(x), deep);
    return this.out.apply(tf.concat([wide, features], -1));
  }
}

class Scale extends Layer {
  inner = layers.dense({ units: 3 });

  override build(inputShape: Shape): void {
    this.addWeight("factor", { shape: [inputShape.at(-1)!], initializer: "ones" });
  }

  override call(x: Tensors): Tensors {
    const [factor] = this.weights;
    this.addLoss(tf.mul(tf.square(factor.variable), 0.1));
    return tf.tanh(this.inner.apply(tf.mul(x as tf.Tensor, factor.variable)));
  }

  override getConfig(): Record<string, unknown> {
    return super.getConfig();
  }
}

function shared(): Model {
  const [a, b] = [input({ shape: [3], name: "a" }), input({ shape: [2], name: "b" })];
  const twin = layers.dense({ units: 4, activation: "tanh", name: "twin" });
  const widened = layers.dense({ units: 3, name: "widened" }).apply(b);
  const joined = layers.concatenate().apply([twin.apply(a), twin.apply(widened)]);
  const innerInput = input({ shape: [8] });
  const deep = layers.dense({ units: 2, activation: "tanh" }).apply(layers.dense({ units: 3 }).apply(innerInput));
  const inner = model({ inputs: innerInput, outputs: deep, name: "inner" });
  const stack = sequentialOf("stack");
  const sum = layers.add().apply([inner.apply(joined), stack.apply(joined)]);
  return model({ inputs: [a, b], outputs: layers.dense({ units: 1 }).apply(sum) });
}

function sequentialOf(name: string): Model {
  return sequential({ layers: [layers.dense({ units: 3, activation: "tanh" }), layers.dense({ units: 2 })], name });
}

function custom(): Model {
  const x = input({ shape: [3] });
  return model({ inputs: x, outputs: layers.dense({ units: 1 }).apply(new Scale().apply(x)) });
}

/** 40 samples. */
function data(...widths: number[]): { x: tf.Tensor[]; y: tf.Tensor } {
  const x = widths.map((width, i) => tf.randomUniform([40, width], -1, 1, "float32", i + 1));
  return { x, y: tf.sin(tf.sum(x[0], 1, true)).add(0.3) };
}

const cases = [
  { model: "wide and deep", make: () => new WideAndDeep(), ...data(2, 3) },
  { model: "custom", make: custom, ...data(3) },
  { model: "shared", make: shared, ...data(3, 2) },
];

peerTest("models of one's own class, shared layers and nested models train as in Keras", async (ask, t) => {
  const made = await Promise.all(cases.map(async ({ make, x, y }) => {
    const network = make();
    network.compile({ loss: "mse", optimizer: "adam", metrics: ["mae"] });
    network.optimizer.learningRate = 0.01;
    await network.evaluate(x, y);
    return network;
  }));
  const answers = await ask(
    KERAS,
    cases.map(({ model, x, y }, i) => ({
      model,
      x: x.map((input) => input.arraySync()),
      y: y.arraySync(),
      weights: made[i].getWeights().map((weight) => weight.arraySync()),
    })),
  ) as Answer[];
  for (const [i, { model: title, x, y }] of cases.entries()) {
    await t.step(title, async () => {
      const network = made[i];
      const keras = answers[i];
      assertEquals(network.weights.map((weight) => weight.shape), keras.shapes);
      const named = (names: string[]) =>
        names.filter((name) => !/_\d+$|^(dense|input_layer|scale|add|concatenate)$/.test(name));
      assertEquals(named(network.layers.map((layer) => layer.name)), named(keras.layers));
      const { history } = await network.fit(x as ModelData, y, {
        batchSize: 8,
        epochs: 4,
        shuffle: false,
        verbose: 0,
        validationSplit: 0.2,
      });
      for (const [name, values] of Object.entries(keras.history)) {
        values.forEach((value, epoch) => near(history[name][epoch], value, `${name} of epoch ${epoch}`));
      }
      network.predict(x).dataSync().forEach((value, k) => near(value, keras.predicted[k], `prediction ${k}`));
      assertEquals(network.explainTraining(), "recorded");
    });
  }
});

function near(actual: number, expected: number, what: string): void {
  assert(
    Math.abs(actual - expected) <= 1e-4 * Math.max(0.1, Math.abs(expected)),
    `${what}: ${actual}, Keras ${expected}`,
  );
}
