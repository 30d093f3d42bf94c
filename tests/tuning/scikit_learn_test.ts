import { assertAlmostEquals, assertEquals } from "@std/assert";
import { KFold } from "baeum/preprocessing";
import { choice, gridSearch, logUniform, parameterSampler, randInt, type TrialFold, uniform } from "baeum/tuning";
import { peerTest } from "../peers.ts";

peerTest("parameterSampler draws scikit-learn's settings from scipy's distributions", async (ask) => {
  const theirs = await ask(
    `
from sklearn.model_selection import ParameterSampler
from scipy.stats import uniform, loguniform, randint
space = {"units": randint(1, 100), "rate": loguniform(1e-4, 1e-1), "dropout": uniform(0.1, 0.4), "optimizer": ["sgd", "adam", "rmsprop"]}
answer = [[{k: (v if isinstance(v, str) else float(v)) for k, v in p.items()} for p in ParameterSampler(space, 20, random_state=s)] for s in given]
`,
    [0, 42, 4294967295],
  ) as { units: number; rate: number; dropout: number; optimizer: string }[][];
  for (const optimizer of [["sgd", "adam", "rmsprop"], choice(["sgd", "adam", "rmsprop"])]) {
    const space = { units: randInt(1, 100), rate: logUniform(1e-4, 1e-1), dropout: uniform(0.1, 0.5), optimizer };
    [0, 42, 4294967295].forEach((state, i) => {
      parameterSampler(space, 20, state).forEach((ours, j) => {
        const { units, rate, dropout, optimizer } = theirs[i][j];
        assertEquals([ours.units, ours.optimizer], [units, optimizer]);
        assertAlmostEquals(ours.rate, rate, 1e-15);
        assertAlmostEquals(ours.dropout, dropout, 1e-15);
      });
    });
  }
});

peerTest("parameterSampler draws from lists without repeating, in scikit-learn's order", async (ask) => {
  // Of 12, of 12 by reservoir, of more than there are, and few of many.
  const cases = [[3, 4, 5], [3, 4, 12], [3, 4, 20], [50, 60, 10], [50, 60, 2990]];
  const theirs = await ask(
    `
import warnings; warnings.simplefilter("ignore")
from sklearn.model_selection import ParameterSampler
answer = [list(ParameterSampler({"b": list(range(m)), "a": list(range(n))}, k, random_state=1)) for n, m, k in given]
`,
    cases,
  );
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  assertEquals(cases.map(([n, m, k]) => parameterSampler({ b: range(m), a: range(n) }, k, 1)), theirs as object[][]);
});

peerTest("gridSearch has GridSearchCV's splits, means, deviations and ranks, ties and failures too", async (ask) => {
  const y = Array.from({ length: 23 }, (_, i) => (i * 7) % 10 + i / 10);
  const x = y.map((_, i) => [i]);
  const theirs = await ask(
    `
import warnings; warnings.simplefilter("ignore")
import numpy as np
from sklearn.base import BaseEstimator
from sklearn.model_selection import GridSearchCV, KFold
class Constant(BaseEstimator):
    def __init__(self, power=1, sign=1): self.power, self.sign = power, sign
    def fit(self, x, y):
        if self.power == 3 and 0 not in x: raise ValueError("no row 0")
        self.value_ = float(np.mean(np.asarray(y) ** self.power)); return self
    def score(self, x, y): return -abs(self.value_ - float(np.mean(np.asarray(y) ** self.power)))
search = GridSearchCV(Constant(), {"sign": [1, -1], "power": [2, 1, 3]}, cv=KFold(4, shuffle=True, random_state=3), refit=False)
search.fit(np.array(given["x"]), np.array(given["y"]))
r = search.cv_results_
answer = {k: np.where(np.isnan(np.asarray(r[k], float)), -1e9, np.asarray(r[k], float)).tolist() for k in ["mean_test_score", "std_test_score", "rank_test_score"] + [f"split{i}_test_score" for i in range(4)]}
answer["params"] = r["params"]; answer["best"] = int(search.best_index_)
`,
    { x, y },
  ) as Record<string, number[]> & { params: unknown; best: number };
  const trial = ({ power }: { power: number; sign: number }, { train, test }: TrialFold) => {
    if (power === 3 && !train.x.dataSync().includes(0)) throw new Error("no row 0");
    return -train.y.pow(power).mean().sub(test.y.pow(power).mean()).abs().dataSync()[0];
  };
  const cv = new KFold({ splits: 4, shuffle: true, randomState: 3 });
  const { results, bestIndex } = await gridSearch(trial, { sign: [1, -1], power: [2, 1, 3] }, { x, y, cv, workers: 2 });
  const near = (ours: number[], column: string) =>
    ours.forEach((value, i) => assertAlmostEquals(Number.isNaN(value) ? -1e9 : value, theirs[column][i], 1e-4, column));
  assertEquals(results.map(({ params }) => params) as unknown, theirs.params);
  near(results.map(({ meanTestScore }) => meanTestScore), "mean_test_score");
  near(results.map(({ stdTestScore }) => stdTestScore), "std_test_score");
  near(results.map(({ rankTestScore }) => rankTestScore), "rank_test_score");
  for (let i = 0; i < 4; i++) near(results.map(({ splitTestScores }) => splitTestScores[i]), `split${i}_test_score`);
  assertEquals(bestIndex, theirs.best);
});
