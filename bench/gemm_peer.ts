/** The limit: only the matrix products of a training step, by the BLAS that Baeum uses. */
import { blas } from "../lib/engine/blas.ts";
import { wholeGemm } from "../lib/engine/gemm.ts";
import { wasmBackend } from "../lib/engine/wasm_backend.ts";
import "baeum/tensors";
import { type Network, networks } from "./network.ts";
import { serve } from "./peer.ts";

const library = blas() ?? (() => {
  throw new Error("No BLAS library was found: there is no limit to measure");
})();
library.setThreads?.(library.threadsAsked);
const multiply = wholeGemm(library.sgemm);
const heap = wasmBackend()!.wasm;

interface Product {
  transposeA: boolean;
  transposeB: boolean;
  m: number;
  n: number;
  k: number;
}

/** Forward, the kernel's gradient, and the input's gradient for all layers but the first. */
function products({ layers, input, batch }: Network): Product[] {
  let width = input.reduce((a, b) => a * b, 1);
  return layers.flatMap(({ type, units }, i) => {
    if (type !== "dense") return [];
    const [k, n] = [width, units!];
    width = n;
    return [
      { transposeA: false, transposeB: false, m: batch, n, k },
      { transposeA: true, transposeB: false, m: k, n, k: batch },
      ...(i ? [{ transposeA: false, transposeB: true, m: batch, n: k, k: n }] : []),
    ];
  });
}

function round(name: string): Promise<number> {
  const network = networks.find((network) => network.name === name)!;
  if (network.layers.some(({ type }) => type === "conv2d")) return Promise.resolve(NaN);
  const calls = products(network).map(({ transposeA, transposeB, m, n, k }) => {
    const [a, b, c] = [m * k, k * n, m * n].map((size) => {
      const offset = heap._malloc(4 * size);
      heap.HEAPF32.fill(0.01, offset / 4, offset / 4 + size);
      return offset;
    });
    return { run: () => multiply(transposeA, transposeB, m, n, k, a, b, c, 0), free: [a, b, c] };
  });
  const steps = network.epochs * network.batches;
  const begin = performance.now();
  for (let i = 0; i < steps; i++) for (const { run } of calls) run();
  const milliseconds = (performance.now() - begin) / steps;
  calls.forEach(({ free }) => free.forEach((offset) => heap._free(offset)));
  return Promise.resolve(milliseconds);
}

await serve({ round });
