/**
 * `deno task bench:load`: milliseconds from MNIST's file in the cache to int32 tensors, against `np.load` and the conversion to
 * int32 arrays, in turn; and how far memory rises, in multiples of the arrays.
 *
 * `--rounds=5` says how many. Fails beyond 1.5 times NumPy's time or 2.5 times the arrays.
 */
import { parseArgs } from "node:util";
import { join } from "node:path";
import { fetchFile } from "../lib/datasets/fetch_file.ts";
import { mnistNpz } from "../lib/datasets/published_files.ts";
import { peersPython } from "../scripts/test_peers.ts";
import { PeerProcess } from "./peer_process.ts";

const { values } = parseArgs({ args: Deno.args, options: { rounds: { type: "string", default: "5" } } });
const MOST_TIME = 1.5;
const MOST_MEMORY = 2.5;
const ARRAYS_MIB = 70_000 * (28 * 28 + 1) * 4 / 2 ** 20;

const python = await peersPython();
if (!python) throw new Error("There is no Python with NumPy to compare with (see above)");
const { bytes } = await fetchFile([mnistNpz]);
const cache = await Deno.makeTempDir({ prefix: "baeum-bench-" });
const path = join(cache, "datasets", mnistNpz.path);
await Deno.mkdir(join(path, ".."), { recursive: true });
await Deno.writeFile(path, bytes);

const here = (file: string) => new URL(file, import.meta.url).pathname;
const peers = {
  Baeum: new PeerProcess(Deno.execPath(), ["run", "--quiet", "--allow-all", here("load_mnist_baeum.ts")], {
    BAEUM_CACHE: cache,
  }),
  NumPy: new PeerProcess(python, [here("load_mnist_numpy.py"), path], {}),
};
const times: Record<string, number[]> = { Baeum: [], NumPy: [] };
const memory: Record<string, number> = {};
try {
  const before: Record<string, number> = {};
  for (const [name, peer] of Object.entries(peers)) before[name] = (await peer.ask({ memory: true }))!;
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, peer] of Object.entries(peers)) times[name].push((await peer.ask({ network: "mnist" }))!);
  }
  for (const [name, peer] of Object.entries(peers)) memory[name] = (await peer.ask({ memory: true }))! - before[name];
} finally {
  for (const peer of Object.values(peers)) peer.stop();
  await Deno.remove(cache, { recursive: true });
}

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
for (const [name, list] of Object.entries(times)) {
  const share = (memory[name] / ARRAYS_MIB).toFixed(2);
  console.log(
    `${name}: median ${median(list).toFixed(0)} ms (${list.map((ms) => ms.toFixed(0)).join(", ")}), ` +
      `${memory[name].toFixed(0)} MiB more at the peak, ${share} times the arrays`,
  );
}
const slower = median(times.Baeum) / median(times.NumPy);
console.log(`Baeum takes ${slower.toFixed(2)} times as long (at most ${MOST_TIME}).`);
if (slower > MOST_TIME || memory.Baeum > MOST_MEMORY * ARRAYS_MIB) Deno.exit(1);
