import * as tf from "@tensorflow/tfjs";
import { type KernelDefinition, kernelDefinition, type Operand } from "./define_kernel.ts";
import { type Lifetime, planMemory } from "./memory_plan.ts";
import { type Call, mapInfos, type Recording } from "./recording.ts";
import { lastReads, overwritten, simplify } from "./simplify.ts";
import { allocate, bytesOf, offsetOf, type WasmBackend } from "./wasm_backend.ts";

/** A tensor that the program is given, or that it leaves behind. */
export interface Slot {
  readonly offset: number;
  readonly shape: number[];
  readonly dtype: tf.DataType;
  readonly size: number;
}

/**
 * A recorded function made into a list of closures over fixed addresses.
 *
 * What nobody needs is left out, tensors that only look at others' memory have vanished, and everything in between lives in
 * one block, laid out so that memory is used again as soon as it is free.
 */
export class Program {
  /** The recorded function's inputs: write here, then {@linkcode run}. */
  readonly inputs: Slot[];
  /** Its results: read here afterwards. */
  readonly results: Slot[];
  /** The kernels that are called at each run, in order. */
  readonly kernels: string[];
  /** The bytes of the program's own block. */
  readonly bytes: number;
  readonly #backend: WasmBackend;
  readonly #block: number;
  #calls: Call[];
  readonly #places = new Map<object, number>();
  readonly #scratch: number[][];
  /** Variables that the program reads or writes, with the memory it was bound to. */
  readonly #variables: { variable: tf.Variable; dataId: object }[] = [];
  /** Tensors from before the recording that the program reads: held, so that their memory stays theirs. */
  readonly #held: object[] = [];
  /** tfjs' own record of memory that the program lends to tfjs' kernels. */
  readonly #lent: tf.TensorInfo[] = [];
  #steps: (() => void)[] = [];

  constructor(
    backend: WasmBackend,
    recording: Recording<unknown>,
    inputs: tf.Tensor[],
    results: tf.TensorInfo[],
  ) {
    this.#backend = backend;
    const { calls, sourceOf } = simplify(recording.calls, results);
    this.#calls = calls;
    results = results.map((tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, dataId: sourceOf(tensor.dataId) }));
    this.kernels = this.#calls.map((call) => call.kernel);

    const block = new BlockLayout(this.#calls, inputs, results);
    this.#scratch = this.#calls.map(() => []);
    this.#holdWhatIsRead(block, results);
    this.#measureScratch(block);

    const { offsets, bytes } = planMemory(block.lifetimes);
    this.bytes = bytes;
    this.#block = allocate(bytes);
    block.index.forEach((i, dataId) => this.#places.set(dataId, this.#block + offsets[i]));
    this.#scratch.forEach((list) => list.forEach((i, k) => list[k] = this.#block + offsets[i]));

    const slot = ({ dataId, shape, dtype }: tf.TensorInfo): Slot => ({
      offset: this.#offset(dataId),
      shape,
      dtype,
      size: shape.reduce((a, b) => a * b, 1),
    });
    this.inputs = inputs.map(slot);
    this.results = results.map(slot);
    this.#bind();
  }

  /** Runs every kernel once. */
  run(): void {
    for (const { variable, dataId } of this.#variables) {
      if (variable.dataId !== dataId) {
        this.#rebind();
        break;
      }
    }
    const steps = this.#steps;
    for (let i = 0; i < steps.length; i++) steps[i]();
  }

  /** The variables that a run changes. */
  get changes(): tf.Variable[] {
    const changed = new Set(this.#calls.flatMap(overwritten));
    return this.#variables.filter(({ dataId }) => changed.has(dataId)).map(({ variable }) => variable);
  }

  /** Gives the memory back. */
  dispose(): void {
    for (const { dataId } of this.#lent) {
      this.#backend.wasm.tfjs.disposeData(this.#backend.dataIdMap.get(dataId).id);
      this.#backend.dataIdMap.delete(dataId);
    }
    this.#lent.length = 0;
    for (const dataId of this.#held.splice(0)) this.#backend.disposeData(dataId);
    this.#backend.wasm._free(this.#block);
    this.#steps = [];
  }

  /** Holds on to what the program reads and does not make: variables by name, all else by its memory. */
  #holdWhatIsRead(block: BlockLayout, results: tf.TensorInfo[]): void {
    const variables = new Map<object, tf.Variable>();
    for (const variable of Object.values(tf.engine().state.registeredVariables)) {
      variables.set(variable.dataId, variable);
    }
    const seen = new Set<object>();
    for (const info of [...this.#calls.flatMap((call) => Object.values(call.inputs)), ...results]) {
      if (block.index.has(info.dataId) || seen.has(info.dataId)) continue;
      seen.add(info.dataId);
      const variable = variables.get(info.dataId);
      if (variable) this.#variables.push({ variable, dataId: info.dataId });
      else {
        this.#backend.incRef(info.dataId);
        this.#held.push(info.dataId);
      }
    }
  }

  /** Asks each of our kernels how much scratch memory it wants, before there are addresses. */
  #measureScratch(block: BlockLayout): void {
    this.#calls.forEach((call, i) => {
      const definition = definitionOf(call);
      if (!definition) return;
      const unplaced = (info: tf.TensorInfo): Operand => this.#operand(info, 0);
      definition.bind(mapInfos(call.inputs, unplaced), call.outputs.map(unplaced), call.attributes, (bytes) => {
        this.#scratch[i].push(block.add(bytes, i, i));
        return 0;
      });
    });
  }

