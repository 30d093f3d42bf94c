import { assertEquals, assertRejects } from "@std/assert";
import { KFold } from "baeum/preprocessing";
import { halvingSearch, type TrialFold } from "baeum/tuning";
import { type HalvingOptions, halvingSchedule } from "../../lib/tuning/halving_schedule.ts";
import { peerTest } from "../peers.ts";

peerTest("halvingSchedule plans HalvingGridSearchCV's rounds, for samples and for another resource", async (ask) => {
  const cases: { candidates: number; options: HalvingOptions }[] = [];
  for (const candidates of [1, 2, 8, 9, 10, 27, 60]) {
    for (const factor of [2, 3, 1.5]) {
      for (const minResources of ["exhaust", "smallest", 20] as const) {
        for (const aggressiveElimination of [false, true]) {
          cases.push({ candidates, options: { factor, minResources, aggressiveElimination, maxResources: 200 } });
        }
      }
      cases.push({ candidates, options: { factor, resource: "epochs", maxResources: 30 } });
    }
  }
  // Here the logarithm's rounding takes a round away.
  cases.push({ candidates: 243, options: { factor: 3, resource: "epochs", maxResources: 300 } });
  const theirs = await ask(
    `
import numpy as np
from sklearn.base import BaseEstimator
from sklearn.experimental import enable_halving_search_cv
from sklearn.model_selection import HalvingGridSearchCV
class Constant(BaseEstimator):
    def __init__(self, a=0, epochs=1): self.a, self.epochs = a, epochs
    def fit(self, x, y): return self
    def score(self, x, y): return float(self.a)
answer = []
for case in given:
    o = case["options"]
    search = HalvingGridSearchCV(Constant(), {"a": list(range(case["candidates"]))}, cv=2, refit=False, random_state=0, factor=o["factor"],
        resource=o.get("resource", "n_samples"), max_resources=o["maxResources"], min_resources=o.get("minResources", "exhaust"),
        aggressive_elimination=o.get("aggressiveElimination", False))
    search.fit(np.zeros((200, 1)), np.zeros(200))
    answer.append([{"nCandidates": c, "nResources": r} for c, r in zip(search.n_candidates_, search.n_resources_)])
`,
    cases,
  );
  assertEquals(
    cases.map(({ candidates, options }) =>
      halvingSchedule(candidates, options, { smallest: options.resource ? 1 : 4, most: options.maxResources! })
    ) as unknown,
    theirs,
  );
});

peerTest("halvingSearch trains on HalvingGridSearchCV's rows and keeps the same candidates", async (ask) => {
  const x = Array.from({ length: 90 }, (_, i) => i);
  const y = x.map((value) => (value * 37) % 17);
  const theirs = await ask(
    `
import numpy as np
from sklearn.base import BaseEstimator
from sklearn.experimental import enable_halving_search_cv
from sklearn.model_selection import HalvingGridSearchCV, KFold
class Rows(BaseEstimator):
    def __init__(self, a=0): self.a = a
    def fit(self, x, y): self.sum_ = int(np.sum(x)); return self
    # Two candidates always tie.
    def score(self, x, y): return float((self.sum_ * (self.a // 2 + 1) + int(np.sum(np.asarray(y) * x[:, 0]))) % 1009)
search = HalvingGridSearchCV(Rows(), {"a": list(range(8))}, cv=KFold(3, shuffle=True, random_state=5), refit=False, random_state=42, factor=2)
search.fit(np.array(given["x"]).reshape(-1, 1), np.array(given["y"]))
r = search.cv_results_
answer = [[p["a"] for p in r["params"]], r["iter"].tolist() if hasattr(r["iter"], "tolist") else list(r["iter"]), list(map(int, r["n_resources"])),
    [r[f"split{i}_test_score"].tolist() for i in range(3)], r["rank_test_score"].tolist(), int(search.best_index_), search.best_score_]
`,
    { x, y },
  );
  const trial = ({ a }: { a: number }, { train, test }: TrialFold) => {
    const sum = train.x.sum().dataSync()[0], product = test.x.mul(test.y).sum().dataSync()[0];
    return (sum * (Math.floor(a / 2) + 1) + product) % 1009;
  };
  const cv = new KFold({ splits: 3, shuffle: true, randomState: 5 });
  const options = { x, y, cv, factor: 2, randomState: 42, workers: 2 };
  const search = await halvingSearch(trial, { a: [0, 1, 2, 3, 4, 5, 6, 7] }, options);
  const { results } = search;
  assertEquals([
    results.map(({ params }) => params.a),
    results.map(({ iter }) => iter),
    results.map(({ nResources }) => nResources),
    [0, 1, 2].map((split) => results.map(({ splitTestScores }) => splitTestScores[split])),
    results.map(({ rankTestScore }) => rankTestScore),
    search.bestIndex,
    search.bestScore,
  ], theirs);
});

Deno.test("a halving search over epochs sets them among the settings and takes the best of the last round", async () => {
  const seen: string[] = [];
  const trial = ({ a, epochs }: { a: number; epochs: number }) => {
    seen.push(`${a} ${epochs}`);
    return epochs === 1 ? a : -epochs + a;
  };
  const cv = [{ train: Int32Array.of(0), test: Int32Array.of(1) }];
  const options = { x: [1, 2], y: [1, 2], cv, workers: 0, resource: "epochs", maxResources: 9 };
  const search = await halvingSearch(trial, { a: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, options);
  assertEquals(search.nCandidates, [9, 3, 1]);
  assertEquals(search.nResources, [1, 3, 9]);
  assertEquals(seen.slice(9), ["7 3", "8 3", "9 3", "9 9"]);
  assertEquals(search.bestParams, { a: 9, epochs: 9 });
  assertEquals([search.bestIndex, search.bestScore], [12, 0]);
});

Deno.test("a halving search refuses what leaves it no plan", async () => {
  const trial = ({ a }: { a: number; epochs?: number }) => a;
  const base = { x: [1, 2, 3, 4, 5, 6], y: [1, 2, 3, 4, 5, 6], cv: 2, workers: 0 };
  const refused = (options: HalvingOptions, message: string, grid: object = { a: [1, 2, 3] }) =>
    assertRejects(() => halvingSearch(trial, grid, { ...base, ...options }), RangeError, message);
  await refused({ resource: "epochs" }, "maxResources is needed");
  await refused({ resource: "epochs", maxResources: 3 }, "cannot be one of the settings", { epochs: [1] });
  await refused({ factor: 1 }, "factor is a number above 1");
  await refused({ maxResources: 7 }, "There are 6 rows");
  await refused({ minResources: 6, maxResources: 5 }, "must not be less");
  await refused({ minResources: 1 }, "leaves none of 3 rows");
  await refused({ minResources: 1.5 }, "whole number");
});
