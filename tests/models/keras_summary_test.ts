import { assert, assertEquals, assertRejects } from "@std/assert";
import { clearSession, input, layers, type Model, model, plotModel, sequential } from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** The same models' summaries in Keras, in a terminal of 80 columns. */
const KERAS = `
import os
os.environ["COLUMNS"] = "80"
import numpy as np, keras
from keras import layers
def text(model, **options):
    lines = []
    model.summary(print_fn=lines.append, **options)
    return "\\n".join(lines).rstrip()
chain = keras.Sequential([layers.Input((784,)), layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu"), layers.Dense(10)], name="fashion")
unbuilt = keras.Sequential([layers.Dense(3, name="a_very_long_name_of_a_layer_that_does_not_fit"), layers.Dense(4)], name="unbuilt")
trained = keras.Sequential([layers.Input((3,)), layers.Dense(3, name="first"), layers.Dense(2, name="second")], name="trained")
trained.compile(optimizer="adam", loss="mse")
trained.fit(np.ones((4, 3)), np.ones((4, 2)), verbose=0)
trained.layers[0].trainable = False
i, j = layers.Input((3,), name="left"), layers.Input((2,), name="right")
twin = layers.Dense(4, name="shared")
joined = layers.Concatenate(name="joined_in_the_middle")([twin(i), twin(layers.Dense(3, name="wide")(j))])
graph = keras.Model([i, j], layers.Dense(2, name="out")(joined), name="graph")
nested = keras.Model([i, j], layers.Dense(1, name="last")(graph([i, j])), name="nested")
straight_in = layers.Input((5,), name="only")
straight = keras.Model(straight_in, layers.Dense(1, name="end")(straight_in), name="straight")
wide_in = layers.Input((8, 2), name="입력")
pool = layers.MaxPooling1D(2, name="풀링층")
twice = keras.Model(wide_in, pool(pool(wide_in)), name="모델")
middle = layers.Dense(4, name="가운데")(straight_in)
two_ends = keras.Model(straight_in, [layers.Dense(1, name="끝")(middle), middle], name="two_ends")
counted = keras.Sequential([layers.Input((3,)), layers.Normalization(name="normalized"), layers.Dense(1, name="last")], name="counted")
counted.compile(optimizer="nadam", loss="mse")
counted.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
answer = {"twice": text(twice), "two_ends": text(two_ends), "counted": text(counted), "chain": text(chain), "unbuilt": text(unbuilt), "trained": text(trained), "graph": text(graph), "nested": text(nested),
    "expanded": text(nested, expand_nested=True), "straight": text(straight)}
`;

function summaryOf(network: Model, options = {}): string {
  let text = "";
  network.summary({ ...options, print: (printed) => text = printed });
  return text;
}

function graph(): { graph: Model; nested: Model } {
  const [i, j] = [input({ shape: [3], name: "left" }), input({ shape: [2], name: "right" })];
  const twin = layers.dense({ units: 4, name: "shared" });
  const wide = layers.dense({ units: 3, name: "wide" }).apply(j);
  const joined = layers.concatenate({ name: "joined_in_the_middle" }).apply([twin.apply(i), twin.apply(wide)]);
  const graph = model({
    inputs: [i, j],
    outputs: layers.dense({ units: 2, name: "out" }).apply(joined),
    name: "graph",
  });
  const last = layers.dense({ units: 1, name: "last" }).apply(graph.apply([i, j]));
  return { graph, nested: model({ inputs: [i, j], outputs: last, name: "nested" }) };
}

