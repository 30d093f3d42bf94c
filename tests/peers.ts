import "./seeded.ts";

/**
 * Tests that ask Keras, NumPy, scikit-learn or pandas for the expected numbers.
 *
 * The Python that has them is `BAEUM_PEERS`, or `.venv-peers` in the project. On a user's machine without one such a test is
 * skipped; where CI is set it fails.
 */
const places = [Deno.env.get("BAEUM_PEERS"), new URL("../.venv-peers/bin/python", import.meta.url).pathname];

function findPython(): string | undefined {
  return places.find((place) => {
    try {
      return place !== undefined && Deno.statSync(place).isFile;
    } catch {
      return false;
    }
  });
}

/** Runs Python code that reads `given` (from JSON) and leaves its answer in `answer` (to JSON). */
export type Ask = (code: string, given?: unknown) => Promise<unknown>;

/** A test that needs the Python peers. */
export function peerTest(title: string, run: (ask: Ask, t: Deno.TestContext) => Promise<void>): void {
  const python = findPython();
  const missing = python === undefined;
  if (missing && !Deno.env.get("CI")) console.log(`skipped: ${title} (no Python with Keras; see CONTRIBUTING.md)`);
  Deno.test({
    name: title,
    ignore: missing && !Deno.env.get("CI"),
    fn: (t) => run((code, given) => ask(python, code, given), t),
  });
}

async function ask(python: string | undefined, code: string, given: unknown): Promise<unknown> {
  if (!python) throw new Error("CI is set, but there is no Python with the peers: set BAEUM_PEERS");
  const script =
    `import json, sys\ngiven = json.load(sys.stdin)\n${code}\nprint("\\nANSWER " + json.dumps(answer, allow_nan=False))`;
  const child = new Deno.Command(python, {
    args: ["-c", script],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: {
      TF_CPP_MIN_LOG_LEVEL: "3",
      CUDA_VISIBLE_DEVICES: "",
      KERAS_BACKEND: "tensorflow",
      TF_ENABLE_ONEDNN_OPTS: "0",
      // Keras' trainings are compiled for the processor: for the same instructions everywhere they round alike everywhere.
      ...(Deno.build.arch === "x86_64" && { XLA_FLAGS: "--xla_cpu_max_isa=AVX2" }),
    },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(given ?? null)));
  await writer.close();
  const { stdout, stderr, success } = await child.output();
  const text = new TextDecoder().decode(stdout);
  const at = text.lastIndexOf("ANSWER ");
  if (!success || at < 0) throw new Error(`Python failed:\n${new TextDecoder().decode(stderr).slice(-2000)}`);
  return JSON.parse(text.slice(at + 7));
}
