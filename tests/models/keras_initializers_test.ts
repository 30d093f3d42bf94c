import { assertEquals, assertThrows } from "@std/assert";
import { initializers } from "baeum/models";
import { peerTest } from "../peers.ts";
import { assertNear } from "./like_keras.ts";
import { tf } from "baeum/tensors";

const shapes = [[5, 7], [3, 3, 2, 4]];

const scaled = (["fan_in", "fan_out", "fan_avg"] as const).flatMap((mode) =>
  (["truncated_normal", "untruncated_normal", "uniform"] as const).map((distribution) =>
    initializers.varianceScaling({ scale: 1.7, mode, distribution, seed: 11 })
  )
);

const random = [
  initializers.randomNormal({ seed: 1, mean: 0.5, stddev: 2 }),
  initializers.randomUniform({ seed: 2, minval: -1, maxval: 3 }),
  initializers.truncatedNormal({ seed: 3 }),
  initializers.glorotUniform({ seed: 4 }),
  initializers.glorotNormal({ seed: 5 }),
  initializers.heUniform({ seed: 6 }),
  initializers.heNormal({ seed: 7 }),
  initializers.lecunUniform({ seed: 8 }),
  initializers.lecunNormal({ seed: 9 }),
  ...scaled,
];
const fixed = [
  initializers.zeros(),
  initializers.ones(),
  initializers.constant({ value: -1.5 }),
];

peerTest("initializers begin weights with Keras' values for a seed", async (ask, t) => {
  const orthogonal = initializers.orthogonal({ seed: 10, gain: 1.3 });
  const identity = initializers.identity({ gain: 2 });
  const all = [
    ...[...random, ...fixed, orthogonal].flatMap((initializer) => shapes.map((shape) => ({ initializer, shape }))),
    { initializer: identity, shape: [4, 4] },
    { initializer: identity, shape: [3, 5] },
  ];
  const answers = await ask(
    `
import keras, numpy as np
def of(case):
    made = getattr(keras.initializers, case["class"])(**{k: v for k, v in case["config"].items() if k not in ("input_axes", "output_axes")})
    return [np.array(made(tuple(case["shape"]))).ravel().astype("float64").tolist(), sorted(made.get_config())]
answer = [of(case) for case in given]`,
    all.map(({ initializer, shape }) => ({ class: initializer.className, config: initializer.getConfig(), shape })),
  ) as [number[], string[]][];
  for (const [i, { initializer, shape }] of all.entries()) {
    await t.step(`${initializer.className} ${JSON.stringify(initializer.getConfig())} [${shape}]`, () => {
      const values = initializer.draw(shape);
      if (initializer === orthogonal) assertNear(tf.tensor1d(values), answers[i][0], 1e-5, "value");
      else assertEquals([...values], answers[i][0]);
      // Keras forgets the identity's gain.
      if (initializer !== identity) assertEquals(Object.keys(initializer.getConfig()).sort(), answers[i][1]);
    });
  }
});

Deno.test("initializers refuse shapes and arguments that they cannot fill", () => {
  assertThrows(() => initializers.identity().draw([2, 2, 2]), RangeError, "2 dimensions");
  assertThrows(() => initializers.varianceScaling({ scale: 0 }), RangeError, "positive");
  assertEquals(initializers.initializerOf("varianceScaling").className, "VarianceScaling");
  assertEquals(initializers.initializerOf("identity").className, "Identity");
});