peerTest("summary prints what Keras prints, to the character", async (ask) => {
  const keras = await ask(KERAS) as Record<string, string>;
  clearSession();
  const chain = sequential({
    name: "fashion",
    layers: [
      layers.dense({ units: 300, activation: "relu", inputShape: [784] }),
      layers.dense({ units: 100, activation: "relu" }),
      layers.dense({ units: 10 }),
    ],
  });
  assertEquals(summaryOf(chain), keras.chain);
  assertEquals(chain.countParams(), 266_610);
  const unbuilt = sequential({
    name: "unbuilt",
    layers: [
      layers.dense({ units: 3, name: "a_very_long_name_of_a_layer_that_does_not_fit" }),
      layers.dense({ units: 4 }),
    ],
  });
  assertEquals(summaryOf(unbuilt), keras.unbuilt);
  const trained = sequential({
    name: "trained",
    layers: [layers.dense({ units: 3, inputShape: [3], name: "first" }), layers.dense({ units: 2, name: "second" })],
  });
  trained.compile({ optimizer: "adam", loss: "mse" });
  await trained.fit(tf.ones([4, 3]), tf.ones([4, 2]), { verbose: 0 });
  trained.layers[0].trainable = false;
  assertEquals(summaryOf(trained), keras.trained);
  const made = graph();
  assertEquals(summaryOf(made.graph), keras.graph);
  assertEquals(summaryOf(made.nested), keras.nested);
  assertEquals(summaryOf(made.nested, { expandNested: true }), keras.expanded);
  const only = input({ shape: [5], name: "only" });
  const straight = model({
    inputs: only,
    outputs: layers.dense({ units: 1, name: "end" }).apply(only),
    name: "straight",
  });
  assertEquals(summaryOf(straight), keras.straight);
  const wide = input({ shape: [8, 2], name: "입력" });
  const pool = layers.maxPooling1d({ poolSize: 2, name: "풀링층" });
  const twice = model({ inputs: wide, outputs: pool.apply(pool.apply(wide)), name: "모델" });
  assertEquals(summaryOf(twice), keras.twice);
  const middle = layers.dense({ units: 4, name: "가운데" }).apply(only);
  const end = layers.dense({ units: 1, name: "끝" }).apply(middle);
  assertEquals(summaryOf(model({ inputs: only, outputs: [end, middle], name: "two_ends" })), keras.two_ends);
  const counted = sequential({
    name: "counted",
    layers: [layers.normalization({ name: "normalized", inputShape: [3] }), layers.dense({ units: 1, name: "last" })],
  });
  counted.compile({ optimizer: "nadam", loss: "mse" });
  await counted.fit(tf.ones([4, 3]), tf.ones([4, 1]), { verbose: 0 });
  assertEquals(summaryOf(counted), keras.counted);
});

Deno.test("plotModel draws a table for each layer and an arrow for each connection, with words for who cannot see it", async () => {
  const made = graph();
  const { svg, alt } = await plotModel(made.graph, { showShapes: true, showLayerNames: true });
  const count = (mark: string) => svg.split(mark).length - 1;
  assertEquals(count('class="node"'), 6);
  assertEquals(count('class="edge"'), 5);
  assert(svg.includes("(None, 4)") && svg.includes("joined_in_the_middle"));
  assert(alt.startsWith("Model graph, 6 layers:"), alt);
  assert(alt.includes("left (InputLayer) → shared (Dense)"));
  assert(svg.startsWith('<svg role="img" aria-label="Model graph'));
});

Deno.test("plotModel draws a model within a model as one table, or with its layers in a frame", async () => {
  const { nested } = graph();
  const closed = await plotModel(nested);
  assertEquals(closed.svg.split('class="node"').length - 1, 4);
  const open = await plotModel(nested, { expandNested: true });
  assertEquals(open.svg.split('class="cluster"').length - 1, 1);
  assertEquals(open.svg.split('class="node"').length - 1, 7);
});

Deno.test("plotModel writes names with characters of HTML as they are, and refuses a model without shapes", async () => {
  const odd = sequential({ layers: [layers.dense({ units: 1, inputShape: [2], name: 'a<b&"c"' })], name: "<odd>" });
  const { svg, alt } = await plotModel(odd, { showLayerNames: true });
  assert(svg.includes("a&lt;b&amp;"));
  assertEquals(alt, 'Model <odd>, 1 layer: a<b&"c" (Dense).');
  await assertRejects(
    () => plotModel(sequential({ layers: [layers.dense({ units: 1 })] })),
    Error,
    "is not built yet",
  );
});
