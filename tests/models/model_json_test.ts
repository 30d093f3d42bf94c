import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import {
  cloneModel,
  Functional,
  input,
  Layer,
  layers,
  loadModel,
  Model,
  model,
  modelFromJson,
  Sequential,
  sequential,
  type Tensors,
} from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

function stack(): Sequential {
  const made = sequential({
    name: "stack",
    layers: [
      layers.dense({ units: 6, activation: "relu", inputShape: [4], kernelRegularizer: "l2" }),
      layers.reshape({ targetShape: [3, 2] }),
      layers.bidirectional({ layer: layers.lstm({ units: 2 }) }),
      layers.dropout({ rate: 0.3 }),
      layers.dense({ units: 1 }),
    ],
  });
  made.compile({ loss: "mse", optimizer: "adam", metrics: ["mae"] });
  return made;
}

function graph(): Functional {
  const [a, b] = [input({ shape: [3], name: "a" }), input({ shape: [4], name: "b" })];
  const shared = layers.dense({ units: 4, activation: "tanh" });
  const deep = shared.apply(shared.apply(b));
  const joined = layers.concatenate().apply([a, deep]);
  return model({
    inputs: [a, b],
    outputs: [
      layers.dense({ units: 2, name: "main" }).apply(joined),
      layers.dense({ units: 1, name: "aux" }).apply(deep),
    ],
    name: "graph",
  });
}

const x = tf.randomUniform([5, 4], -1, 1, "float32", 3);
const lists = (tensors: tf.Tensor[]) => tensors.map((tensor) => tensor.arraySync());

Deno.test("a model made from its JSON or config has the same layers and, with the same weights, the same predictions", () => {
  const [first, second] = [stack(), graph()];
  const stacks = [modelFromJson(first.toJson()), Sequential.fromConfig(first.getConfig()), cloneModel(first)];
  for (const made of stacks) {
    assertEquals(made.layers.map(({ name }) => name), first.layers.map(({ name }) => name));
    assertNotEquals(lists(made.getWeights()), lists(first.getWeights()));
    made.setWeights(first.getWeights());
    assertEquals(made.predict(x).arraySync(), first.predict(x).arraySync());
  }
  assertEquals(stacks.map(({ isCompiled }) => isCompiled), [true, false, false]);
  assertEquals(stacks[0].optimizer.getConfig(), first.optimizer.getConfig());
  const data = [x.slice([0, 0], [5, 3]), x];
  for (const made of [modelFromJson(second.toJson()), Functional.fromConfig(second.getConfig()), cloneModel(second)]) {
    made.setWeights(second.getWeights());
    assertEquals(lists(made.predict<tf.Tensor[]>(data)), lists(second.predict<tf.Tensor[]>(data)));
    assertEquals([made.name, made.isCompiled], ["graph", false]);
  }
});

class Scale extends Layer {
  readonly by: number;
  constructor({ by, name }: { by: number; name?: string }) {
    super({ name });
    this.by = by;
  }
  override call(x: Tensors): tf.Tensor {
    return tf.mul(x as tf.Tensor, this.by);
  }
  override getConfig() {
    return { ...super.getConfig(), by: this.by };
  }
}

Deno.test("a clone keeps layers of one's own and functions with what they have closed over, though no file could", () => {
  const by = 5;
  const made = sequential({
    layers: [
      new Scale({ by: 3 }),
      layers.lambda({ function: (x) => tf.mul(x as tf.Tensor, by), outputShape: [4] }),
      layers.dense({ units: 1, inputShape: [4], kernelInitializer: "ones" }),
    ],
  });
  made.predict(x);
  const other = cloneModel(made);
  assertEquals(other.predict(x).arraySync(), made.predict(x).arraySync());
  assertThrows(() => modelFromJson(made.toJson()), RangeError, "Scale");
  assertThrows(() => modelFromJson(made.toJson(), { customObjects: { Scale } }), TypeError, "safeMode: false");
});

