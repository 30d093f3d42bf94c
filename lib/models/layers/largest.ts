import { tf } from "baeum/tensors";

/**
 * The largest number along axes that lie beside each other.
 *
 * Where several are the largest, as zeros after a rectifier often are, they share the gradient as in TensorFlow; tfjs' own
 * `max` gives each of them all of it.
 */
export function largest(x: tf.Tensor, axes: number[], keepDims: boolean): tf.Tensor {
  const [first] = axes;
  const last = first + axes.length;
  const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
  const y = shared(x.reshape([...x.shape.slice(0, first), count, ...x.shape.slice(last)]), first);
  const between = keepDims ? axes.map(() => 1) : [];
  return y.reshape([...x.shape.slice(0, first), ...between, ...x.shape.slice(last)]);
}

function shared(given: tf.Tensor, axis: number): tf.Tensor {
  const compute = tf.customGrad((...args: unknown[]) => {
    const [x, save] = args as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    const value = tf.max(x, axis, true);
    save([x, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [x, value]: tf.Tensor[]) => {
        const chosen = tf.equal(x, value).toFloat();
        return tf.mul(chosen, tf.div(dy, tf.sum(chosen, axis, true)));
      },
    };
  });
  return compute(given);
}
