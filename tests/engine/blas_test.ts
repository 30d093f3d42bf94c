import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import "baeum/engine";
import { backendInfo } from "baeum/tensors";
import { blas } from "../../lib/engine/blas.ts";
import { findBlas } from "../../lib/engine/find_blas.ts";
import { physicalCores } from "../../lib/engine/physical_cores.ts";

/** Runs a script in a process of its own, with these environment variables. */
async function run(script: string, env: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-lock", "-A", "--config", config, `data:application/typescript,${encodeURIComponent(script)}`],
    env: { ...env, NO_COLOR: "1" },
  });
  const { stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { stdout: text(stdout), stderr: text(stderr) };
}

const engine = new URL("../../lib/engine/mod.ts", import.meta.url).href;
const tensors = new URL("../../lib/tensors/mod.ts", import.meta.url).href;
const multiply = `
import "${engine}";
import { backendInfo, tf } from "${tensors}";
const x = tf.ones([50, 50]);
console.log(JSON.stringify({ info: backendInfo().details, value: tf.matMul(x, x).dataSync()[0] }));
`;

Deno.test("a thread for each core that there is", () => {
  const cores = physicalCores();
  assert(Number.isInteger(cores) && cores >= 1 && cores <= navigator.hardwareConcurrency, String(cores));
});

Deno.test("backendInfo says what multiplies matrices", () => {
  const { matrixProducts } = backendInfo().details;
  assertEquals(matrixProducts, blas()?.name ?? "WebAssembly (no BLAS library was found)");
});

Deno.test("the places of BLAS come in their order: what the user names, the environment, the system", () => {
  const places = findBlas().map(({ path }) => path);
  const system = places.indexOf("libopenblas.so.0");
  const wheel = places.findIndex((path) => path.includes("scipy_openblas32"));
  assert(system >= 0 || Deno.env.get("BAEUM_BLAS") === "none");
  if (wheel >= 0) assert(wheel < system);
});

Deno.test("without BLAS matrices are multiplied in WASM, and backendInfo says so", async () => {
  const { stdout } = await run(multiply, { BAEUM_BLAS: "none" });
  const { info, value } = JSON.parse(stdout);
  assertEquals(value, 50);
  assertStringIncludes(info.matrixProducts, "WebAssembly");
});

Deno.test("a library named by BAEUM_BLAS that cannot be opened is an error that names it", async () => {
  const { stdout, stderr } = await run(multiply, { BAEUM_BLAS: "/nowhere/libblas.so" });
  assertEquals(stdout, "");
  assertStringIncludes(stderr, "/nowhere/libblas.so");
});

Deno.test({
  name: "products have as many threads as the user asks OpenBLAS for",
  ignore: blas()?.setThreads === undefined && !Deno.env.get("CI"),
  fn: async () => {
    for (const count of ["1", "2", "3"]) {
      const { info, value } = JSON.parse((await run(multiply, { OPENBLAS_NUM_THREADS: count })).stdout);
      assertEquals([info.threads, value], [Number(count), 50]);
    }
  },
});