  #rebind(): void {
    for (const entry of this.#variables) {
      const { dataId } = entry.variable;
      const renew = (info: tf.TensorInfo) => info.dataId === entry.dataId ? { ...info, dataId } : info;
      this.#calls = this.#calls.map((call) => ({ ...call, inputs: mapInfos(call.inputs, renew) }));
      entry.dataId = dataId;
    }
    this.#bind();
  }

  #bind(): void {
    this.#steps = this.#calls.map((call, i) => {
      const definition = definitionOf(call);
      return definition ? this.#bindOurs(call, definition, this.#scratch[i]) : this.#bindTheirs(call);
    });
  }

  #bindOurs(call: Call, definition: KernelDefinition, scratch: number[]): () => void {
    const operand = (info: tf.TensorInfo) => this.#operand(info, this.#offset(info.dataId));
    let next = 0;
    return definition.bind(
      mapInfos(call.inputs, operand),
      call.outputs.map(operand),
      call.attributes,
      () => scratch[next++],
    );
  }

  /** A kernel of tfjs' own allocates what it gives: it is handed the block's memory instead. */
  #bindTheirs(call: Call): () => void {
    const backend = this.#backend;
    const place = (info: tf.TensorInfo) => this.#places.has(info.dataId) ? this.#lend(info) : info;
    const inputs = mapInfos(call.inputs, place);
    const made = call.made.map(place);
    const arguments_ = { inputs, attrs: call.attributes, backend };
    const { kernel, run } = call;
    let next = 0;
    const makeOutput: WasmBackend["makeOutput"] = (shape, dtype, _offset, values) => {
      const info = made[next++];
      if (!info || info.dtype !== dtype || info.shape.length !== shape.length) {
        throw new Error(`The kernel ${kernel} did not ask for the memory that it asked for when it was recorded`);
      }
      if (values) {
        const place = new Uint8Array(backend.wasm.HEAPU8.buffer, offsetOf(backend, info.dataId), bytesOf(shape, dtype));
        const typed = values as tf.TypedArray;
        place.set(new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength));
      }
      return { ...info, shape };
    };
    const keep = () => true;
    return () => {
      const saved = { makeOutput: backend.makeOutput, disposeData: backend.disposeData };
      next = 0;
      backend.makeOutput = makeOutput;
      backend.disposeData = keep;
      try {
        run(arguments_);
      } finally {
        backend.makeOutput = saved.makeOutput;
        backend.disposeData = saved.disposeData;
      }
    };
  }

  /** Makes a stretch of the block known to tfjs under an identity of its own. */
  #lend(info: tf.TensorInfo): tf.TensorInfo {
    const lent = this.#backend.makeOutput(info.shape, info.dtype, this.#offset(info.dataId));
    this.#lent.push(lent);
    return lent;
  }

  #offset(dataId: object): number {
    return this.#places.get(dataId) ?? offsetOf(this.#backend, dataId);
  }

  #operand(info: tf.TensorInfo, offset: number): Operand {
    return {
      offset,
      shape: info.shape,
      size: info.shape.reduce((a, b) => a * b, 1),
      dtype: info.dtype as Operand["dtype"],
    };
  }
}

/** The lifetimes of all that the program makes, from the call that makes it to the last that reads it. */
class BlockLayout {
  readonly lifetimes: Lifetime[] = [];
  readonly index = new Map<object, number>();

  constructor(calls: Call[], inputs: tf.Tensor[], results: tf.TensorInfo[]) {
    const end = calls.length;
    for (const { dataId, shape, dtype } of inputs) this.#make({ dataId, shape, dtype }, -1);
    const lastRead = lastReads(calls, [...inputs, ...results]);
    calls.forEach((call, i) => {
      const given = call.inputs[definitionOf(call)?.overwrites ?? ""];
      const place = given && lastRead.get(given.dataId) === i ? this.index.get(given.dataId) : undefined;
      if (place !== undefined) this.index.set(call.outputs[0].dataId, place);
      for (const info of call.made) this.#make(info, i);
      for (const info of Object.values(call.inputs)) this.#use(info.dataId, i);
    });
    // The inputs are written before the first call, and may be read again by the next run's check.
    for (const { dataId } of [...inputs, ...results]) this.#use(dataId, end);
  }

  /** Adds a lifetime that no tensor stands for. */
  add(bytes: number, first: number, last: number): number {
    return this.lifetimes.push({ bytes, first, last }) - 1;
  }

  #make(info: tf.TensorInfo, at: number): void {
    if (!this.index.has(info.dataId)) {
      this.index.set(info.dataId, this.add(bytesOf(info.shape, info.dtype), at, at));
    }
  }

  #use(dataId: object, at: number): void {
    const i = this.index.get(dataId);
    if (i !== undefined) this.lifetimes[i].last = at;
  }
}

function definitionOf(call: Call): KernelDefinition | undefined {
  return kernelDefinition(call.kernel, call.inputs, call.attributes);
}
