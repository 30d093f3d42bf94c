import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { MinMaxScaler, StandardScaler } from "baeum/preprocessing";
import { random, tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Numbers of very different sizes, so that the order of additions shows. */
function rows(count: number, columns: number): number[][] {
  const state = new random.RandomState(3);
  const column = (c: number) => c === 2 ? 0.1 : state.normal(10 ** c, 10 ** (c - 1)) as number;
  return Array.from({ length: count }, () => Array.from({ length: columns }, (_, c) => column(c)));
}

for (const [count, columns] of [[1, 3], [5, 1], [100, 1], [1000, 1], [1000, 2], [777, 5]]) {
  const x = rows(count, columns);
  peerTest(`StandardScaler equals scikit-learn's to the last bit on [${count}, ${columns}]`, async (ask) => {
    const code = `
import numpy as np
from sklearn.preprocessing import StandardScaler
s = StandardScaler().fit(np.array(given))
t = s.transform(np.array(given))
answer = [s.mean_.tolist(), s.scale_.tolist(), t.tolist(), s.inverse_transform(t).tolist()]`;
    const scaler = new StandardScaler().fit(x);
    const { mean, scale } = scaler.parameters!;
    const transformed = scaler.transform(x);
    assertEquals([mean, scale, transformed, scaler.inverseTransform(transformed)], await ask(code, x));
  });

  peerTest(`MinMaxScaler equals scikit-learn's to the last bit on [${count}, ${columns}]`, async (ask) => {
    const code = `
import numpy as np
from sklearn.preprocessing import MinMaxScaler
s = MinMaxScaler(feature_range=(-1, 3)).fit(np.array(given))
t = s.transform(np.array(given))
answer = [s.scale_.tolist(), s.min_.tolist(), t.tolist(), s.inverse_transform(t).tolist()]`;
    const scaler = new MinMaxScaler({ range: [-1, 3] }).fit(x);
    const { scale, shift } = scaler.parameters!;
    const transformed = scaler.transform(x);
    assertEquals([scale, shift, transformed, scaler.inverseTransform(transformed)], await ask(code, x));
  });
}

Deno.test("MinMaxScaler maps a constant column to the range's low end, as scikit-learn does", () => {
  assertEquals(new MinMaxScaler({ range: [-2, 5] }).fitTransform([[7, 1], [7, 2]]), [[-2, -2], [-2, 5]]);
});

Deno.test("scalers answer tensors with tensors", () => {
  const x = tf.tensor2d([[1, 10], [3, 30]]);
  assertEquals(new MinMaxScaler().fitTransform(x).arraySync(), [[0, 0], [1, 1]]);
  assertAlmostEquals((new StandardScaler().fitTransform(x).arraySync())[0][0], -1);
});

Deno.test("scalers made of another's parameters transform alike", () => {
  const x = [[1, 10], [3, 30], [4, 35]];
  const standard = new StandardScaler().fit(x);
  assertEquals(new StandardScaler(JSON.parse(JSON.stringify(standard.parameters))).transform(x), standard.transform(x));
  const range = new MinMaxScaler().fit(x);
  assertEquals(new MinMaxScaler({ parameters: range.parameters }).transform(x), range.transform(x));
});

for (
  const [name, make] of [["StandardScaler", () => new StandardScaler()], [
    "MinMaxScaler",
    () => new MinMaxScaler(),
  ]] as const
) {
  Deno.test(`${name} refuses to transform before it was fitted, or rows of another width`, () => {
    assertThrows(() => make().transform([[1]]), Error, "call fit(x) first");
    assertThrows(() => make().fit([[1, 2]]).transform([[1]]), RangeError, "fitted to 2 columns. Received: 1");
  });

  Deno.test(`${name} refuses no rows, ragged rows and numbers that are none`, () => {
    assertThrows(() => make().fit([]), RangeError, "one row at least");
    assertThrows(() => make().fit([[1, 2], [3]]), RangeError, "2 columns. Received: 1");
    assertThrows(() => make().fit([[1, 2], [3, NaN]]), RangeError, "NaN in row 1, column 1");
  });
}

Deno.test("MinMaxScaler refuses a range that does not rise", () => {
  assertThrows(() => new MinMaxScaler({ range: [1, 1] }), RangeError, "range must rise. Received: [1, 1]");
});
