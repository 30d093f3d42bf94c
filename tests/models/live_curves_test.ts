import { assert, assertEquals, assertRejects } from "@std/assert";
import { callbacks, layers, type Model, sequential } from "baeum/models";
import { plotHistory } from "baeum/plots";
import { finalPictures, inNotebook } from "../notebook/fake_notebook.ts";
import "../seeded.ts";

const x = Array.from({ length: 12 }, (_, i) => [i / 12]);
const y = x.map(([value]) => [2 * value]);
const slowly = () =>
  callbacks.lambdaCallback({ onTrainBatchEnd: () => new Promise((resume) => setTimeout(resume, 60)) });

function model(): Model {
  const made = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
  made.compile({ loss: "mse", optimizer: "sgd", metrics: ["mae"] });
  return made;
}

Deno.test("fit with live keeps one figure above its lines and ends with the curves that plotHistory draws", async () => {
  const trained = model();
  const messages = await inNotebook(async () => {
    await trained.fit(x, y, { epochs: 5, validationSplit: 0.25, live: true, verbose: 2 });
  });
  const pictures = finalPictures(messages);
  assertEquals(pictures.length, 2);
  assertEquals(pictures[0]["text/html"], plotHistory(trained.history!).svg);
  assert(pictures[1]["text/plain"].startsWith("Epoch 1/5"));
});

Deno.test("fit with live draws within an epoch, on an axis with room for all epochs", async () => {
  const messages = await inNotebook(async () => {
    await model().fit(x, y, { epochs: 2, batchSize: 2, live: true, verbose: 0, callbacks: slowly() });
  });
  assert(messages.length >= 2, `${messages.length} pictures`);
  assertEquals(new Set(messages.map(({ content }) => content.transient.display_id)).size, 1);
  const first = messages[0].content.data;
  assert(first["text/plain"].startsWith("Training history: 1 epoch."), first["text/plain"]);
  assert(first["text/html"].includes(">2</text>"), "the second epoch has its tick before it has begun");
});

Deno.test("A training that fails leaves the curves of its complete epochs", async () => {
  const failing = callbacks.lambdaCallback({
    onEpochEnd: (epoch) => {
      if (epoch === 2) throw new Error("enough");
    },
  });
  const messages = await inNotebook(async () => {
    await assertRejects(
      () => model().fit(x, y, { epochs: 5, live: true, verbose: 0, callbacks: failing }),
      Error,
      "enough",
    );
  });
  const [picture] = finalPictures(messages);
  assert(picture["text/plain"].startsWith("Training history: 2 epochs."), picture["text/plain"]);
});

Deno.test("fit with live trains the same where there is no notebook", async () => {
  const [quiet, live] = [model(), model()];
  live.setWeights(quiet.getWeights());
  const options = { epochs: 3, shuffle: false, verbose: 0 } as const;
  assertEquals((await live.fit(x, y, { ...options, live: true })).history, (await quiet.fit(x, y, options)).history);
});
