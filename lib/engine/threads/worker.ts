// One thread of a team: computes chunks for as long as there are any, looks out for more for a while, then sleeps.
import { workerData } from "node:worker_threads";
import { type BlasFile, openSgemm } from "../sgemm.ts";
import { ASLEEP, computeChunk, control, type Kernel, READY, TICKET } from "./control.ts";

const { memory, module, shared, thread, library } = workerData as {
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
  shared: SharedArrayBuffer;
  thread: number;
  library?: BlasFile;
};

/**
 * How long to look out before sleeping, in milliseconds. Within a training step the next job comes sooner; to be woken
 * takes some 50 µs, on a busy machine a thousand.
 */
const PATIENCE = 0.5;

const desk = control(shared);
const { words } = desk;
const instance = new WebAssembly.Instance(module, { env: { memory } });
const kernels = Object.values(instance.exports) as Kernel[];
if (library) {
  // Shared memory never moves.
  const heap = new Uint8Array(memory.buffer);
  kernels.push(openSgemm(library, () => heap) as Kernel);
}
Atomics.add(words, READY, 1);
Atomics.notify(words, READY);

for (;;) {
  // Read first: a job that comes while there is none to take then shows as a change.
  const ticket = Atomics.load(words, TICKET);
  if (computeChunk(desk, kernels, thread)) continue;
  const until = performance.now() + PATIENCE;
  let changed = false;
  while (!changed && performance.now() < until) {
    for (let i = 0; i < 100 && !changed; i++) changed = Atomics.load(words, TICKET) !== ticket;
  }
  if (changed) continue;
  Atomics.add(words, ASLEEP, 1);
  // Does not sleep if the ticket has changed in between.
  Atomics.wait(words, TICKET, ticket);
  Atomics.sub(words, ASLEEP, 1);
}
