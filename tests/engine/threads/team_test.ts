import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import "baeum/engine";
import { tf } from "baeum/tensors";
import { blas } from "../../../lib/engine/blas.ts";
import { dividedGemm, type Gemm, packedGemm, threadedGemm } from "../../../lib/engine/gemm.ts";
import { memory, native } from "../../../lib/engine/native.ts";
import { newTeam } from "../../../lib/engine/threads/engine_team.ts";
import { spread } from "../../../lib/engine/threads/spread.ts";
import { spreadImages } from "../../../lib/engine/threads/spread_images.ts";
import type { Team } from "../../../lib/engine/threads/team.ts";
import { allocate, heapBytes } from "../../../lib/engine/wasm_backend.ts";

/** A team of its own on the engine's heap, of which `workers` have started. */
async function gather(workers: number): Promise<Team> {
  const own = newTeam(workers + 1, blas());
  own.run(fillJob(allocate(4000), 1000, 0));
  for (let waits = 0; own.workers < workers && waits < 12_000; waits++) await new Promise((go) => setTimeout(go, 10));
  assertEquals(own.workers, workers);
  return own;
}

const fillJob = (offset: number, n: number, value: number) => ({
  kernel: "fill" as const,
  values: [n, value, offset],
  steps: [0, 0, 4],
  lengthAt: 0,
  chunk: 16,
});

const words = (offset: number, n: number) => new Float32Array(memory.buffer, offset, n).slice();

function numbers(n: number, seed: number): number {
  const offset = allocate(4 * n);
  const place = new Float32Array(memory.buffer, offset, n);
  for (let i = 0; i < n; i++) place[i] = Math.sin(seed + i * 1.618);
  return offset;
}

Deno.test("a product on three threads has the very bits of one thread's, for odd sizes and all transposes", async () => {
  const threads = await gather(2);
  const [one, several] = [packedGemm(), threadedGemm(threads)];
  const [a, b, c] = [numbers(700_000, 1), numbers(700_000, 2), numbers(700_000, 3)];
  for (
    const [m, n, k] of [[128, 300, 784], [301, 67, 129], [67, 301, 129], [1, 1025, 600], [1025, 1, 600], [97, 89, 1031]]
  ) {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        for (const beta of [0, 1]) {
          const results = [one, several].map((multiply) => {
            new Float32Array(memory.buffer, c, m * n + 1).fill(3);
            multiply(transposeA, transposeB, m, n, k, a, b, c, beta);
            return words(c, m * n + 1);
          });
          assertEquals(results[1], results[0], `${m}×${n}×${k} ${transposeA} ${transposeB} ${beta}`);
        }
      }
    }
  }
  await threads.dismiss();
});

const noLibrary = blas() === undefined;
if (noLibrary) console.log("skipped: a BLAS library's product in pieces (no BLAS library was found)");
const divided =
  "a BLAS library's product in pieces is right, and has the same bits on three threads and before they have started";
Deno.test({
  name: divided,
  ignore: noLibrary && !Deno.env.get("CI"),
  fn: async () => {
    const library = blas()!;
    const threads = await gather(2);
    const starting = newTeam(3, library);
    const products: Gemm[] = [packedGemm(), dividedGemm(threads, library.sgemm), dividedGemm(starting, library.sgemm)];
    const [a, b, c] = [numbers(900_000, 1), numbers(900_000, 2), numbers(700_000, 3)];
    for (
      const [m, n, k] of [[128, 300, 784], [301, 67, 129], [67, 301, 129], [3, 1025, 600], [1025, 3, 600], [
        49,
        50,
        999,
      ]]
    ) {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          for (const beta of [0, 1]) {
            const [exact, several, alone] = products.map((multiply) => {
              new Float32Array(memory.buffer, c, m * n + 1).fill(3);
              multiply(transposeA, transposeB, m, n, k, a, b, c, beta);
              return words(c, m * n + 1);
            });
            const title = `${m}×${n}×${k} ${transposeA} ${transposeB} ${beta}`;
            assertEquals(several, alone, title);
            several.forEach((value, i) => assertAlmostEquals(value, exact[i], 1e-3, `${title} [${i}]`));
          }
        }
      }
    }
    await threads.dismiss();
    await starting.dismiss();
  },
});

Deno.test("Adam on three threads has the very bits of one thread's", async () => {
  const threads = await gather(2);
  const n = 100_003;
  const update = spread("adam", 4, () => threads);
  const results = [native.adam, update].map((adam) => {
    const places = [1, 2, 3, 4].map((seed) => numbers(n, seed));
    const v = new Float32Array(memory.buffer, places[3], n);
    v.forEach((value, i) => v[i] = Math.abs(value));
    for (let step = 0; step < 3; step++) adam(n, places[0], places[1], places[2], places[3], 1e-3, 0.1, 1e-3, 1e-7);
    return places.map((place) => words(place, n));
  });
  assertEquals(results[1], results[0]);
  await threads.dismiss();
});

