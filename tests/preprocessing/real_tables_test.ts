/** The lectures' tables, from file to split and scaled columns, against scikit-learn and pandas on the same file. */
import { assert, assertEquals } from "@std/assert";
import { californiaHousing, dataTable, iris } from "baeum/datasets";
import { describe, KFold, MinMaxScaler, StandardScaler, trainTestSplit } from "baeum/preprocessing";
import { mirrorPeerTest } from "../datasets/mirror.ts";
import { withPlaces } from "../datasets/places.ts";
import { peerTest } from "../peers.ts";

const file = "california-housing/cal_housing.data";

/** scikit-learn's `fetch_california_housing` on the mirror's file: its download is not at hand everywhere. */
const CALIFORNIA = `
import numpy as np, pandas as pd
from sklearn.model_selection import KFold, train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler
raw = np.loadtxt(given, delimiter=",")[:, [8, 7, 2, 3, 4, 5, 6, 1, 0]]
y, x = raw[:, 0] / 100000.0, raw[:, 1:].copy()
x[:, 2] /= x[:, 5]; x[:, 3] /= x[:, 5]; x[:, 5] = x[:, 4] / x[:, 5]
`;

/** Rows of a table that is stored row by row. */
function rowsOf(values: Float64Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
}

function assertClose(ours: number[], theirs: number[], tolerance: number): void {
  assertEquals(ours.length, theirs.length);
  ours.forEach((value, i) => {
    assert(Math.abs(value - theirs[i]) <= tolerance * Math.max(1, Math.abs(theirs[i])), `${value} for ${theirs[i]}`);
  });
}

mirrorPeerTest(
  "California's rows are split with randomState 42 and scaled as by scikit-learn, to 1e-12",
  file,
  async (mirror, ask) => {
    const code = `${CALIFORNIA}
parts = train_test_split(x, y, random_state=42)
standard, range_ = StandardScaler().fit(parts[0]), MinMaxScaler().fit(parts[0])
answer = [a.ravel().tolist() for a in [*parts, standard.transform(parts[0]), standard.transform(parts[1]), range_.transform(parts[0]), range_.transform(parts[1])]]`;
    const expected = await ask(code, `${mirror}/${file}`) as number[][];
    await withPlaces(async () => {
      Deno.env.set("BAEUM_MIRROR", mirror);
      const { raw } = await californiaHousing.load();
      const [train, test, yTrain, yTest] = trainTestSplit(rowsOf(raw.x, 8), raw.y, { randomState: 42 });
      assertEquals([train.length, test.length], [15480, 5160]);
      const standard = new StandardScaler().fit(train);
      const range = new MinMaxScaler().fit(train);
      const scaled = [
        standard.transform(train),
        standard.transform(test),
        range.transform(train),
        range.transform(test),
      ];
      [train, test].forEach((rows, i) => assertEquals(rows.flat(), expected[i]));
      [yTrain, yTest].forEach((values, i) => assertEquals([...values], expected[2 + i]));
      scaled.forEach((rows, i) => assertClose((rows as number[][]).flat(), expected[4 + i], 1e-12));
    });
  },
);

mirrorPeerTest("describe tells of California's 20,640 rows what pandas tells", file, async (mirror, ask) => {
  const code = `${CALIFORNIA}
d = pd.DataFrame(x).describe()
answer = d.values.tolist()`;
  const expected = await ask(code, `${mirror}/${file}`) as number[][];
  await withPlaces(async () => {
    Deno.env.set("BAEUM_MIRROR", mirror);
    const table = dataTable(await californiaHousing.load(), californiaHousing);
    const described = describe(table as Iterable<object>);
    described.forEach((row, i) => {
      assertClose(californiaHousing.featureNames.map((name) => row[name] as number), expected[i], 1e-12);
    });
  });
});

peerTest("iris is split by stratified samples and into folds as by scikit-learn, for 20 seeds", async (ask) => {
  const code = `
from sklearn.datasets import load_iris
from sklearn.model_selection import KFold, train_test_split
x, y = load_iris(return_X_y=True)
answer = [[[p.ravel().tolist() for p in train_test_split(x, y, test_size=size, stratify=y, random_state=seed)] for size in [0.2, 0.25, 30]]
  + [[[p.tolist() for p in fold] for fold in KFold(5, shuffle=True, random_state=seed).split(x)]] for seed in range(20)]`;
  const { raw } = await iris.load();
  const rows = rowsOf(raw.x, 4);
  const ours = Array.from({ length: 20 }, (_, randomState) => [
    ...[0.2, 0.25, 30].map((testSize) => {
      const [a, b, c, d] = trainTestSplit(rows, raw.y, { testSize, stratify: raw.y, randomState });
      return [a.flat(), b.flat(), [...c], [...d]];
    }),
    [...new KFold({ splits: 5, shuffle: true, randomState }).split(rows)]
      .map(({ train, test }) => [[...train], [...test]]),
  ]);
  assertEquals(ours, await ask(code));
});
