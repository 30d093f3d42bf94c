import { assert, assertEquals, assertRejects } from "@std/assert";
import { callbacks, layers, type Model, sequential } from "baeum/models";
import "../seeded.ts";

const key = Symbol.for("baeum.interrupt");
const x = Array.from({ length: 8 }, (_, i) => [i / 8]);
const y = x.map(([value]) => [2 * value]);

function model(): Model {
  const made = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
  made.compile({ loss: "mse", optimizer: "sgd" });
  return made;
}

/**
 * What a Stop ends `body` with. The body is given what starts the clock of a press after so many milliseconds, as the kernel
 * does: the signal is aborted, and another takes its place.
 */
async function stopped(after: number, body: (press: () => void) => Promise<unknown>): Promise<DOMException> {
  let controller = new AbortController();
  Object.defineProperty(globalThis, key, { get: () => controller.signal, configurable: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const press = () => {
    timer ??= setTimeout(() => {
      const old = controller;
      controller = new AbortController();
      old.abort();
    }, after);
  };
  try {
    return await assertRejects(() => body(press), DOMException);
  } finally {
    clearTimeout(timer);
    delete (globalThis as Record<symbol, unknown>)[key];
  }
}

Deno.test("Stop ends a fit of epochs that each take less than a pause, and fit goes on from there", async () => {
  const trained = model();
  const error = await stopped(200, (press) => {
    const pressed = callbacks.lambdaCallback({ onEpochEnd: press });
    return trained.fit(x, y, { epochs: 1e9, verbose: 0, callbacks: pressed });
  });
  assertEquals(error.name, "AbortError");
  const done = trained.history!.epoch.length;
  assert(done > 0 && new RegExp(`^Stopped in epoch ${done + 1} of 1000000000`).test(error.message), error.message);
  const before = trained.history!.history.loss.at(-1)!;
  const { history } = await trained.fit(x, y, { epochs: 2, verbose: 0 });
  assert(history.loss[1] <= before && history.loss[1] > 0);
});

const slow = (press: () => void) =>
  callbacks.lambdaCallback({
    onTestBatchEnd: () => {
      press();
      return new Promise((resume) => setTimeout(resume, 60));
    },
  });

Deno.test("Stop during the validation ends the fit", async () => {
  const options = {
    epochs: 1000,
    validationData: [x, y] as [number[][], number[][]],
    batchSize: 1,
    verbose: 0 as const,
  };
  const error = await stopped(100, (press) => model().fit(x, y, { ...options, callbacks: slow(press) }));
  assert(error.message.startsWith("Stopped in epoch 1 of 1000"), error.message);
});

Deno.test("Stop ends an evaluation and says that the model is as it was", async () => {
  const error = await stopped(100, (press) => model().evaluate(x, y, { batchSize: 1, callbacks: slow(press) }));
  assertEquals(error.message, "Stopped while evaluating. The model is as it was.");
});