Deno.test("pooling, windows and their gradients on three threads have the very bits of one thread's", async () => {
  const threads = await gather(2);
  // Seven images of 24 × 22 numbers in 16 channels; windows of 3 × 2, two down and one across apart, with a border.
  const [images, channels] = [7, 16];
  const [inside, outside] = [24 * 22 * channels, 12 * 22 * channels];
  const pool = [images, 1, 24, 22, channels, 1, 3, 2, 1, 12, 22, 1, 2, 1, 0, 1, 0];
  const window = [images, 1, 24, 22, channels, 1, 3, 2, 1, 12, 22, 1, 2, 1, 1, 1, 1, 0, 1, 0];
  const columns = outside * 6;
  const results = [() => undefined, () => threads].map((used) => {
    const sizes = { x: inside, y: outside, dx: inside, dy: outside, columns, back: inside };
    const at = Object.fromEntries(Object.entries(sizes).map(([name, n], i) => [name, numbers(n * images, i)]));
    const [four, eight] = [4 * inside, 4 * outside];
    spreadImages("maxPool", [at.x, at.y, ...pool], 2, [four, eight], used);
    spreadImages("maxPoolGradient", [0, at.x, at.y, at.dx, at.dy, ...pool], 5, [0, four, eight, four, eight], used);
    spreadImages("averagePoolGradient", [0, at.dx, at.dy, ...pool], 3, [0, four, eight], used);
    spreadImages("im2col", [at.x, at.columns, ...window], 2, [four, 4 * columns], used);
    spreadImages("col2im", [at.back, at.columns, ...window], 2, [four, 4 * columns], used);
    spreadImages("averagePool", [at.dx, at.y, ...pool], 2, [four, eight], used);
    return Object.entries(sizes).map(([name, n]) => words(at[name], n * images));
  });
  assertEquals(results[1], results[0]);
  assert(results[0][0].some((value, i) => value !== results[0][2][i]));
  await threads.dismiss();
});

Deno.test("ten thousand small jobs in a row lose no piece", async () => {
  const threads = await gather(1);
  const offset = numbers(200, 1);
  for (let i = 1; i <= 10_000; i++) {
    threads.run(fillJob(offset, 200, i));
    assert(new Float32Array(memory.buffer, offset, 200).every((value) => value === i), `job ${i}`);
  }
  await threads.dismiss();
});

Deno.test("workers that sleep are woken for the next job, or the calling thread does it", async () => {
  const threads = await gather(1);
  const offset = numbers(200, 1);
  for (let i = 1; i <= 20; i++) {
    await new Promise((go) => setTimeout(go, 5));
    threads.run(fillJob(offset, 200, i));
    assert(words(offset, 200).every((value) => value === i), `job ${i}`);
  }
  await threads.dismiss();
});

Deno.test("a team whose workers have died does its jobs all the same", async () => {
  const threads = await gather(2);
  await threads.dismiss();
  const offset = numbers(200, 1);
  threads.run(fillJob(offset, 200, 7));
  assert(words(offset, 200).every((value) => value === 7));
});

Deno.test("a kernel that traps in a thread is reported, and the engine goes on with one thread", async () => {
  const threads = await gather(1);
  assertThrows(() => threads.run(fillJob(heapBytes().byteLength - 400, 200, 7)), Error, "trapped");
  assertEquals(threads.workers, 0);
  const offset = numbers(200, 1);
  threads.run(fillJob(offset, 200, 9));
  assert(words(offset, 200).every((value) => value === 9));
  await threads.dismiss();
});

Deno.test("jobs reach memory that the heap has grown by after the workers started", async () => {
  const threads = await gather(1);
  const before = heapBytes().byteLength;
  const held: tf.Tensor[] = [];
  for (let i = 0; i < 100 && heapBytes().byteLength === before; i++) held.push(tf.zeros([1024, 1024, 4]));
  assert(heapBytes().byteLength > before, "the heap did not grow");
  const offset = heapBytes().byteLength - 65536;
  const held_ = words(offset, 200);
  threads.run(fillJob(offset, 200, 5));
  assert(words(offset, 200).every((value) => value === 5));
  new Float32Array(memory.buffer, offset, 200).set(held_);
  tf.dispose(held);
  await threads.dismiss();
});

/** Runs a program that uses the engine's threads, in a process of its own, and gives what it prints. */
async function run(program: string): Promise<string> {
  const root = new URL("../../../", import.meta.url);
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, program.replaceAll("ROOT/", root.href));
  const config = new URL("deno.json", root).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", config, file],
    signal: AbortSignal.timeout(300_000),
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await command.output();
  await Deno.remove(file);
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const work = `
  const { newTeam } = await import("ROOT/lib/engine/threads/engine_team.ts");
  const { threadedGemm } = await import("ROOT/lib/engine/gemm.ts");
  const { allocate } = await import("ROOT/lib/engine/wasm_backend.ts");
  const threads = newTeam(2);
  const [a, b, c] = [0, 0, 0].map(() => allocate(4 * 65536));
  const multiply = threadedGemm(threads);
  for (let waits = 0; waits < 6000 && threads.workers === 0; waits++) {
    multiply(false, false, 256, 256, 256, a, b, c, 0);
    await new Promise((go) => setTimeout(go, 10));
  }
  const answer = "workers: " + threads.workers;
`;

Deno.test("a program whose threads have started ends by itself", async () => {
  assertEquals((await run(`${work} console.log(answer);`)).trim(), "workers: 1");
});

Deno.test("a Worker has an engine with threads of its own", async () => {
  const program = `
    const source = ${JSON.stringify(`${work} postMessage(answer); self.close();`)};
    const url = "data:text/javascript," + encodeURIComponent(source);
    new Worker(url, { type: "module" }).onmessage = ({ data }) => console.log(data);`;
  assertEquals((await run(program)).trim(), "workers: 1");
});
