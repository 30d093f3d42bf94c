import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { layers, sequential } from "baeum/models";
import { KFold } from "baeum/preprocessing";
import { backendInfo, seed, tf } from "baeum/tensors";
import { gridSearch, randomSearch, type TrialFold, uniform } from "baeum/tuning";
import "../seeded.ts";

const x = Array.from({ length: 24 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const y = x.map(([a, b]) => [2 * a - b]);

/** A linear model's score after a few epochs. */
async function trainLine(
  { learningRate, epochs }: { learningRate: number; epochs: number },
  { train, test }: TrialFold,
) {
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ loss: "mse", optimizer: "sgd" });
  model.optimizer.learningRate = learningRate;
  await model.fit(train.x, train.y, { epochs, batchSize: 4, verbose: 0 });
  return -(await model.evaluate(test.x, test.y))[0];
}

const grid = { learningRate: [0.001, 0.05], epochs: [1, 3] };

Deno.test("a grid search gives the same scores with no Worker, one or three, and those of a call by hand", async () => {
  const searches = [];
  for (const workers of [0, 1, 3]) {
    searches.push(await gridSearch(trainLine, grid, { x, y, cv: 3, randomState: 42, workers }));
  }
  const [local, one, three] = searches.map(({ results }) => results.map(({ splitTestScores }) => splitTestScores));
  assertEquals(one, local);
  assertEquals(three, local);
  assertEquals(searches[2].bestParams, { epochs: 3, learningRate: 0.05 });

  const [{ train, test }] = new KFold({ splits: 3 }).split(x);
  const part = (rows: Int32Array) => ({
    x: tf.tensor([...rows].map((row) => x[row])),
    y: tf.tensor([...rows].map((row) => y[row])),
  });
  seed(42);
  const score = await trainLine(searches[2].bestParams, { train: part(train), test: part(test), split: 0 });
  assertEquals(searches[2].results[searches[2].bestIndex].splitTestScores[0], score);
});

Deno.test("a Worker's trial knows what uses lists: functions, classes, tensors and data", async () => {
  class Doubled {
    static of = (value: number) => 2 * value;
  }
  const shift = (value: number) => Doubled.of(value) + 1;
  const table = { weights: [1, 2, 3] };
  const offset = tf.tensor1d([10, 20]);
  const search = await gridSearch(
    ({ a }: { a: number }) => shift(a) + table.weights[2] + offset.dataSync()[1],
    { a: [1, 2] },
    { x, y, cv: 2, workers: 1, uses: { Doubled, shift, table, offset } },
  );
  assertEquals(search.results.map(({ meanTestScore }) => meanTestScore), [26, 28]);
});

Deno.test("a Worker's trial that needs a variable of the program ends the search with what to do", async () => {
  const secret = 3;
  const search = () => gridSearch(({ a }: { a: number }) => a * secret, { a: [1, 2] }, { x, y, cv: 2, workers: 2 });
  const error = await assertRejects(search, TypeError, '"secret"');
  assert(error.message.includes("uses: { secret }") && error.message.includes("workers: 0"), error.message);
});

Deno.test("in this process a trial may use whatever it was written among", async () => {
  const calls: number[] = [];
  const trial = ({ a }: { a: number }) => calls.push(a);
  const search = await gridSearch(trial, { a: [5, 6] }, { x, y, cv: 2, workers: 0 });
  assertEquals(calls, [5, 5, 6, 6]);
  assertEquals(search.results.map(({ splitTestScores }) => splitTestScores), [[1, 2], [3, 4]]);
});

Deno.test("what cannot go to a Worker is refused before anything runs", async () => {
  const options = { x, y, cv: 2, workers: 1 };
  const methods = {
    trial({ a }: { a: number }) {
      return a;
    },
  };
  await assertRejects(() => gridSearch(methods.trial, { a: [1] }, options), TypeError, "not as a method");
  await assertRejects(() => gridSearch(trainLine.bind(null), grid, options), TypeError, "no source");
  for (const [value, what] of [[new Map(), "Map"], [{ inner: () => 1 }, "function"]] as const) {
    const uses = { value };
    await assertRejects(() => gridSearch(trainLine, grid, { ...options, uses }), TypeError, what);
  }
});

