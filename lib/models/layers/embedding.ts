import { tf } from "baeum/tensors";
import { type Constraint, constraintOf } from "../constraints/mod.ts";
import { type Initializer, type InitializerName, initializerOf } from "../initializers/mod.ts";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { rememberRows } from "../optimizers/repeated_rows.ts";
import { type Regularizer, regularizerOf } from "../regularizers/mod.ts";
import { serialized } from "../serialized.ts";
import type { Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { constant } from "./constant.ts";

/** Arguments of {@linkcode embedding}. */
export interface EmbeddingOptions extends LayerOptions {
  /** How many different numbers there are: 0 … inputDim − 1. */
  inputDim: number;
  /** The length of each number's vector. */
  outputDim: number;
  /** How the vectors begin (default `"uniform"`: −0.05 to 0.05). */
  embeddingsInitializer?: Initializer | InitializerName;
  embeddingsRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  embeddingsConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
  /** A penalty on the layer's output. */
  activityRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  /** Whether 0 stands for nothing, which layers that know masks then leave out (default false). */
  maskZero?: boolean;
}

/** A vector for each whole number. Keras: `Embedding`. */
export class Embedding extends Layer {
  readonly inputDim: number;
  readonly outputDim: number;
  readonly maskZero: boolean;
  readonly embeddingsInitializer: Initializer;
  embeddings?: Weight;
  readonly #regularizer?: Regularizer;
  readonly #constraint?: Constraint;

  constructor(options: EmbeddingOptions) {
    super(options);
    for (const name of ["inputDim", "outputDim"] as const) {
      if (!Number.isInteger(options[name]) || options[name] < 1) {
        throw new RangeError(`${name} is a whole number of at least 1. Received: ${options[name]}`);
      }
    }
    this.inputDim = options.inputDim;
    this.outputDim = options.outputDim;
    this.maskZero = options.maskZero ?? false;
    this.supportsMasking = this.maskZero;
    this.embeddingsInitializer = initializerOf(options.embeddingsInitializer ?? "uniform");
    this.#regularizer = options.embeddingsRegularizer && regularizerOf(options.embeddingsRegularizer);
    this.#constraint = options.embeddingsConstraint && constraintOf(options.embeddingsConstraint);
    this.activityRegularizer = options.activityRegularizer && regularizerOf(options.activityRegularizer);
  }

  override build(): void {
    this.embeddings = this.addWeight("embeddings", {
      shape: [this.inputDim, this.outputDim],
      initializer: this.embeddingsInitializer,
      regularizer: this.#regularizer,
      constraint: this.#constraint,
    });
  }

  override call(inputs: Tensors): tf.Tensor {
    const indices = constant(single(inputs, this), (x) => x.toInt());
    const { inputDim, outputDim } = this;
    return tf.customGrad((...args: unknown[]) => {
      const [embeddings, save] = args as [tf.Tensor, (tensors: tf.Tensor[]) => void];
      save([indices]);
      return {
        value: tf.gather(embeddings, indices),
        // Only the vectors have a gradient; tfjs' own would want one of the indices, too.
        gradFunc: (dy: tf.Tensor, [indices]: tf.Tensor[]) => {
          const [rows, words] = [dy.reshape([-1, outputDim]), indices.flatten().toInt() as tf.Tensor1D];
          const gradient = tf.unsortedSegmentSum(rows, words, inputDim);
          rememberRows(gradient, rows, words, inputDim);
          return gradient;
        },
      };
    })(this.embeddings!.variable);
  }

  override computeMask(inputs: Tensors): tf.Tensor | undefined {
    if (!this.maskZero) return undefined;
    return constant(single(inputs, this), (x) => tf.notEqual(x.toInt(), tf.scalar(0, "int32")));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...singleShape(inputShape, this), this.outputDim];
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      input_dim: this.inputDim,
      output_dim: this.outputDim,
      embeddings_initializer: serialized("initializers", this.embeddingsInitializer),
      embeddings_regularizer: serialized("regularizers", this.#regularizer),
      activity_regularizer: serialized("regularizers", this.activityRegularizer),
      embeddings_constraint: serialized("constraints", this.#constraint),
      mask_zero: this.maskZero,
      quantization_config: null,
    };
  }
}

/**
 * A vector for each whole number, learnt: `[batch, …]` of 0 … inputDim − 1 → `[batch, …, outputDim]`.
 *
 * Weights: embeddings `[inputDim, outputDim]`.
 *
 * @throws {RangeError} if `inputDim` or `outputDim` is not a whole number of at least 1, and for numbers out of range.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const embedding = layers.embedding({ inputDim: 1000, outputDim: 16 });
 * assertEquals(embedding.apply(tf.tensor2d([[3, 1, 4]])).shape, [1, 3, 16]);
 * ```
 */
export function embedding(options: EmbeddingOptions): Embedding {
  return new Embedding(options);
}
