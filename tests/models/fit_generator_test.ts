import { assert, assertEquals, assertRejects } from "@std/assert";
import { Callback, callbacks, type GeneratedBatch, layers, type Logs, sequential } from "baeum/models";
import "../seeded.ts";

function network() {
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ loss: "mse", optimizer: "sgd" });
  return model;
}

const batch = (size: number): GeneratedBatch => [
  Array.from({ length: size }, (_, i) => [i, 1]),
  Array.from({ length: size }, (_, i) => [i / 2]),
];

/** What `console.warn` is told meanwhile. */
async function warningsOf(run: () => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => void warnings.push(text);
  try {
    await run();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

Deno.test("a function that makes a generator gives each epoch one of its own, asynchronous or not", async () => {
  let made = 0;
  const { epoch, params } = await network().fit(async function* () {
    made++;
    for (const size of [4, 4, 2]) {
      await Promise.resolve();
      yield batch(size);
    }
  }, { epochs: 3, verbose: 0 });
  assertEquals([made, epoch], [3, [0, 1, 2]]);
  assertEquals(params.steps, undefined);
});

Deno.test("an object that can be iterated again is a data set for all epochs, also for validation", async () => {
  const data = {
    *[Symbol.iterator]() {
      yield batch(3);
      yield batch(2);
    },
  };
  const { history } = await network().fit(data, { epochs: 4, validationData: data, verbose: 0 });
  assertEquals(Object.keys(history), ["loss", "val_loss"]);
  assertEquals(history.val_loss.length, 4);
});

Deno.test("a generator that is used up ends the training with a warning that says what to do", async () => {
  const model = network();
  const once = (function* () {
    yield batch(4);
    yield batch(4);
  })();
  const warnings = await warningsOf(() => model.fit(once, { epochs: 5, verbose: 0 }));
  assertEquals(model.history!.epoch, [0]);
  assertEquals(warnings.length, 1);
  assert(warnings[0].includes("a function that makes the generator"), warnings[0]);
});

Deno.test("a generator goes on where the last epoch of stepsPerEpoch ended, and is not closed by fit", async () => {
  const seen: number[] = [];
  const endless = (function* () {
    for (let i = 0;; i++) {
      seen.push(i);
      yield batch(2 + i % 2);
    }
  })();
  await network().fit(endless, { epochs: 3, stepsPerEpoch: 2, verbose: 0 });
  assertEquals(seen, [0, 1, 2, 3, 4, 5]);
  assertEquals(endless.next().done, false);
});

Deno.test("fit closes a generator that it has made, also when it stops early", async () => {
  let closed = 0;
  const stop = callbacks.lambdaCallback({
    onTrainBatchEnd(this: Callback) {
      this.model.stopTraining = true;
    },
  });
  await network().fit(function* () {
    try {
      while (true) yield batch(2);
    } finally {
      closed++;
    }
  }, { epochs: 3, verbose: 0, callbacks: stop });
  assertEquals(closed, 1);
});

Deno.test("a generator of something else than batches is refused, and so are options that need arrays", async () => {
  const wrong = function* () {
    yield [[1, 2]] as unknown as GeneratedBatch;
  };
  await assertRejects(() => network().fit(wrong, { verbose: 0 }), TypeError, "gives batches [x, y]");
  const good = () => [batch(4)];
  await assertRejects(() => network().fit(good, { validationSplit: 0.5 }), RangeError, "need arrays");
  await assertRejects(() => network().fit(good, { classWeight: { 0: 1 } }), RangeError, "need arrays");
});

Deno.test("evaluate takes a generator, and only so many steps of it", async () => {
  const model = network();
  const [all] = await model.evaluate(() => [batch(4), batch(2)]);
  const [first] = await model.evaluate(() => [batch(4), batch(2)], { steps: 1 });
  const [alone] = await model.evaluate(...batch(4) as [number[][], number[][]]);
  assert(Math.abs(first - alone) < 1e-6);
  assert(Math.abs(all - first) > 1e-6);
});

Deno.test("a batch hook may be asynchronous, and stopTraining ends the epoch after the batch", async () => {
  class StopsLater extends Callback {
    readonly losses: number[] = [];
    override async onTrainBatchEnd(number: number, logs: Logs) {
      await new Promise((resume) => setTimeout(resume, 1));
      this.losses.push(logs.loss);
      if (number === 2) this.model.stopTraining = true;
    }
  }
  const stops = new StopsLater();
  const [x, y] = batch(20) as [number[][], number[][]];
  const { epoch } = await network().fit(x, y, { batchSize: 2, epochs: 9, verbose: 0, callbacks: [stops] });
  assertEquals([stops.losses.length, epoch], [3, [0]]);
});

Deno.test("fit prints Keras' bar, or a line for each epoch", async () => {
  const lines: string[] = [];
  const { log } = console;
  console.log = (text: string) => void lines.push(text);
  try {
    const [x, y] = batch(20) as [number[][], number[][]];
    await network().fit(x, y, { batchSize: 4, epochs: 2, validationSplit: 0.2 });
    await network().fit(x, y, { batchSize: 4, verbose: 2 });
    await network().fit(() => [batch(3), batch(3)], { epochs: 2, verbose: 1 });
    await network().evaluate(x, y, { verbose: 1 });
  } finally {
    console.log = log;
  }
  const number = "(\\d+\\.\\d{4}|\\d\\.\\d{4}e[+-]\\d+)";
  const time = "\\d+s \\d+(\\.\\d)?(s|ms|us)/step";
  const expected = [
    `Epoch 1/2  4/4 \\[={20}\\] - ${time} - loss: ${number} - val_loss: ${number}`,
    `Epoch 2/2  4/4 \\[={20}\\] - ${time} - loss: ${number} - val_loss: ${number}`,
    `5/5 - \\d+s - \\d+(\\.\\d)?(s|ms|us)/step - loss: ${number}`,
    `Epoch 1/2  2/2 \\[={20}\\] - ${time} - loss: ${number}`,
    `Epoch 2/2  2/2 \\[={20}\\] - ${time} - loss: ${number}`,
    `1/1 \\[={20}\\] - ${time} - loss: ${number}`,
  ];
  assertEquals(lines.length, expected.length);
  lines.forEach((line, i) => assert(new RegExp(`^${expected[i]}$`).test(line), `${line}\nagainst ${expected[i]}`));
});
