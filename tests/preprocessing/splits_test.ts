import { assertEquals, assertThrows } from "@std/assert";
import { KFold, trainTestSplit } from "baeum/preprocessing";
import { tf } from "baeum/tensors";
import { table } from "arquero";
import { peerTest } from "../peers.ts";

const seeds = Array.from({ length: 20 }, (_, i) => i * 37);
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

peerTest(
  "trainTestSplit gives scikit-learn's samples in its order for 20 seeds, sizes as shares and numbers",
  async (ask) => {
    const sizes = [{ testSize: 0.2 }, { testSize: 7 }, { trainSize: 0.3 }, { trainSize: 10, testSize: 0.33 }, {}];
    const code = `
from sklearn.model_selection import train_test_split
answer = [[a.tolist() for a in map(__import__("numpy").array, train_test_split(list(range(53)), random_state=seed, test_size=size.get("testSize"), train_size=size.get("trainSize")))]
  for seed in given["seeds"] for size in given["sizes"]]`;
    const ours = seeds.flatMap((randomState) =>
      sizes.map((size) => trainTestSplit(range(53), { ...size, randomState }))
    );
    assertEquals(ours, await ask(code, { seeds, sizes }));
  },
);

peerTest("trainTestSplit stratifies as scikit-learn does, for 20 seeds and classes of uneven size", async (ask) => {
  const labels = range(60).map((i) => i % 7 === 0 ? 3 : i % 5 === 0 ? 1 : i % 2 === 0 ? 10 : 2);
  const code = `
from sklearn.model_selection import train_test_split
answer = [train_test_split(list(range(60)), random_state=seed, test_size=size, stratify=given["labels"])
  for seed in given["seeds"] for size in [0.2, 0.5, 13]]`;
  const ours = seeds.flatMap((randomState) =>
    [0.2, 0.5, 13].map((testSize) => trainTestSplit(range(60), { testSize, randomState, stratify: labels }))
  );
  assertEquals(ours, await ask(code, { seeds, labels }));
});

peerTest("trainTestSplit splits California's 20,640 rows with randomState 42 as scikit-learn does", async (ask) => {
  const code = `
from sklearn.model_selection import train_test_split
answer = train_test_split(list(range(20640)), random_state=42)`;
  assertEquals(trainTestSplit(range(20640), { randomState: 42 }), await ask(code) as number[][]);
});

peerTest("KFold gives scikit-learn's folds for 20 seeds", async (ask) => {
  const code = `
from sklearn.model_selection import KFold
answer = [[[a.tolist() for a in fold] for fold in KFold(4, shuffle=True, random_state=seed).split(range(22))] for seed in given]`;
  const ours = seeds.map((randomState) =>
    [...new KFold({ splits: 4, shuffle: true, randomState }).split(range(22))]
      .map(({ train, test }) => [[...train], [...test]])
  );
  assertEquals(ours, await ask(code, seeds));
});

Deno.test("trainTestSplit takes the same rows of arrays, typed arrays, tensors and tables", () => {
  const [a, aTest, b, bTest, c, cTest, d, dTest] = trainTestSplit(
    range(10),
    Float64Array.from(range(10)),
    tf.tensor2d(range(20), [10, 2], "int32"),
    table({ row: range(10) }),
    { randomState: 1 },
  );
  assertEquals([a.length, aTest.length], [7, 3]);
  assertEquals([[...b], [...bTest]], [a, aTest]);
  assertEquals([c.arraySync(), cTest.shape, c.dtype], [a.map((i) => [2 * i, 2 * i + 1]), [3, 2], "int32"]);
  assertEquals([d.array("row"), dTest.array("row")], [a, aTest]);
});

Deno.test("trainTestSplit without shuffle cuts in order", () => {
  assertEquals(trainTestSplit(range(5), { shuffle: false, testSize: 2 }), [[0, 1, 2], [3, 4]]);
});

Deno.test("trainTestSplit refuses what cannot be split, saying what it received", () => {
  assertThrows(() => trainTestSplit([1, 2], [1]), RangeError, "same number of samples. Received: 2, 1");
  assertThrows(() => trainTestSplit(range(5), { testSize: 1.5 }), RangeError, "Received: 1.5");
  assertThrows(() => trainTestSplit(range(5), { testSize: 5 }), RangeError, "below 5. Received: 5");
  assertThrows(() => trainTestSplit(range(5), { testSize: 4, trainSize: 2 }), RangeError, "cannot be taken from 5");
  assertThrows(() => trainTestSplit(range(4), { stratify: [0, 0, 0, 1] }), RangeError, "a class of 1");
  assertThrows(() => trainTestSplit(range(4), { stratify: [0, 1] }), RangeError, "each of 4 samples. Received: 2");
  assertThrows(() => trainTestSplit(range(4), { stratify: [0, 0, 1, 1], shuffle: false }), RangeError, "needs shuffle");
  assertThrows(() => trainTestSplit(), TypeError, "Received: none");
});

Deno.test("KFold refuses fewer than two parts, fewer samples than parts, and a seed without a shuffle", () => {
  assertThrows(() => new KFold({ splits: 1 }), RangeError, "Received: 1");
  assertThrows(() => [...new KFold().split([1, 2])], RangeError, "Received: 2");
  assertThrows(() => new KFold({ randomState: 1 }), RangeError, "without shuffle: true");
});
