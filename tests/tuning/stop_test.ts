import { assert, assertEquals, assertRejects } from "@std/assert";
import { gridSearch } from "baeum/tuning";

const interrupt = Symbol.for("baeum.interrupt");
const signals = globalThis as { [key: symbol]: AbortSignal | undefined };

for (const workers of [0, 2]) {
  Deno.test(`the notebook's Stop ends a search with ${workers} Workers, and it goes on from its file`, async () => {
    const folder = await Deno.makeTempDir();
    const stop = new AbortController();
    signals[interrupt] = stop.signal;
    try {
      const trial = async ({ a }: { a: number }) => {
        if (a > 2) await new Promise((resume) => setTimeout(resume, a > 3 ? 60_000 : 300));
        return a;
      };
      const options = {
        x: [1, 2, 3],
        y: [1, 2, 3],
        cv: 3,
        randomState: 1,
        workers,
        resultsFile: `${folder}/results.jsonl`,
      };
      const lines = async () => (await Deno.readTextFile(options.resultsFile).catch(() => "")).split("\n").length - 2;
      const search = gridSearch(trial, { a: [1, 2, 3, 4] }, options);
      const stopped = assertRejects(() => search, DOMException, "goes on where it was");
      while (await lines() < 7) await new Promise((resume) => setTimeout(resume, 10));
      const begin = performance.now();
      stop.abort();
      await stopped;
      assert(performance.now() - begin < 30_000);
      signals[interrupt] = undefined;
      const again = await gridSearch(trial, { a: [1, 2, 3] }, options);
      assert(again.resumed >= 7, String(again.resumed));
      assertEquals(again.bestParams, { a: 3 });
    } finally {
      signals[interrupt] = undefined;
      await Deno.remove(folder, { recursive: true });
    }
  });
}