Deno.test("a failing trial is recorded with its error, ranks last, and the search goes on", async () => {
  for (const workers of [0, 2]) {
    const trial = ({ a }: { a: number }, { split }: TrialFold) => {
      if (a === 2 && split === 1) throw new Error("no luck");
      return a === 3 ? NaN : a;
    };
    const { results, bestParams } = await gridSearch(trial, { a: [1, 2, 3, 4] }, { x, y, cv: 2, workers });
    assertEquals(bestParams, { a: 4 });
    assertEquals(results.map(({ rankTestScore }) => rankTestScore), [2, 3, 3, 1]);
    assertEquals(results[1].splitTestScores, [2, NaN]);
    assertEquals(results[1].error, "Error: no luck");
    assert(results[2].error?.includes("NaN"), results[2].error);
    assertEquals(results[0].error, undefined);
  }
});

Deno.test("a trial that ends its Worker costs one training", async () => {
  const trial = ({ a }: { a: number }) => {
    if (a === 1) {
      setTimeout(() => {
        throw new Error("after the trial was left");
      });
      return new Promise<number>(() => {});
    }
    return a;
  };
  const { results } = await gridSearch(trial, { a: [1, 2] }, { x, y, cv: 2, workers: 1 });
  assert(results[0].error?.includes("after the trial was left"), results[0].error);
  assertEquals(results[1].splitTestScores, [2, 2]);
});

Deno.test("a search all of whose trials fail is an error that tells the first one's", async () => {
  const trial = ({ a }: { a: number }): number => {
    throw new Error(`none ${a}`);
  };
  await assertRejects(() => gridSearch(trial, { a: [1, 2] }, { x, y, cv: 2, workers: 0 }), Error, "none 1");
});

Deno.test("a random search gives its settings and scores again for the same randomState", async () => {
  const trial = ({ a }: { a: number }) => a;
  const search = () => randomSearch(trial, { a: uniform(0, 1) }, { x, y, cv: 2, nIter: 5, randomState: 7, workers: 1 });
  const [first, second] = [await search(), await search()];
  assertEquals(first.results.map(({ params }) => params), second.results.map(({ params }) => params));
  assertAlmostEquals(first.bestScore, Math.max(...first.results.map(({ params }) => params.a)), 1e-15);
});

Deno.test("a search leaves no tensors behind in this process", async () => {
  const trial = ({ a }: { a: number }, { test }: TrialFold) => a * test.x.shape[0];
  await gridSearch(trial, { a: [1] }, { x, y, cv: 2, workers: 0 });
  const before = tf.memory().numTensors;
  for (const workers of [0, 1]) await gridSearch(trial, { a: [1, 2] }, { x, y, cv: 2, workers });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("settings that no file could hold, and data that does not match, are refused", async () => {
  const trial = ({ a }: { a: unknown }) => Number(a);
  await assertRejects(() => gridSearch(trial, { a: [NaN] }, { x, y }), TypeError, "a: NaN");
  await assertRejects(() => gridSearch(trial, { a: [() => 1] }, { x, y }), TypeError, "a: [Function");
  await assertRejects(() => gridSearch(trial, { a: [] }, { x, y }), RangeError, "nothing to try");
  await assertRejects(() => gridSearch(trial, { a: [1] }, { x, y: y.slice(1) }), RangeError, "24 and 23");
  const cv = [{ train: Int32Array.of(0), test: Int32Array.of(24) }];
  await assertRejects(() => gridSearch(trial, { a: [1] }, { x, y, cv }), RangeError, "24");
  assertThrows(() => uniform(1, 1), RangeError, "low < high");
});

Deno.test("each Worker's products are computed by a single thread", async () => {
  const trial = (_: object) => Number(backendInfo().details.threads);
  const { results } = await gridSearch(trial, { a: [1, 2] }, { x, y, cv: 2, workers: 2 });
  assertEquals(results.map(({ splitTestScores }) => splitTestScores), [[1, 1], [1, 1]]);
});
