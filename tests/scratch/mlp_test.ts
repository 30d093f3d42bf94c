import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { linear, MLP, sigmoid } from "baeum/scratch";
import { random, tf } from "baeum/tensors";

const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]];
const xor = [[0], [1], [1], [0]];

function network(sizes: number[], seed = 1, high = 1): MLP {
  const numbers = new random.RandomState(seed);
  return new MLP(sizes, { draw: () => numbers.uniform(-high, high) });
}

/** tfjs' slopes of `½ Σ (output − target)²` along every weight and bias. */
function slopesOfTfjs(mlp: MLP, input: number[], target: number[]): { weights: number[][][]; biases: number[][] } {
  const matrices = mlp.weights.map((matrix) => tf.tensor2d(matrix));
  const rows = mlp.biases.map((bias) => tf.tensor1d(bias));
  const error = (...parameters: tf.Tensor[]) => {
    const layers = matrices.length;
    const output = parameters.slice(0, layers).reduce(
      (x, matrix, l) => tf.sigmoid(tf.add(tf.matMul(x, matrix as tf.Tensor2D), parameters[layers + l])),
      tf.tensor2d([input]) as tf.Tensor2D,
    );
    return tf.sum(tf.square(tf.sub(output, tf.tensor2d([target])))).div(2) as tf.Scalar;
  };
  const slopes = tf.grads(error)([...matrices, ...rows]).map((slope) => slope.arraySync());
  return {
    weights: slopes.slice(0, matrices.length) as number[][][],
    biases: slopes.slice(matrices.length) as number[][],
  };
}

Deno.test("MLP's gradients are tfjs' gradients, whatever the layers", () => {
  for (const sizes of [[2, 2, 1], [3, 4, 5, 2], [1, 1]]) {
    const mlp = network(sizes);
    const numbers = new random.RandomState(2);
    const input = [...numbers.uniform(-1, 1, sizes[0])];
    const target = [...numbers.uniform(0, 1, sizes.at(-1)!)];
    const [ours, theirs] = [mlp.gradients(input, target), slopesOfTfjs(mlp, input, target)];
    const differences = [
      ours.weights.flat(2).map((slope, i) => Math.abs(slope - theirs.weights.flat(2)[i])),
      ours.biases.flat().map((slope, i) => Math.abs(slope - theirs.biases.flat()[i])),
    ].flat();
    assertEquals(differences.length, mlp.weights.flat(2).length + mlp.biases.flat().length);
    assert(Math.max(...differences) < 1e-6, String(Math.max(...differences)));
  }
});

Deno.test("MLP's gradients are the finite differences of the error, for each activation", () => {
  for (const activation of [sigmoid, linear]) {
    const numbers = new random.RandomState(3);
    const mlp = new MLP([2, 3, 2], { activation, draw: () => numbers.uniform(-1, 1) });
    const [input, target] = [[0.3, -0.7], [1, 0]];
    const error = () => mlp.predict(input).reduce((sum, output, i) => sum + (output - target[i]) ** 2 / 2, 0);
    const { weights, biases } = mlp.gradients(input, target);
    const parameters = [...mlp.weights.flat(), ...mlp.biases];
    const slopes = [...weights.flat(), ...biases];
    parameters.forEach((row, r) =>
      row.forEach((value, i) => {
        const errorAt = (moved: number) => {
          row[i] = moved;
          return error();
        };
        const difference = (errorAt(value + 1e-6) - errorAt(value - 1e-6)) / 2e-6;
        row[i] = value;
        assertAlmostEquals(slopes[r][i], difference, 1e-8);
      })
    );
  }
});

Deno.test("MLP learns XOR with two hidden neurons as the assignment does: 10,000 epochs, rate 0.2, weights within 0.1", () => {
  const mlp = network([2, 2, 1], 0, 0.1);
  const errors = mlp.fit(inputs, xor, { epochs: 10_000 });
  assertEquals(errors.length, 10_000);
  assert(errors[0] > 0.12 && errors.at(-1)! < 0.01, `${errors[0]} ${errors.at(-1)}`);
  assertEquals(inputs.map((input) => Math.round(mlp.predict(input)[0])), [0, 1, 1, 0]);
});

Deno.test("MLP moves its weights by the rate times the gradient, one sample after the other", () => {
  const [mlp, other] = [network([2, 2, 1]), network([2, 2, 1])];
  mlp.fit([[0, 1]], [[1]], { epochs: 1 });
  const { weights, biases } = other.gradients([0, 1], [1]);
  assertEquals(mlp.weights[0][1][0], other.weights[0][1][0] - 0.2 * weights[0][1][0]);
  assertEquals(mlp.biases[1][0], other.biases[1][0] - 0.2 * biases[1][0]);
});

Deno.test("MLP refuses a sample or a target of another width instead of computing with what is missing", () => {
  assertThrows(() => network([2, 1]).predict([1]), RangeError, "A sample has 2 inputs. Received: 1");
  assertThrows(() => network([2, 1]).gradients([0, 1], [1, 0]), RangeError, "A target has 1 values. Received: 2");
});