Deno.test("Lambda's text runs only where safeMode is false, with tf and its arguments, and Python's never", async () => {
  const folder = await Deno.makeTempDir();
  const made = sequential({
    layers: [
      layers.dense({ units: 3, inputShape: [4] }),
      layers.lambda({
        function: (inputs, { share }) => tf.square(inputs as tf.Tensor).mul(share as number),
        arguments: { share: 0.5 },
      }),
    ],
  });
  made.compile({ loss: "mse", optimizer: "sgd" });
  for (const path of [`${folder}/m.keras`, `${folder}/m.h5`]) {
    await made.save(path);
    await assertRejects(() => loadModel(path), TypeError, "safeMode: false");
    const again = await loadModel(path, { safeMode: false });
    assertEquals(again.predict(x).arraySync(), made.predict(x).arraySync());
    await again.fit(x, tf.ones([5, 3]), { verbose: 0 });
  }
  const object = JSON.parse(made.toJson());
  const withFunction = (value: unknown) => {
    object.config.layers[2].config.function = value;
    return () => modelFromJson(JSON.stringify(object), { safeMode: false });
  };
  const own = (code: string) => withFunction({ class_name: "__lambda__", config: { code, language: "javascript" } });
  const python = { class_name: "__lambda__", config: { code: "4wEAAAAAAAAAAAAAAAIAAAADAAAA8w==", defaults: null } };
  assertThrows(withFunction(python), TypeError, "a function of Python");
  assertThrows(withFunction({ class_name: "function", config: "f" }), TypeError, "a function of Python");
  assertThrows(withFunction(null), TypeError, "a function of Python");
  assertThrows(own("x => "), TypeError, "cannot be made from its text");
  assertThrows(own("42"), TypeError, "holds no function");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what is no model's description is refused", () => {
  class Own extends Model {
    override call(x: Tensors) {
      return x;
    }
  }
  assertThrows(() => new Own().toJson(), TypeError, "a class of its own");
  assertThrows(() => cloneModel(new Own()), TypeError, "a class of its own");
  assertThrows(() => modelFromJson("{"), SyntaxError);
  assertThrows(() => modelFromJson("[]"), TypeError, "class_name");
  assertThrows(() => modelFromJson("null"), TypeError, "class_name");
  const dense = { class_name: "Dense", config: { units: 2, name: "d" } };
  assertThrows(() => modelFromJson(JSON.stringify(dense)), TypeError, "not a model");
});

const KERAS = `
import numpy as np, keras
def same(text, weights, xs):
    model = keras.models.model_from_json(text)
    model.set_weights([np.array(w, "float32") for w in weights])
    out = model.predict([np.array(x, "float32") for x in xs] if len(xs) > 1 else np.array(xs[0], "float32"), verbose=0)
    out = out if isinstance(out, list) else [out]
    return {"out": [o.tolist() for o in out], "names": [l.name for l in model.layers], "compiled": model.compiled}
theirs = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="gelu"), keras.layers.LayerNormalization()])
theirs.compile(optimizer=keras.optimizers.RMSprop(0.02, momentum=0.5), loss="mae", metrics=["mse"])
lamb = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: x * 2)])
xs = np.array(given["x"], "float32")
answer = {"ours": [same(*case) for case in given["cases"]], "json": theirs.to_json(), "lambda": lamb.to_json(),
  "weights": [w.tolist() for w in theirs.get_weights()], "out": theirs.predict(xs, verbose=0).tolist()}
`;

peerTest("Keras makes the same models from our JSON, and we from Keras'", async (ask) => {
  const [first, second] = [stack(), graph()];
  const values = (made: Model) => made.getWeights().map((weight) => weight.arraySync());
  const data = [x.slice([0, 0], [5, 3]), x];
  const answer = await ask(KERAS, {
    x: x.arraySync(),
    cases: [
      [first.toJson(), values(first), [x.arraySync()]],
      [second.toJson(), values(second), lists(data)],
    ],
  }) as {
    ours: { out: number[][][]; names: string[]; compiled: boolean }[];
    json: string;
    lambda: string;
    weights: number[][];
    out: number[][];
  };
  const near = (actual: tf.Tensor[], expected: number[][][]) =>
    actual.forEach((tensor, i) => assert(tensor.sub(tf.tensor(expected[i])).abs().max().dataSync()[0] < 1e-5));
  near([first.predict(x)], answer.ours[0].out);
  near(second.predict<tf.Tensor[]>(data), answer.ours[1].out);
  assertEquals(answer.ours.map(({ compiled }) => compiled), [true, false]);
  assertEquals(answer.ours[0].names, first.layers.map(({ name }) => name));
  const theirs = modelFromJson(answer.json);
  theirs.setWeights(answer.weights.map((weight) => tf.tensor(weight)));
  near([theirs.predict(x)], [answer.out]);
  assertEquals([theirs.optimizer.className, Math.fround(theirs.optimizer.learningRate)], [
    "RMSprop",
    Math.fround(0.02),
  ]);
  assertThrows(() => modelFromJson(answer.lambda), TypeError, "safeMode: false");
  assertThrows(() => modelFromJson(answer.lambda, { safeMode: false }), TypeError, "a function of Python");
});

Deno.test("a description with an empty compile_config, as Keras writes it of a model that was not compiled, leaves it so", () => {
  const first = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
  const text = JSON.stringify({ ...JSON.parse(first.toJson()), compile_config: {} });
  assertEquals(modelFromJson(text).isCompiled, false);
});
