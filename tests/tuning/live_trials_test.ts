import { assert, assertEquals } from "@std/assert";
import { gridSearch, halvingSearch } from "baeum/tuning";
import { finalPictures, inNotebook } from "../notebook/fake_notebook.ts";

const [x, y] = [[1, 2, 3, 4], [1, 2, 3, 4]];

Deno.test("a notebook keeps one table of a search: the candidates, best first, with failures and how many there were", async () => {
  const trial = ({ a }: { a: number }) => {
    if (a === 3) throw new Error("bad luck");
    return a;
  };
  const messages = await inNotebook(async () => {
    await gridSearch(trial, { a: [1, 2, 3] }, { x, y, cv: 2, workers: 0 });
  });
  const pictures = finalPictures(messages);
  assertEquals(pictures.length, 1);
  const [caption, head, ...rows] = pictures[0]["text/plain"].split("\n");
  assertEquals(caption, "6 of 6 trainings, 2 failed");
  assertEquals(head.split(/\s+/), ["rank", "a", "meanTestScore", "stdTestScore", "seconds", "error"]);
  assertEquals(rows.map((row) => row.trim().split(/\s+/).slice(0, 3)), [["1", "2", "2"], ["2", "1", "1"], [
    "3",
    "3",
    "NaN",
  ]]);
  assert(rows[2].endsWith("Error: bad luck"));
});

Deno.test("while a search runs, its table tells what is being trained", async () => {
  const messages = await inNotebook(async () => {
    const trial = async ({ a }: { a: number }) => {
      await new Promise((resume) => setTimeout(resume, 150));
      return a;
    };
    await gridSearch(trial, { a: [1, 2] }, { x, y, cv: 2, workers: 0 });
  });
  const texts = messages.map(({ content }) => content.data["text/plain"]);
  assert(texts.some((text) => /^…\s+2\s+1 \/ 2$/m.test(text)), texts.join("\n\n"));
});

Deno.test("settings that all candidates have alike stand above the table instead of in columns of their own", async () => {
  const messages = await inNotebook(async () => {
    const trial = ({ a }: { a: number; batchSize: number; epochs: number }) => a;
    await gridSearch(trial, { a: [1, 2], batchSize: [32], epochs: [2] }, { x, y, cv: 2, workers: 0 });
  });
  const [caption, head] = finalPictures(messages)[0]["text/plain"].split("\n");
  assertEquals(caption, "4 of 4 trainings; all with batchSize 32, epochs 2");
  assertEquals(head.split(/\s+/), ["rank", "a", "meanTestScore", "stdTestScore", "seconds"]);
});

Deno.test("a halving search's table tells the round above it, and the settings of the one that is left below", async () => {
  const messages = await inNotebook(async () => {
    const trial = ({ a, n }: { a: number; n: number }) => a * n;
    await halvingSearch(trial, { a: [1, 2, 3] }, {
      x,
      y,
      cv: 2,
      workers: 0,
      resource: "n",
      maxResources: 6,
      factor: 3,
    });
  });
  const [caption, head, ...rows] = finalPictures(messages)[0]["text/plain"].split("\n");
  assertEquals(caption, "2 of 2 trainings; all with iter 1, nResources 6");
  assertEquals(head.trim().split(/\s+/), ["rank", "a", "n", "meanTestScore", "stdTestScore", "seconds"]);
  assertEquals(rows.map((row) => row.trim().split(/\s+/).slice(0, 4)), [["1", "3", "6", "18"]]);
});

Deno.test("of many candidates the table shows the best", async () => {
  const messages = await inNotebook(async () => {
    const a = Array.from({ length: 40 }, (_, i) => i);
    await gridSearch(({ a }: { a: number }) => a, { a }, { x, y, cv: 2, workers: 0 });
  });
  const [caption, , ...rows] = finalPictures(messages)[0]["text/plain"].split("\n");
  assertEquals(caption, "80 of 80 trainings; the best 15 of 40 candidates");
  assertEquals(rows.length, 15);
});
