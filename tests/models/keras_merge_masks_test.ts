import { assertEquals } from "@std/assert";
import { Layer, layers } from "baeum/models";
import { tf } from "baeum/tensors";
import { maskOf } from "../../lib/models/layer.ts";
import { peerTest } from "../peers.ts";
import { assertNear, numbers } from "./like_keras.ts";

const KERAS = `
import numpy as np, keras, tensorflow as tf
from keras.src import backend
def of(case):
    xs = []
    for x, mask in zip(given["inputs"], case["masks"]):
        x = tf.constant(np.array(x, "float32"))
        if mask is not None: backend.set_keras_mask(x, tf.constant(np.array(mask, "bool")))
        xs.append(x)
    y = getattr(keras.layers, case["class"]).from_config(case["config"])(xs)
    mask = backend.get_keras_mask(y)
    return {"y": y.numpy().tolist(), "mask": None if mask is None else mask.numpy().astype(int).tolist()}
answer = [of(case) for case in given["cases"]]
`;

/** Gives its input on with a mask. */
class Masked extends Layer {
  readonly mask: number[][] | null;

  constructor(mask: number[][] | null) {
    super();
    this.mask = mask;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return x.clone();
  }

  override computeMask(): tf.Tensor | undefined {
    return this.mask ? tf.tensor2d(this.mask).cast("bool") : undefined;
  }
}

const [some, others] = [[[1, 1, 0], [0, 1, 0]], [[1, 0, 0], [1, 1, 0]]];
const maskings = [[some, others], [some, null], [null, others], [null, null]];

peerTest("merges treat masks as Keras' do, and pass on the same mask", async (ask, t) => {
  const inputs = [tf.tensor3d(numbers(24, 1), [2, 3, 4]), tf.tensor3d(numbers(24, 2), [2, 3, 4])];
  const made = [
    () => layers.add(),
    () => layers.subtract(),
    () => layers.average(),
    () => layers.multiply(),
    () => layers.maximum(),
    () => layers.minimum(),
    () => layers.concatenate(),
    () => layers.concatenate({ axis: 1 }),
    () => layers.dot({ axes: [2, 2] }),
  ].flatMap((make) => maskings.map((masks) => ({ layer: make(), masks })));
  const answers = await ask(KERAS, {
    inputs: inputs.map((x) => x.arraySync()),
    cases: made.map(({ layer, masks }) => ({ class: layer.className, config: layer.getConfig(), masks })),
  }) as { y: unknown; mask: unknown }[];
  for (const [i, { layer, masks }] of made.entries()) {
    const which = masks.map((mask) => mask ? "mask" : "none").join(" and ");
    await t.step(`${layer.name}, ${which}`, () => {
      const context = { training: false, losses: [] };
      const given = inputs.map((x, k) => new Masked(masks[k]).run(x, context) as tf.Tensor);
      const y = layer.run(given, context) as tf.Tensor;
      assertNear(y, answers[i].y, 1e-5, "output");
      assertEquals(maskOf(y)?.toInt().arraySync() ?? null, answers[i].mask);
    });
  }
});
