import { assign, updateInPlace } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { Weight } from "../weight.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Arguments of {@linkcode ftrl}. */
export interface FtrlOptions extends OptimizerOptions {
  /** How the rate falls with the sum of squares: at most 0 (default -0.5). */
  learningRatePower?: number;
  /** What the sum of squares starts with (default 0.1). */
  initialAccumulatorValue?: number;
  /** The penalty on sizes (default 0). */
  l1RegularizationStrength?: number;
  /** The penalty on squares (default 0). */
  l2RegularizationStrength?: number;
  /** The penalty on squares that enters through the gradient (default 0). */
  l2ShrinkageRegularizationStrength?: number;
  /** Adds `beta / (2 · learningRate)` to the penalty on squares (default 0). */
  beta?: number;
}

/** Follow the regularized leader. Keras: `Ftrl`. */
export class Ftrl extends Optimizer {
  readonly learningRatePower: number;
  readonly initialAccumulatorValue: number;
  readonly l1RegularizationStrength: number;
  readonly l2RegularizationStrength: number;
  readonly l2ShrinkageRegularizationStrength: number;
  readonly beta: number;

  constructor(
    {
      learningRate = 0.001,
      learningRatePower = -0.5,
      initialAccumulatorValue = 0.1,
      l1RegularizationStrength = 0,
      l2RegularizationStrength = 0,
      l2ShrinkageRegularizationStrength = 0,
      beta = 0,
      ...shared
    }: FtrlOptions = {},
  ) {
    super({ learningRate, ...shared });
    this.learningRatePower = learningRatePower;
    this.initialAccumulatorValue = initialAccumulatorValue;
    this.l1RegularizationStrength = l1RegularizationStrength;
    this.l2RegularizationStrength = l2RegularizationStrength;
    this.l2ShrinkageRegularizationStrength = l2ShrinkageRegularizationStrength;
    this.beta = beta;
  }

  get slotNames(): readonly string[] {
    return ["accumulator", "linear"];
  }

  protected override initialSlot(name: string, weight: Weight): tf.Tensor {
    return tf.fill(weight.shape, name === "accumulator" ? this.initialAccumulatorValue : 0);
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [accumulator, linear]: tf.Variable[]): void {
    const { learningRatePower, l1RegularizationStrength: l1, l2RegularizationStrength: l2, beta, scalars } = this;
    const { l2ShrinkageRegularizationStrength: l2Shrinkage } = this;
    const attributes = { scalars, learningRatePower, l1, l2, l2Shrinkage, beta };
    updateInPlace("FtrlUpdate", { param, grad, accumulator, linear }, attributes, () => {
      const { learningRate } = scalars;
      const sum = accumulator.add(grad.square());
      const [before, after] = [accumulator, sum].map((square) => square.pow(-learningRatePower).div(learningRate));
      const shrunk = grad.add(param.mul(2 * l2Shrinkage));
      assign(linear, linear.add(shrunk.sub(after.sub(before).mul(param))));
      const clipped = tf.clipByValue(linear, -l1, l1);
      assign(param, clipped.sub(linear).div(after.add(2 * (l2 + beta / (2 * learningRate)))));
      assign(accumulator, sum);
    });
  }

  override getConfig(): Record<string, unknown> {
    const {
      learningRatePower,
      initialAccumulatorValue,
      l1RegularizationStrength,
      l2RegularizationStrength,
      l2ShrinkageRegularizationStrength,
      beta,
    } = this;
    return {
      ...super.getConfig(),
      learning_rate_power: learningRatePower,
      initial_accumulator_value: initialAccumulatorValue,
      l1_regularization_strength: l1RegularizationStrength,
      l2_regularization_strength: l2RegularizationStrength,
      l2_shrinkage_regularization_strength: l2ShrinkageRegularizationStrength,
      beta,
    };
  }
}

/**
 * Follow the regularized leader: for sparse features, with penalties that make weights exactly 0. McMahan et al. 2013. Keras' default rate 0.001.
 */
export function ftrl(options: FtrlOptions = {}): Ftrl {
  return new Ftrl(options);
}
