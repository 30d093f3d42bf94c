import { assert, assertEquals, assertRejects } from "@std/assert";
import { gridSearch } from "baeum/tuning";

const [x, y] = [[1, 2, 3, 4], [1, 2, 3, 4]];

async function withFile(run: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(`${folder}/results.jsonl`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const script = `
  import { gridSearch } from "baeum/tuning";
  const trial = async ({ a }) => {
    // Who is to be killed does not come to the end before.
    await new Promise((resume) => setTimeout(resume, a < Number(Deno.env.get("TRIALS")) ? 20 : 600_000));
    return -((a - 11) ** 2);
  };
  const grid = { a: Array.from({ length: 20 }, (_, i) => i) };
  const options = { x: [1, 2, 3, 4], y: [1, 2, 3, 4], cv: 2, randomState: 1, workers: 2 };
  const search = await gridSearch(trial, grid, { ...options, resultsFile: Deno.args[0] });
  const { bestParams, bestScore, resumed } = search;
  console.log(JSON.stringify({ bestParams, bestScore, resumed, scores: search.results.map((r) => r.meanTestScore) }));
`;

Deno.test("a search killed by SIGKILL again and again loses no more than its running trainings", async () => {
  await withFile(async (path) => {
    const main = path.replace("results.jsonl", "search.ts");
    await Deno.writeTextFile(main, script);
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const start = (trials: number) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", "--config", config, main, path],
        env: { TRIALS: String(trials) },
        stdout: "piped",
      }).spawn();
    const lines = async () => (await Deno.readTextFile(path).catch(() => "")).split("\n").length - 2;
    let kept = 0;
    for (const wanted of [5, 15, 25]) {
      const victim = start(18);
      while (await lines() < wanted) await new Promise((resume) => setTimeout(resume, 5));
      victim.kill("SIGKILL");
      await victim.output();
      assert(await lines() >= kept, "lines were lost");
      kept = await lines();
    }
    assert(kept >= 25 && kept < 40, `${kept} trainings before the last kill`);
    const { stdout } = await start(20).output();
    const { bestParams, bestScore, resumed, scores } = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(bestParams, { a: 11 });
    assertEquals(bestScore === 0, true);
    assertEquals(resumed, kept);
    assertEquals(scores, Array.from({ length: 20 }, (_, i) => -((i - 11) ** 2)));
    assertEquals(await lines(), 40);
  });
});

Deno.test("a line that was not written to its end is done again", async () => {
  await withFile(async (resultsFile) => {
    const trial = ({ a }: { a: number }) => a;
    const search = () => gridSearch(trial, { a: [1, 2] }, { x, y, cv: 2, randomState: 1, workers: 0, resultsFile });
    await search();
    const whole = await Deno.readTextFile(resultsFile);
    await Deno.writeTextFile(resultsFile, whole.slice(0, -9));
    const again = await search();
    assertEquals(again.resumed, 3);
    assertEquals(again.results.map(({ meanTestScore }) => meanTestScore), [1, 2]);
    assertEquals((await Deno.readTextFile(resultsFile)).split("\n").length, 6);
  });
});

Deno.test("failures are read back as they were, and settings may be added to a search", async () => {
  await withFile(async (resultsFile) => {
    const trial = ({ a }: { a: number }) => {
      if (a === 1) throw new Error("one");
      return a;
    };
    const options = { x, y, cv: 2, randomState: 1, workers: 0, resultsFile };
    await gridSearch(trial, { a: [1, 2] }, options);
    const { results, resumed } = await gridSearch(trial, { a: [2, 1, 3] }, options);
    assertEquals(resumed, 4);
    assertEquals(results.map(({ meanTestScore }) => meanTestScore), [2, NaN, 3]);
    assertEquals(results[1].error, "Error: one");
  });
});

Deno.test("results of another trial, other data, splits or seeds are refused", async () => {
  await withFile(async (resultsFile) => {
    const trial = ({ a }: { a: number }) => a;
    const grid = { a: [1] };
    const options = { x, y, cv: 2, randomState: 1, workers: 1, resultsFile, uses: { k: 1 } };
    await gridSearch(trial, grid, options);
    for (
      const [other, what] of [
        [{ y: [1, 2, 3, 5] }, "data"],
        [{ cv: 4 }, "cv"],
        [{ randomState: 2 }, "randomState"],
        [{ uses: { k: 2 } }, "uses"],
      ] as const
    ) {
      await assertRejects(() => gridSearch(trial, grid, { ...options, ...other }), Error, `: ${what} differ`);
    }
    await assertRejects(() => gridSearch(({ a }: { a: number }) => -a, grid, options), Error, ": trial differ");
    await assertRejects(
      () => gridSearch(trial, grid, { ...options, randomState: undefined }),
      RangeError,
      "randomState",
    );
    assertEquals((await gridSearch(trial, grid, options)).resumed, 2);
    await Deno.writeTextFile(resultsFile, "a shopping list\n");
    await assertRejects(() => gridSearch(trial, grid, options), Error, "line 1");
    assertEquals(await Deno.readTextFile(resultsFile), "a shopping list\n");
  });
});
