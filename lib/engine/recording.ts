import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "./wasm_backend.ts";

/** One call of a kernel, as it happened. */
export interface Call {
  readonly kernel: string;
  readonly run: (call: KernelArguments) => tf.TensorInfo | tf.TensorInfo[];
  readonly inputs: Record<string, tf.TensorInfo>;
  readonly attributes: Record<string, unknown>;
  readonly outputs: tf.TensorInfo[];
  /** Everything it allocated, its outputs and what it needed on the way, in order. */
  readonly made: tf.TensorInfo[];
}

/** What tfjs hands to a kernel. */
export interface KernelArguments {
  inputs: Record<string, tf.TensorInfo>;
  backend: unknown;
  attrs: Record<string, unknown>;
}

/** A function's run, call by call. */
export interface Recording<T> {
  readonly result: T;
  readonly calls: Call[];
  /** Why the calls cannot be replayed, where that showed while they were recorded. */
  readonly obstacle?: string;
  /** Gives back the memory that was held while the recording was looked at. */
  release(): void;
}

/** Kernels whose output's shape depends on values: a replay would write into memory of another size. */
const dynamicKernels = new Set([
  "Where",
  "Unique",
  "NonMaxSuppressionV3",
  "NonMaxSuppressionV4",
  "NonMaxSuppressionV5",
]);

interface Session {
  calls: Call[];
  /** What the kernel that runs just now has allocated. */
  made?: tf.TensorInfo[];
  obstacle?: string;
}

let session: Session | undefined;
const wrapped = new WeakSet<object>();

/** The same for each of a kernel's inputs; a kernel of any number of inputs has them in a list. */
export function mapInfos<T>(inputs: Record<string, tf.TensorInfo>, to: (info: tf.TensorInfo) => T): Record<string, T> {
  if (Array.isArray(inputs)) return inputs.map(to) as unknown as Record<string, T>;
  const mapped: Record<string, T> = {};
  for (const name in inputs) if (inputs[name]) mapped[name] = to(inputs[name]);
  return mapped;
}

/** What a program needs of a tensor; the tensor itself may be disposed of meanwhile. */
function plain({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
  return { dataId, shape, dtype };
}

/** Puts a listener around each of the backend's kernels, once; while nothing is recorded it costs one comparison. */
function listenToKernels(): void {
  for (const config of tf.getKernelsForBackend("wasm")) {
    if (wrapped.has(config)) continue;
    wrapped.add(config);
    const run = config.kernelFunc as unknown as Call["run"];
    const listener = (call: KernelArguments) => {
      // A kernel that calls another is one call: what is inside it is replayed with it.
      if (!session || session.made) return run(call);
      const { calls } = session;
      const made: tf.TensorInfo[] = session.made = [];
      try {
        const result = run(call);
        const outputs = Array.isArray(result) ? result : result ? [result] : [];
        calls.push({
          kernel: config.kernelName,
          run,
          inputs: mapInfos(call.inputs, plain),
          attributes: call.attrs,
          outputs: outputs.map(plain),
          made,
        });
        if (dynamicKernels.has(config.kernelName)) {
          session.obstacle ??= `the kernel ${config.kernelName} gives a result whose shape depends on values`;
        }
        return result;
      } finally {
        session.made = undefined;
      }
    };
    (config as { kernelFunc: unknown }).kernelFunc = listener;
  }
}

/**
 * Runs a function and notes every kernel call that it makes.
 *
 * Nothing that is disposed of meanwhile is freed before {@linkcode Recording.release}, so no two tensors of the recording
 * share memory and each stands for one value.
 */
export function record<T>(backend: WasmBackend, run: () => T): Recording<T> {
  if (session) throw new Error("A step is being recorded already; steps cannot be recorded inside each other");
  listenToKernels();
  const { makeOutput, disposeData, read, readSync } = backend;
  const disposals: [dataId: object, force?: boolean][] = [];
  const givenUp = new Map<object, number>();
  const current: Session = session = { calls: [] };
  const variables = variableData();

  backend.makeOutput = (...args) => {
    const info = makeOutput.apply(backend, args);
    // A kernel may give its output another shape afterwards; what counts is what it asked for.
    current.made?.push(plain(info));
    return info;
  };
  backend.disposeData = (dataId, force) => {
    disposals.push([dataId, force]);
    // As the backend answers: whether nobody looks at the memory any more, which a reshaped tensor may still do.
    const given = (givenUp.get(dataId) ?? 0) + 1;
    givenUp.set(dataId, given);
    return force || backend.dataIdMap.get(dataId).refCount <= given;
  };
  backend.read = (...args) => {
    current.obstacle ??= "values were read in the middle of the step (data, dataSync, arraySync …)";
    return read.apply(backend, args);
  };
  backend.readSync = (...args) => {
    current.obstacle ??= "values were read in the middle of the step (data, dataSync, arraySync …)";
    return readSync.apply(backend, args);
  };
  const release = () => {
    for (const [dataId, force] of disposals.splice(0)) backend.disposeData(dataId, force);
  };
  let finished = false;
  try {
    const result = run();
    const reassigned = [...variableData()].find(([name, dataId]) =>
      variables.has(name) && variables.get(name) !== dataId
    );
    if (reassigned) {
      current.obstacle ??= "a variable was given a new tensor in the middle of the step (variable.assign)";
    }
    finished = true;
    return { result, calls: current.calls, obstacle: current.obstacle, release };
  } finally {
    session = undefined;
    Object.assign(backend, { makeOutput, disposeData, read, readSync });
    if (!finished) release();
  }
}

function variableData(): Map<string, object> {
  const variables = tf.engine().state.registeredVariables;
  return new Map(Object.entries(variables).map(([name, variable]) => [name, variable.dataId]));
}
