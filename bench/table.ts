/** A row of the benchmark: medians, milliseconds a step. */
export interface Measurement {
  network: string;
  /** Baeum with BLAS. */
  ms?: number;
  /** Baeum on WASM kernels alone. */
  wasmMs?: number;
  /** The step's matrix products alone. */
  gemmMs?: number;
  peers: { "keras-tf"?: number; "keras-jax"?: number; "tfjs-wasm"?: number };
  /** Making the network and training one step. */
  firstStepMs: Record<string, number | undefined>;
  /** Predicting 10,000 samples, in batches as each does by default. */
  predictMs: Record<string, number | undefined>;
  /** Peak memory of each process over the whole run. */
  rssMiB: Record<string, number | undefined>;
}

const time = (ms?: number) => ms === undefined ? "–" : ms >= 1 ? ms.toFixed(2) : ms.toFixed(4);
const ratio = (peer?: number, ours?: number) => peer && ours ? (peer / ours).toFixed(2) : "–";

/** The rows as a Markdown table; the ratios are a peer's time by ours: above 1, Baeum is faster. */
export function table(rows: Measurement[], startUp: Record<string, number>): string {
  const head = [
    "network",
    "Baeum ms",
    "no BLAS ms",
    "pure GEMM ms",
    "Keras-TF ms",
    "Keras-JAX ms",
    "tfjs-wasm ms",
    "faster Keras / Baeum",
    "faster Keras / no BLAS",
    "Baeum / GEMM",
  ];
  const lines = rows.map(({ network, ms, wasmMs, gemmMs, peers }) => {
    const keras = [peers["keras-tf"], peers["keras-jax"]].filter((value) => value !== undefined);
    const faster = keras.length > 0 ? Math.min(...keras) : undefined;
    return [
      network,
      ...[ms, wasmMs, gemmMs, peers["keras-tf"], peers["keras-jax"], peers["tfjs-wasm"]].map(time),
      ratio(faster, ms),
      ratio(faster, wasmMs),
      ratio(ms, gemmMs),
    ];
  });
  const text = [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const list = (values: Record<string, number | undefined>) =>
    Object.entries(values).map(([peer, value]) => `${peer} ${value === undefined ? "–" : Math.round(value)}`).join(
      ", ",
    );
  const first = rows.map(({ network, firstStepMs }) => `- ${network}: ${list(firstStepMs)}`).join("\n");
  const predict = rows.map(({ network, predictMs }) => `- ${network}: ${list(predictMs)}`).join("\n");
  return [
    text,
    `Predicting 10,000 samples (ms):\n\n${predict}`,
    `Made and trained for one step (ms):\n\n${first}`,
    `Peak memory over the whole run (MiB): ${list(rows[0]?.rssMiB ?? {})}`,
    `From the start of the process until it could train (ms): ${list(startUp)}`,
  ].join("\n\n");
}
