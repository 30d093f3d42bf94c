import { assert, assertEquals, assertThrows } from "@std/assert";
import { input, layers, model, sequential } from "baeum/models";
import { tf } from "baeum/tensors";
import "../seeded.ts";

Deno.test("Lambda finds the shape that its function gives, and leaves unknown what the input leaves unknown", () => {
  const halves = layers.lambda({ function: (x) => tf.concat([x as tf.Tensor, x as tf.Tensor], 1).mean(2) });
  assertEquals(halves.apply(input({ shape: [5, 3] })).shape, [null, 10]);
  assertEquals(halves.computeOutputShape([null, null, 3]), [null, null]);
});

Deno.test("Lambda takes several inputs, and gives its function the arguments and whether it trains", () => {
  const seen: unknown[] = [];
  const weighted = layers.lambda({
    function: (inputs, { training, share }) => {
      seen.push(training);
      const [a, b] = inputs as tf.Tensor[];
      return a.mul(share as number).add(b);
    },
    arguments: { share: 3 },
    outputShape: [2],
  });
  const [a, b] = [input({ shape: [2] }), input({ shape: [2] })];
  assertEquals(weighted.apply([a, b]).shape, [null, 2]);
  assertEquals(seen, [], "a given outputShape needs no trial");
  assertEquals(weighted.apply([tf.ones([1, 2]), tf.ones([1, 2])], { training: true }).arraySync(), [[4, 4]]);
  assertEquals(seen, [true]);
});

Deno.test("a model with a Lambda trains through its function, in recorded steps", async () => {
  const x = input({ shape: [2] });
  const squares = layers.lambda({ function: (x) => tf.square(x as tf.Tensor) }).apply(
    layers.dense({ units: 2, kernelInitializer: "ones", useBias: false }).apply(x),
  );
  const net = model({ inputs: x, outputs: squares });
  net.compile({ loss: "mse", optimizer: "sgd" });
  const data = tf.tensor2d([[1, 0], [0, 1], [1, 1], [0, 0.5]]);
  const { history } = await net.fit(data, tf.zeros([4, 2]), { epochs: 20, verbose: 0 });
  assertEquals(net.explainTraining(), "recorded");
  assert(history.loss.at(-1)! < history.loss[0] / 2);
});

Deno.test("Lambda says that its function failed on zeros, and why", () => {
  const broken = layers.lambda({
    function: () => {
      throw new RangeError("no zeros please");
    },
  });
  const error = assertThrows(() => sequential({ layers: [layers.inputLayer({ shape: [2] }), broken] }), Error);
  assert(error.message.includes("outputShape") && (error.cause as Error).message === "no zeros please");
  assertThrows(() => layers.lambda({ function: "x => x" as unknown as () => tf.Tensor }), TypeError, "string");
});

Deno.test("Lambda's config holds its function's source under the class that Keras refuses in safe mode", () => {
  const { function: code } = layers.lambda({ function: (x) => tf.neg(x as tf.Tensor) }).getConfig();
  const { class_name, config } = code as { class_name: string; config: { code: string } };
  assertEquals(class_name, "__lambda__");
  assert(config.code.includes("tf.neg"));
});
