import * as tf from "@tensorflow/tfjs";
import { gatherInto, gatherTensors, type Source } from "./batch.ts";
import { ByteRows } from "./byte_rows.ts";
import { rowCount, type Rows } from "./rows.ts";
import { snapshotRandomStates } from "./ops/dropout.ts";
import { Program } from "./program.ts";
import { record } from "./recording.ts";
import { offsetOf, type WasmBackend, wasmBackend } from "./wasm_backend.ts";

/** What a step computes from a batch. */
export interface StepResult {
  /** Vectors that are added up over the batches: losses and metrics. */
  sums: tf.Tensor[];
  /** Tensors that the caller reads after each batch: predictions. */
  outputs: tf.Tensor[];
}

/** What a {@linkcode Step} is made of. */
export interface StepOptions {
  /** Computes a batch, and may change variables by the engine's in-place ops. Runs inside a tidy. */
  body: (batch: tf.Tensor[]) => StepResult;
  /** Called before each batch, recorded or not: counts the step, fixes its learning rate. */
  before?: () => void;
}

type Plan =
  | { state: "unchecked" | "checked"; program: Program; sumCount: number }
  | { state: "refused"; reason: string };

/** How far a replay may be from the eager run of the same batch; the kernels are the same, only the memory differs. */
const TOLERANCE = 1e-5;

/** A plan for each batch size; more than a few sizes mean that recording does not pay. */
const MOST_PLANS = 4;

/**
 * A function of batches that is recorded the first time it sees a batch of some size, and replayed from then on.
 *
 * The second batch is computed both ways and compared. Whatever cannot be replayed runs eagerly, and
 * {@linkcode Step.explain} says why.
 */
export class Step {
  readonly #options: StepOptions;
  readonly #plans = new Map<string, Plan>();
  #backend: string;
  #totals: Float64Array[] = [];
  /** Sums that are still on the device, where reading them would stall it. */
  #pending: tf.Tensor[] = [];
  #outputs: tf.TypedArray[] = [];

  constructor(options: StepOptions) {
    this.#options = options;
    this.#backend = tf.getBackend();
  }

  /** Computes one batch: these rows of the sources, `[samples, …]` each. */
  run(sources: Source[], rows: Rows): void {
    if (this.#backend !== tf.getBackend()) {
      this.dispose();
      this.#backend = tf.getBackend();
    }
    const backend = wasmBackend();
    if (!backend) return this.#runEagerly(sources, rows);
    // A source that another backend holds is moved here first, so that it has an address.
    for (const source of sources) {
      if (source instanceof ByteRows || backend.dataIdMap.has(source.dataId)) continue;
      tf.tidy(() => void tf.zerosLike(source));
    }
    const key = sources.reduce((key, { shape, dtype }) => `${key};${dtype},${shape.slice(1)}`, String(rowCount(rows)));
    const plan = this.#plans.get(key);
    if (!plan) this.#record(backend, key, sources, rows);
    else if (plan.state === "refused") this.#runEagerly(sources, rows);
    else if (plan.state === "unchecked") this.#check(backend, key, plan, sources, rows);
    else {
      this.#options.before?.();
      this.#replay(backend, plan, sources, rows);
    }
  }

