import { join } from "node:path";
import { root, run } from "./test_stage.ts";

/**
 * Keras, NumPy, scikit-learn and the like, whose results the library's tests compare with: an environment for them.
 *
 * It is made when the tests run as CI or with `--peers`; tests that need it are skipped elsewhere. A Python that
 * `BAEUM_PEERS` names is used as it is.
 */
export async function peers(): Promise<Record<string, string>> {
  const wanted = Deno.env.get("CI") === "true" || Deno.args.includes("--peers");
  if (Deno.env.get("BAEUM_PEERS") || !wanted) return {};
  const python = await peersPython();
  return python ? { BAEUM_PEERS: python } : {};
}

/** The Python of that environment, set up if need be; undefined where it cannot be, which is said. */
export async function peersPython(): Promise<string | undefined> {
  const given = Deno.env.get("BAEUM_PEERS");
  if (given) return given;
  const environment = join(root, ".venv-peers");
  const python = join(environment, "bin", "python");
  const requirements = join(root, "tests", "requirements-peers.txt");
  const stamp = join(environment, "baeum-stamp");
  const fingerprint = await sha256(requirements);
  if (await read(stamp) !== fingerprint) {
    console.log("Setting up .venv-peers with Keras, NumPy and scikit-learn (once, about 600 MB).");
    for (
      const args of [
        ["-m", "venv", "--clear", environment],
        [
          "-m",
          "pip",
          "--python",
          python,
          "install",
          "--quiet",
          "--retries",
          "10",
          "--require-hashes",
          "--only-binary",
          ":all:",
          "-r",
          requirements,
        ],
      ]
    ) {
      const { success, output } = await run(join(root, ".venv", "bin", "python"), args);
      if (!success) {
        console.log(
          `${output}\nThe peers could not be installed; tests that need them fail under CI, else are skipped.`,
        );
        return undefined;
      }
    }
    await Deno.writeTextFile(stamp, fingerprint);
  }
  return python;
}

async function sha256(path: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
  return new Uint8Array(digest).toHex();
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
