/** `./baeum bench`: milliseconds a training step, Baeum and its peers in turn, medians of several rounds. */
import { parseArgs } from "node:util";
import { peersPython } from "../scripts/test_peers.ts";
import { networks } from "./network.ts";
import { PeerProcess } from "./peer_process.ts";
import { type Measurement, table } from "./table.ts";

const names = networks.map(({ name }) => name);
const USAGE = `Usage: ./baeum bench [--networks=NAME,...] [--rounds=N] [--json]

Times a training step of Baeum, Keras on TensorFlow and on JAX, and stock TensorFlow.js, in turn: minutes in which nothing else
should run. The first call installs Keras into .venv-peers (about 600 MB), unless BAEUM_PEERS names a Python that has it.

  --networks=NAME,...  some of ${names.join(", ")}; all if left out
  --rounds=N           how often each is timed (default 5); the table has the medians
  --json               an array of measurements in place of the table`;

function fail(message: string): never {
  console.error(`${message}\n\n${USAGE}`);
  Deno.exit(2);
}

function readArguments() {
  const options = {
    json: { type: "boolean", default: false },
    networks: { type: "string" },
    rounds: { type: "string", default: "5" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args: Deno.args, options }).values;
  } catch (error) {
    fail((error as Error).message);
  }
}

const values = readArguments();
if (values.help) {
  console.log(USAGE);
  Deno.exit(0);
}
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) fail(`--rounds is a whole number from 1. Received: ${values.rounds}`);
const chosen = values.networks?.split(",") ?? names;
for (const name of chosen) {
  if (!names.includes(name)) fail(`There is no network "${name}". There are: ${names.join(", ")}.`);
}

const python = await peersPython();
const here = (file: string) => new URL(file, import.meta.url).pathname;
const deno = (file: string, env: Record<string, string> = {}) =>
  new PeerProcess(Deno.execPath(), ["run", "--quiet", "--allow-all", here(file)], env);

const starters: Record<string, () => PeerProcess> = {
  "baeum": () => deno("baeum_peer.ts"),
  "baeum-wasm": () => deno("baeum_peer.ts", { BAEUM_BLAS: "none" }),
  "gemm": () => deno("gemm_peer.ts"),
  ...(python && {
    "keras-tf": () => new PeerProcess(python, [here("keras_peer.py")], { KERAS_BACKEND: "tensorflow" }),
    "keras-jax": () => new PeerProcess(python, [here("keras_peer.py")], { KERAS_BACKEND: "jax" }),
  }),
  "tfjs-wasm": () => deno("stock_tfjs_peer.ts"),
};
if (!python) console.error("Without Keras: Python with the peers could not be set up (see above).");

/** Each is started once, alone, and waits while another is timed. */
const peers: Record<string, PeerProcess> = {};
/** Milliseconds from the start of a peer's process until it could train. */
const startUp: Record<string, number> = {};
for (const [peer, start] of Object.entries(starters)) {
  peers[peer] = start();
  await peers[peer].ask({ ready: true });
  startUp[peer] = peers[peer].age;
}

const tell = async (text: string) => {
  if (!values.json) await Deno.stderr.write(new TextEncoder().encode(`\r${text.padEnd(40)}`));
};
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const measurements: Measurement[] = [];
try {
  for (const name of chosen) {
    const times: Record<string, number[]> = {};
    const firstStep: Record<string, number | undefined> = {};
    for (const peer of ["baeum", "keras-tf", "keras-jax"]) firstStep[peer] = await peers[peer]?.ask({ first: name });
    for (let round = 0; round < rounds; round++) {
      for (const [peer, process] of Object.entries(peers)) {
        // It takes a second for each step, and nobody waits to see by how much exactly.
        if (peer === "tfjs-wasm" && round > 0) continue;
        const answer = await process.ask({ network: name });
        if (answer !== undefined) (times[peer] ??= []).push(answer);
      }
      await tell(`${name}: round ${round + 1}/${rounds}`);
    }
    const predictions: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round++) {
      await tell(`${name}: prediction ${round + 1}/${rounds}`);
      for (const peer of ["baeum", "baeum-wasm", "keras-tf", "keras-jax"]) {
        const answer = await peers[peer]?.ask({ predict: name });
        if (answer !== undefined) (predictions[peer] ??= []).push(answer);
      }
    }
    const at = (peer: string) => times[peer] && median(times[peer]);
    measurements.push({
      network: name,
      ms: at("baeum"),
      wasmMs: at("baeum-wasm"),
      gemmMs: at("gemm"),
      peers: { "keras-tf": at("keras-tf"), "keras-jax": at("keras-jax"), "tfjs-wasm": at("tfjs-wasm") },
      firstStepMs: firstStep,
      predictMs: Object.fromEntries(Object.entries(predictions).map(([peer, times]) => [peer, median(times)])),
      rssMiB: {},
    });
  }
  const memory: Record<string, number | undefined> = {};
  for (const [peer, process] of Object.entries(peers)) memory[peer] = await process.ask({ memory: true });
  for (const measurement of measurements) measurement.rssMiB = memory;
} finally {
  for (const process of Object.values(peers)) process.stop();
}
if (!values.json) console.error("\r");
console.log(values.json ? JSON.stringify(measurements, null, 2) : table(measurements, startUp));