  /** The vectors added up since the last {@linkcode resetSums}. */
  async sums(): Promise<Float64Array[]> {
    if (this.#pending.length > 0) {
      const pending = this.#pending;
      this.#pending = [];
      const values = await Promise.all(pending.map((tensor) => tensor.data()));
      values.forEach((value, i) => this.#addTo(i, value));
      tf.dispose(pending);
    }
    return this.#totals;
  }

  /** Starts the sums at zero. */
  resetSums(): void {
    this.#totals = [];
    tf.dispose(this.#pending);
    this.#pending = [];
  }

  /** The outputs of the last batch; the arrays are valid until the next. */
  get outputs(): tf.TypedArray[] {
    return this.#outputs;
  }

  /** `"recorded"`, or why steps run eagerly. */
  explain(): string {
    const plans = [...this.#plans.values()];
    const refused = plans.find((plan) => plan.state === "refused");
    if (refused?.state === "refused") return `eager: ${refused.reason}`;
    if (this.#backend !== "wasm") return `eager: steps are recorded on the backend "wasm", not on "${this.#backend}"`;
    return plans.length === 0 ? "not run yet" : "recorded";
  }

  /** Forgets what was recorded and gives its memory back. */
  dispose(): void {
    for (const plan of this.#plans.values()) if (plan.state !== "refused") plan.program.dispose();
    this.#plans.clear();
    this.resetSums();
  }

  #runEagerly(sources: Source[], rows: Rows): void {
    this.#options.before?.();
    const { sums, outputs } = tf.tidy(() => this.#options.body(gatherTensors(sources, rows)) as unknown as Flat);
    this.#takeResult({ sums, outputs });
  }

  #takeResult({ sums, outputs }: StepResult): void {
    if (tf.getBackend() === "webgpu") {
      const before = this.#pending;
      this.#pending = sums.map((sum, i) => before[i] ? tf.add(before[i], sum) : sum.clone());
      tf.dispose(before);
    } else sums.forEach((sum, i) => this.#addTo(i, sum.dataSync()));
    this.#outputs = outputs.map((output) => output.dataSync());
    tf.dispose([...sums, ...outputs]);
  }

  #addTo(i: number, values: ArrayLike<number>): void {
    const total = this.#totals[i] ??= new Float64Array(values.length);
    for (let k = 0; k < values.length; k++) total[k] += values[k];
  }

  #record(backend: WasmBackend, key: string, sources: Source[], rows: Rows): void {
    this.#options.before?.();
    const scope = tf.engine();
    scope.startScope("recorded step");
    try {
      const batch = gatherTensors(sources, rows);
      const recording = record(backend, () => this.#options.body(batch));
      const { sums, outputs } = recording.result;
      try {
        const obstacle = recording.obstacle ?? this.#tooManyPlans();
        this.#plans.set(
          key,
          obstacle ? { state: "refused", reason: obstacle } : {
            state: "unchecked",
            program: new Program(backend, recording, batch, [...sums, ...outputs]),
            sumCount: sums.length,
          },
        );
        this.#takeResult({ sums, outputs });
      } finally {
        recording.release();
      }
    } finally {
      scope.endScope();
    }
  }

  #tooManyPlans(): string | undefined {
    const live = [...this.#plans.values()].filter((plan) => plan.state !== "refused").length;
    return live < MOST_PLANS ? undefined : `batches come in more than ${MOST_PLANS} sizes`;
  }

  #replay(backend: WasmBackend, plan: Plan & { program: Program }, sources: Source[], rows: Rows): void {
    const { program, sumCount } = plan as { program: Program; sumCount: number };
    gatherInto(backend, sources, rows, program.inputs);
    program.run();
    const { buffer } = backend.wasm.HEAPU8;
    for (let i = 0; i < sumCount; i++) {
      const { offset, size } = program.results[i];
      const words = backend.wasm.HEAPF32;
      const total = this.#totals[i] ??= new Float64Array(size);
      for (let k = 0; k < size; k++) total[k] += words[offset / 4 + k];
    }
    if (program.results.length > sumCount) {
      this.#outputs = program.results.slice(sumCount).map(({ offset, size, dtype }) =>
        dtype === "float32" ? new Float32Array(buffer, offset, size) : new Int32Array(buffer, offset, size)
      );
    }
  }

  /** Computes the batch eagerly and again by replay from the same state, and keeps the replay only if both agree. */
  #check(
    backend: WasmBackend,
    key: string,
    plan: { program: Program; sumCount: number },
    sources: Source[],
    rows: Rows,
  ): void {
    const variables = plan.program.changes;
    const restoreRandom = snapshotRandomStates();
    const before = variables.map((variable) => variable.dataSync());
    const totals = this.#totals.map((total) => total.slice());
    this.#runEagerly(sources, rows);
    const eager = { state: variables.map((v) => v.dataSync()), totals: this.#totals, outputs: this.#outputs };

    restoreRandom();
    variables.forEach((variable, i) => writeBack(backend, variable, before[i]));
    this.#totals = totals;
    let reason: string | undefined;
    try {
      this.#replay(backend, { ...plan, state: "checked" }, sources, rows);
      const agrees = agree(eager.state, variables.map((v) => v.dataSync())) && agree(eager.totals, this.#totals) &&
        agree(eager.outputs, this.#outputs);
      if (!agrees) reason = "a replayed step did not give the same numbers as an eager one";
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    if (!reason) {
      this.#plans.set(key, { ...plan, state: "checked" });
      return;
    }
    variables.forEach((variable, i) => writeBack(backend, variable, eager.state[i]));
    this.#totals = eager.totals;
    this.#outputs = eager.outputs;
    plan.program.dispose();
    this.#plans.set(key, { state: "refused", reason });
  }
}

/** tf.tidy's types know tensors and containers of tensors by index, not by name. */
type Flat = StepResult & tf.TensorContainer;

function writeBack(backend: WasmBackend, variable: tf.Variable, values: tf.TypedArray): void {
  const place = backend.wasm.HEAPF32.subarray(offsetOf(backend, variable.dataId) / 4);
  place.set(values as Float32Array);
}

/** Whether two lists of arrays hold the same numbers, to a few digits less than float32 has; NaN equals NaN. */
function agree(a: ArrayLike<number>[], b: ArrayLike<number>[]): boolean {
  return a.length === b.length && a.every((values, i) => {
    if (values.length !== b[i].length) return false;
    let scale = 1e-3;
    for (let k = 0; k < values.length; k++) {
      if (Number.isFinite(values[k])) scale = Math.max(scale, Math.abs(values[k]));
    }
    for (let k = 0; k < values.length; k++) {
      const [x, y] = [values[k], b[i][k]];
      if (!(Math.abs(x - y) <= TOLERANCE * scale) && !Object.is(x, y) && x !== y) return false;
    }
    return true;
  });
}
