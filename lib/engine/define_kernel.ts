import * as tf from "@tensorflow/tfjs";
import { allocate, bytesOf, offsetOf, type WasmBackend } from "./wasm_backend.ts";

/** A tensor as a kernel sees it: where it lies and what it looks like. */
export interface Operand {
  /** The byte offset on the WASM heap. */
  readonly offset: number;
  readonly shape: number[];
  /** The number of elements. */
  readonly size: number;
  readonly dtype: "float32" | "int32" | "bool";
}

/** What an output will look like. */
export interface OutputSpec {
  shape: number[];
  dtype: "float32" | "int32" | "bool";
}

/** The inputs' shapes and types, as `outputs` sees them. */
export type InputSpecs = Record<string, { shape: number[]; dtype: string }>;

/** A kernel that the engine brings itself. */
export interface KernelDefinition {
  /** The name: one of tfjs' own, which it then replaces on WASM, or a new one. */
  readonly name: string;
  /** What it gives; `[]` for a kernel that only changes its inputs. */
  outputs(inputs: InputSpecs, attributes: Record<string, unknown>): OutputSpec[];
  /**
   * Prepares the work on operands at fixed addresses and gives a function that does it.
   *
   * A recorded step binds once and calls the function at every step, so it should do nothing but call into WASM or BLAS.
   * Attributes that change from step to step live in objects that it reads when called. `workspace` gives scratch memory
   * that is the kernel's own while it runs; binding itself touches no memory and may happen more than once.
   */
  bind(
    inputs: Record<string, Operand>,
    outputs: Operand[],
    attributes: Record<string, unknown>,
    workspace: (bytes: number) => number,
  ): () => void;
  /** The inputs that it changes where they lie. */
  readonly inPlace?: readonly string[];
  /** The input in whose memory a program may have it write its first output, of the same shape, when nobody reads it again. */
  readonly overwrites?: string;
  /** Whether it can do these; where it cannot, tfjs' own kernel of the name does (default: all inputs are float32). */
  supports?(inputs: InputSpecs, attributes: Record<string, unknown>): boolean;
}

const definitions = new Map<string, KernelDefinition>();

/** The engine's own kernel of a name, where it has one for such inputs. */
export function kernelDefinition(
  name: string,
  inputs: InputSpecs,
  attributes: Record<string, unknown>,
): KernelDefinition | undefined {
  const definition = definitions.get(name);
  return definition && canDo(definition, inputs, attributes) ? definition : undefined;
}

/** Numbers of another type than a kernel expects would be read as nonsense, in silence. */
function canDo(definition: KernelDefinition, inputs: InputSpecs, attributes: Record<string, unknown>): boolean {
  if (definition.supports) return definition.supports(inputs, attributes);
  return Object.values(inputs).every((input) => !input || input.dtype === "float32");
}

/** Makes a kernel known to tfjs' WASM backend; one of the same name is replaced, and kept for what this one cannot do. */
export function defineKernel(definition: KernelDefinition): void {
  const { name } = definition;
  const theirs = tf.getKernel(name, "wasm");
  if (theirs) tf.unregisterKernel(name, "wasm");
  definitions.set(name, definition);
  tf.registerKernel({
    kernelName: name,
    backendName: "wasm",
    setupFunc: theirs?.setupFunc,
    kernelFunc: (call) => {
      const inputs = call.inputs as Record<string, tf.TensorInfo>;
      const attributes = (call.attrs ?? {}) as Record<string, unknown>;
      if (!canDo(definition, inputs, attributes)) {
        if (theirs) return theirs.kernelFunc(call);
        const given = Object.entries(inputs).filter(([, info]) => info)
          .map(([key, { dtype, shape }]) => `${key}: ${dtype} [${shape}]`);
        throw new TypeError(`The kernel ${name} cannot work on these. Received: ${given.join(", ")}`);
      }
      return runOnce(definition, inputs, attributes, call.backend as unknown as WasmBackend);
    },
  });
}

function runOnce(
  definition: KernelDefinition,
  inputs: Record<string, tf.TensorInfo>,
  attributes: Record<string, unknown>,
  backend: WasmBackend,
): tf.TensorInfo | tf.TensorInfo[] {
  const outputs = definition.outputs(inputs, attributes).map(({ shape, dtype }) => backend.makeOutput(shape, dtype));
  const scratch: number[] = [];
  const workspace = (bytes: number) => {
    const offset = allocate(bytes);
    scratch.push(offset);
    return offset;
  };
  const operands: Record<string, Operand> = {};
  for (const name in inputs) if (inputs[name]) operands[name] = operandOf(inputs[name], backend);
  try {
    definition.bind(operands, outputs.map((info) => operandOf(info, backend)), attributes, workspace)();
  } finally {
    scratch.forEach((offset) => backend.wasm._free(offset));
  }
  return outputs.length === 1 ? outputs[0] : outputs;
}

/** A tensor's place on the heap. */
export function operandOf(info: tf.TensorInfo, backend: WasmBackend): Operand {
  const dtype = info.dtype as Operand["dtype"];
  return {
    offset: offsetOf(backend, info.dataId),
    shape: info.shape,
    size: bytesOf(info.shape, dtype) / bytesOf([], dtype),
    dtype,
  };
}
