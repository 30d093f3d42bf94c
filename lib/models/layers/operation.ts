import { tf } from "baeum/tensors";
import { Layer, type Tensors } from "../layer.ts";

/** Where an operation takes one of its tensors: the first, the second … */
export class TensorPlace {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/** What an operation is called with: tensors or their places, and plain values. */
export type Argument = tf.Tensor | TensorPlace | number | boolean | null | Argument[];

/** The arguments that an operation is made with, under Keras' names. */
interface Config {
  axis?: number | number[] | null;
  keepdims?: boolean;
}

type Compute = (args: Argument[], config: Config) => tf.Tensor;

const numbers = (x: Argument): tf.Tensor => {
  const tensor = x instanceof tf.Tensor ? x : tf.scalar(Number(x));
  return tensor.dtype === "bool" ? tensor.toFloat() : tensor;
};
const truths = (x: Argument): tf.Tensor => {
  const tensor = x instanceof tf.Tensor ? x : tf.scalar(Boolean(x));
  return tensor.dtype === "bool" ? tensor : tf.notEqual(tensor, tf.scalar(0, tensor.dtype as "float32"));
};
const unary = (compute: (x: tf.Tensor) => tf.Tensor): Compute => ([x]) => compute(numbers(x));
const binary = (compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Compute => ([a, b]) =>
  compute(numbers(a), numbers(b));
const along = (
  compute: (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor,
): Compute =>
([x], { axis, keepdims }) => compute(numbers(x), axis ?? undefined, keepdims);

/** A result that no gradient goes through. */
function withoutGradient(compute: Compute): Compute {
  return (args, config) => {
    const tensors = args.flat(Infinity as 1).filter((x): x is tf.Tensor => x instanceof tf.Tensor);
    const shapes = tensors.map(({ shape }) => shape);
    return tf.customGrad((...given: unknown[]) => {
      const value = compute(replaced(args, given as tf.Tensor[]) as Argument[], config);
      return { value, gradFunc: () => shapes.map((shape) => tf.zeros(shape)) };
    })(...tensors);
  };
}

/** The arguments with other tensors in the places of theirs. */
function replaced(argument: Argument, tensors: readonly tf.Tensor[]): Argument {
  const left = [...tensors];
  const visit = (part: Argument): Argument =>
    Array.isArray(part) ? part.map(visit) : part instanceof tf.Tensor ? left.shift()! : part;
  return visit(argument);
}

const compare = (compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) => withoutGradient(binary(compute));

/** Keras' operations by the names of their classes. */
const operations: Record<string, Compute> = {
  Add: binary(tf.add),
  Subtract: binary(tf.sub),
  Multiply: binary(tf.mul),
  Divide: binary(tf.div),
  TrueDivide: binary(tf.div),
  Maximum: binary(tf.maximum),
  Minimum: binary(tf.minimum),
  Power: binary(tf.pow),
  Negative: unary(tf.neg),
  Absolute: unary(tf.abs),
  Square: unary(tf.square),
  Sqrt: unary(tf.sqrt),
  Exp: unary(tf.exp),
  Log: unary(tf.log),
  Relu: unary(tf.relu),
  Sigmoid: unary(tf.sigmoid),
  Tanh: unary(tf.tanh),
  Mean: along(tf.mean),
  Sum: along(tf.sum),
  Max: along(tf.max),
  Min: along(tf.min),
  ExpandDims: ([x], { axis }) => tf.expandDims(x as tf.Tensor, axis as number),
  Concatenate: ([list], { axis }) => {
    const tensors = list as tf.Tensor[];
    const at = (axis as number) < 0 ? (axis as number) + tensors[0].rank : axis as number;
    return tf.concat(tensors, at);
  },
  Equal: compare(tf.equal),
  NotEqual: compare(tf.notEqual),
  Greater: compare(tf.greater),
  GreaterEqual: compare(tf.greaterEqual),
  Less: compare(tf.less),
  LessEqual: compare(tf.lessEqual),
  LogicalAnd: withoutGradient(([a, b]) => tf.logicalAnd(truths(a), truths(b))),
  LogicalOr: withoutGradient(([a, b]) => {
    const [x, y] = [truths(a), truths(b)];
    const shape = tf.backend_util.assertAndGetBroadcastShape(x.shape, y.shape);
    return tf.logicalOr(tf.broadcastTo(x, shape), tf.broadcastTo(y, shape));
  }),
  LogicalNot: withoutGradient(([x]) => tf.logicalNot(truths(x))),
  Any: withoutGradient(([x], { axis, keepdims }) => tf.any(truths(x), axis ?? undefined, keepdims)),
  All: withoutGradient(([x], { axis, keepdims }) => tf.all(truths(x), axis ?? undefined, keepdims)),
  OnesLike: withoutGradient(([x]) => truths(tf.onesLike(numbers(x)))),
  ZerosLike: withoutGradient(([x]) => truths(tf.zerosLike(numbers(x)))),
};

/** What an operation is made of. */
export interface OperationOptions {
  name: string;
  /** Keras' class name, for example `NotEqual`. */
  className: string;
  /** Where Keras has it. */
  module: string;
  /** Its arguments, as Keras' file has them. */
  config: Record<string, unknown>;
  /** What it is called with. */
  args: Argument[];
}

/** Arguments that are understood; of others only the value that changes nothing. */
const UNDERSTOOD = new Set(["name", "axis", "keepdims"]);

/**
 * A step of a functional model that is no layer: `x + 1` or `keras.ops.not_equal(x, 0)` in Keras, which masks of a graph are made
 * by as well. Only files make them.
 */
export class Operation extends Layer {
  readonly #className: string;
  readonly module: string;
  readonly #config: Record<string, unknown>;
  readonly #args: Argument[];
  readonly #compute: Compute;

  constructor({ name, className, module, config, args }: OperationOptions) {
    super({ name });
    const compute = Object.hasOwn(operations, className) ? operations[className] : undefined;
    if (!compute) {
      throw new RangeError(
        `The model has the operation "${name}" (${module}.${className}), which is not known here. Known: ${
          Object.keys(operations).join(", ")
        }. Use layers in its place, and save the model again`,
      );
    }
    const strange = Object.entries(config).find(([key, value]) => !UNDERSTOOD.has(key) && !isPlain(className, value));
    if (strange) {
      throw new RangeError(
        `The operation "${name}" (${className}) has ${strange[0]} = ${
          JSON.stringify(strange[1])
        }, which is not known here`,
      );
    }
    this.#className = className;
    this.module = module;
    this.#config = config;
    this.#args = args;
    this.#compute = compute;
    this.supportsMasking = false;
    this.built = true;
  }

  override get className(): string {
    return this.#className;
  }

  override call(inputs: Tensors): tf.Tensor {
    const tensors = [inputs].flat();
    return this.#compute(this.argumentsWith((index) => tensors[index]) as Argument[], this.#config as Config);
  }

  /** What it is called with, with what `put` gives in the places of tensors. */
  argumentsWith(put: (index: number) => unknown): unknown[] {
    const visit = (part: Argument): unknown =>
      Array.isArray(part) ? part.map(visit) : part instanceof TensorPlace ? put(part.index) : part;
    return this.#args.map(visit);
  }

  override getConfig(): Record<string, unknown> {
    return { ...this.#config };
  }
}

/** Whether a value is what an operation does anyhow: those like another tensor are made for masks. */
function isPlain(className: string, value: unknown): boolean {
  return value === null || value === false || (className.endsWith("Like") && value === "bool");
}

/** Whether an object of a file is an operation: Keras keeps them apart from layers by their module, old files not at all. */
export function isOperation({ module, class_name, config }: {
  module?: string | null;
  class_name: string;
  config: Record<string, unknown>;
}): boolean {
  if (module) return module.startsWith("keras.src.ops") || module.startsWith("keras.ops");
  return Object.hasOwn(operations, class_name) && !("trainable" in config);
}
