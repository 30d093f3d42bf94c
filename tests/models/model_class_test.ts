import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type CallContext, input, Layer, layers, Model, model, sequential, type Tensors } from "baeum/models";
import { tf } from "baeum/tensors";
import "../seeded.ts";

class Noted extends Layer {
  readonly seen: boolean[] = [];
  override call(x: Tensors, { training }: CallContext): Tensors {
    this.seen.push(training);
    return x;
  }
}

class Outer extends Model {
  noted = new Noted();
  dropout = layers.dropout({ rate: 0.5, seed: 1 });
  blocks = { first: layers.dense({ units: 4 }), rest: [layers.dense({ units: 3 }), layers.dense({ units: 2 })] };

  override call(x: tf.Tensor): Tensors {
    const { first, rest } = this.blocks;
    return rest.reduce((y, layer) => layer.apply(y), first.apply(this.dropout.apply(this.noted.apply(x))));
  }
}

Deno.test("a model class finds the layers in its properties, arrays and objects, in order", async () => {
  const outer = new Outer();
  assertEquals(outer.layers.map((layer) => layer.className), ["Noted", "Dropout", "Dense", "Dense", "Dense"]);
  assertEquals(outer.countParams(), 0);
  outer.compile({ loss: "mse" });
  await outer.fit(tf.ones([4, 5]), tf.ones([4, 2]), { verbose: 0 });
  assertEquals(outer.countParams(), 5 * 4 + 4 + 4 * 3 + 3 + 3 * 2 + 2);
});

Deno.test("layers that a call applies know whether the model trains", async () => {
  const outer = new Outer();
  const x = tf.ones([4, 5]);
  outer.predict(x);
  assertEquals(new Set(outer.noted.seen), new Set([false]));
  outer.noted.seen.length = 0;
  outer.compile({ loss: "mse" });
  await outer.fit(x, tf.ones([4, 2]), { verbose: 0 });
  assert(outer.noted.seen.includes(true));
});

Deno.test("a layer of one's own that changes the shape can stand in a functional model", () => {
  class Pairs extends Layer {
    override call(x: Tensors): Tensors {
      return tf.concat([x as tf.Tensor, x as tf.Tensor], -1);
    }
  }
  const x = input({ shape: [null, 3] });
  const y = new Pairs().apply(x);
  assertEquals(y.shape, [null, null, 6]);
  assertEquals(model({ inputs: x, outputs: y }).predict(tf.ones([2, 4, 3])).shape, [2, 4, 6]);
});

Deno.test("a layer that gives several tensors has a model give several predictions", () => {
  class Split extends Layer {
    override call(x: Tensors): Tensors {
      return tf.split(x as tf.Tensor, 2, -1);
    }
  }
  const split = new Split();
  class TwoSides extends Model {
    split = split;
    override call(x: tf.Tensor): Tensors {
      return this.split.call(x);
    }
  }
  const [left, right] = new TwoSides().predict<tf.Tensor[]>([[1, 2, 3, 4]]);
  assertEquals([left.arraySync(), right.arraySync()], [[[1, 2]], [[3, 4]]]);
});

Deno.test("freezing a layer drops the recorded step: its weights stay, the others move", async () => {
  const frozen = layers.dense({ units: 3, inputShape: [2] });
  const network = sequential({ layers: [frozen, layers.dense({ units: 1 })] });
  network.compile({ loss: "mse", optimizer: "sgd" });
  const [x, y] = [tf.randomUniform([32, 2], -1, 1, "float32", 1), tf.ones([32, 1])];
  await network.fit(x, y, { epochs: 3, batchSize: 8, verbose: 0 });
  frozen.trainable = false;
  const before = network.weights.map(({ variable }) => [...variable.dataSync()]);
  await network.fit(x, y, { epochs: 3, batchSize: 8, verbose: 0 });
  const moved = network.weights.map(({ variable }, i) =>
    before[i].some((value, k) => variable.dataSync()[k] !== value)
  );
  assertEquals(moved, [false, false, true, true]);
  assertEquals(network.explainTraining(), "recorded");
  frozen.trainable = true;
  await network.fit(x, y, { epochs: 1, batchSize: 8, verbose: 0 });
  assert(before[0].some((value, k) => network.weights[0].variable.dataSync()[k] !== value));
});

Deno.test("wrong data is refused with both sides named, and what fit made is given back", async () => {
  const [a, b] = [input({ shape: [3], name: "a" }), input({ shape: [2], name: "b" })];
  const joined = layers.concatenate().apply([a, b]);
  const network = model({ inputs: [a, b], outputs: layers.dense({ units: 1, name: "out" }).apply(joined) });
  network.compile({ loss: "mse" });
  const rows = (width: number, count = 8) => Array.from({ length: count }, () => Array(width).fill(1));
  await network.fit([rows(3), rows(2)], rows(1), { verbose: 0 });
  const before = tf.memory().numTensors;
  const wrong: [() => Promise<unknown>, string][] = [
    [() => network.fit([rows(3)], rows(1)), "takes 2 inputs (a, b). Received: 1"],
    [() => network.fit({ a: rows(3), c: rows(2) }, rows(1)), "inputs are a, b. Received: a, c"],
    [() => network.fit([rows(3), rows(4)], rows(1)), '"b" expects an input of shape (None, 2). Received: (8, 4)'],
    [() => network.fit([rows(3), rows(2)], rows(1, 7)), "the same number of samples. Received: 8 and 8 and 7"],
    [() => network.fit([rows(3), rows(2)], rows(1), { sampleWeight: [1, 2] }), "the same number of samples"],
    [() => network.fit([rows(3), rows(2)], rows(2), { verbose: 0 }), "they must agree"],
    [
      () => network.fit([rows(3), rows(2)], rows(1), { classWeight: {}, sampleWeight: Array(8).fill(1) }),
      "cannot be used at the same time",
    ],
    [() => network.fit([rows(3), rows(2)], rows(1), { stepsPerEpoch: 0 }), "stepsPerEpoch is a whole number"],
    [() => network.fit([rows(3, 0), rows(2, 0)], rows(1, 0)), "Received"],
  ];
  for (const [attempt, message] of wrong) await assertRejects(attempt, Error, message);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("compile refuses losses, weights and metrics that do not fit the outputs", async () => {
  const x = input({ shape: [2] });
  const outputs = ["left", "right"].map((name) => layers.dense({ units: 1, name }).apply(x));
  const network = model({ inputs: x, outputs });
  const fit = () => network.fit(tf.ones([4, 2]), [tf.ones([4, 1]), tf.ones([4, 1])], { verbose: 0 });
  network.compile({ loss: ["mse"] });
  await assertRejects(fit, RangeError, "loss needs an entry for each of the model's 2 outputs. Received: 1");
  network.compile({ loss: { left: "mse", middle: "mse" } });
  await assertRejects(fit, RangeError, "outputs are left, right. Received in loss: left, middle");
  network.compile({ loss: "mse", metrics: ["mae"] });
  await assertRejects(fit, RangeError, "metrics needs an entry for each");
  network.compile({ loss: "mse", lossWeights: 0.5 });
  await assertRejects(fit, RangeError, "lossWeights needs an entry for each");
  assertThrows(() => network.compile({ loss: ["mse", "mze" as "mse"] }), RangeError, 'Did you mean "mse"');
});
