import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { describe, normalize, oneHot, padSequences, shuffle } from "baeum/preprocessing";
import { random, tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

Deno.test("oneHot sorts numbers by size and strings by letters", () => {
  assertEquals(oneHot([10, 9, 100]).classes, [9, 10, 100]);
  assertEquals(oneHot(["b", "a"]).encoded.arraySync(), [[0, 1], [1, 0]]);
});

Deno.test("oneHot refuses no labels and labels that are not numbers", () => {
  assertThrows(() => oneHot([]), RangeError, "Received: 0");
  assertThrows(() => oneHot([1, NaN]), RangeError, "NaN at position 1");
});

peerTest("shuffle orders samples as scikit-learn does, tensors and arrays alike", async (ask) => {
  const code = `
from sklearn.utils import shuffle
answer = [shuffle(list(range(31)), random_state=seed) for seed in range(20)]`;
  const values = Array.from({ length: 31 }, (_, i) => i);
  const ours = values.slice(0, 20).map((randomState) => {
    const [array, tensor] = shuffle(values, tf.tensor1d(values), { randomState });
    assertEquals([...tensor.dataSync()], array);
    return array;
  });
  assertEquals(ours, await ask(code));
});

peerTest("normalize equals Keras' for the orders 1, 2 and 3 along both axes", async (ask) => {
  const x = [[1, -2, 3], [0, 0, 0], [4, 5, -6]];
  // Keras takes axis 0 of a NumPy array for the last one, so it is asked with a tensor.
  const code = `
import keras, numpy as np
answer = [np.asarray(keras.utils.normalize(keras.ops.convert_to_tensor(np.array(given, "float32")), axis=axis, order=order)).ravel().tolist()
  for axis in [0, 1, -1] for order in [1, 2, 3]]`;
  const expected = (await ask(code, x) as number[][]).flat();
  const ours = [0, 1, -1].flatMap((axis) =>
    [1, 2, 3].flatMap((order) => [...normalize(x, { axis, order }).dataSync()])
  );
  ours.forEach((value, i) => assertAlmostEquals(value, expected[i], 2e-7));
});

Deno.test("normalize by the largest magnitude makes it 1", () => {
  assertEquals(normalize([[1, -4, 2]], { order: Infinity }).arraySync(), [[0.25, -1, 0.5]]);
});

Deno.test("normalize refuses an axis that is not there and an order that is not positive", () => {
  assertThrows(() => normalize([[1, 2]], { axis: 2 }), RangeError, "axis 2 does not exist. Received: shape [1, 2]");
  assertThrows(() => normalize([1], { order: 0 }), RangeError, "Received: 0");
});

peerTest("padSequences equals Keras' for both sides of padding and truncating", async (ask) => {
  const sequences = [[1], [2, 3], [4, 5, 6, 7], []];
  const cases = [{}, { maxLen: 2 }, { maxLen: 6, value: 9 }].flatMap((options) =>
    (["pre", "post"] as const).flatMap((padding) =>
      (["pre", "post"] as const).map((truncating) => ({ ...options, padding, truncating }))
    )
  );
  const code = `
import keras
answer = [keras.utils.pad_sequences(given["sequences"], maxlen=c.get("maxLen"), padding=c["padding"],
  truncating=c["truncating"], value=c.get("value", 0)).tolist() for c in given["cases"]]`;
  const ours = cases.map((options) => padSequences(sequences, options).arraySync());
  assertEquals(ours, await ask(code, { sequences, cases }));
});

Deno.test("padSequences refuses fractions in int32 and takes them in float32", () => {
  assertThrows(() => padSequences([[1], [0.5]]), RangeError, "Received: 0.5 in sequence 1, place 0");
  assertEquals(padSequences([[0.5]], { dtype: "float32" }).arraySync(), [[0.5]]);
  assertThrows(() => padSequences([[1]], { maxLen: -1 }), RangeError, "Received: -1");
});

peerTest("describe equals pandas', with missing values and rows of one", async (ask) => {
  const state = new random.RandomState(5);
  const rows = Array.from({ length: 101 }, (_, i) => ({
    a: state.normal(50, 7) as number,
    b: i % 3 ? i : null,
    c: "text",
    d: i === 0 ? 4 : null,
  }));
  const code = `
import pandas as pd
d = pd.DataFrame(given)[["a", "b", "d"]].describe()
answer = [[None if pd.isna(v) else float(v) for v in row] for row in d.values] + [list(d.index)]`;
  const expected = await ask(code, rows) as [...(number | null)[][], string[]];
  const ours = describe(rows);
  assertEquals(ours.map(({ statistic }) => statistic), expected.pop() as string[]);
  ours.forEach((row, i) => {
    assertEquals(Object.keys(row), ["statistic", "a", "b", "d"]);
    [row.a, row.b, row.d].forEach((value, k) => {
      const pandas = (expected[i] as (number | null)[])[k];
      if (pandas === null) assertEquals(value, NaN);
      else assertAlmostEquals(value as number, pandas, 1e-12);
    });
  });
});

Deno.test("describe refuses rows without a column of numbers", () => {
  assertThrows(() => describe([{ a: "x" }]), RangeError, "Received: a");
  assertThrows(() => describe([]), RangeError, "no rows");
});
