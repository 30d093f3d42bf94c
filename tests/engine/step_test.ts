import { assert, assertEquals } from "@std/assert";
import { assign, dropout, RandomState, Step } from "baeum/engine";
import { tf } from "baeum/tensors";

/** A step of gradient descent on a linear model, put together from plain tfjs ops. */
function linearStep(weight: tf.Variable, extra: (y: tf.Tensor) => tf.Tensor = (y) => y): Step {
  return new Step({
    body: ([x, y]) => {
      const { value, grads } = tf.engine().gradients(
        () => extra(tf.mean(tf.squaredDifference(tf.matMul(x as tf.Tensor2D, weight as unknown as tf.Tensor2D), y))),
        [weight],
        undefined,
        true,
      );
      assign(weight, tf.sub(weight, tf.mul(grads[0], 0.1)));
      return { sums: [value.reshape([1])], outputs: [] };
    },
  });
}

const x = tf.tensor2d([[1, 2], [3, 4], [5, 6], [7, 8], [0, 1]]).div(8);
const y = tf.tensor2d([[1], [2], [3], [4], [0]]);
const all = Int32Array.of(0, 1, 2, 3);

Deno.test("a recorded step goes through the same numbers as gradient descent by hand", async () => {
  const weight = tf.variable(tf.tensor2d([[0.5], [-0.5]]));
  const step = linearStep(weight);
  const byHand = { w: [0.5, -0.5] };
  const [xs, ys] = [x.arraySync() as number[][], y.arraySync() as number[][]];
  for (let i = 0; i < 10; i++) {
    step.resetSums();
    step.run([x, y], all);
    const errors = [0, 1, 2, 3].map((r) => xs[r][0] * byHand.w[0] + xs[r][1] * byHand.w[1] - ys[r][0]);
    const loss = errors.reduce((sum, e) => sum + e * e / 4, 0);
    const [sums] = await step.sums();
    assert(Math.abs(sums[0] - loss) < 1e-5, `${sums[0]} at step ${i}, by hand ${loss}`);
    byHand.w = byHand.w.map((w, c) => w - 0.1 * errors.reduce((sum, e, r) => sum + 2 * e * xs[r][c] / 4, 0));
  }
  assertEquals(step.explain(), "recorded");
  step.dispose();
});

Deno.test("a step makes a plan of its own for a smaller last batch", async () => {
  const weight = tf.variable(tf.tensor2d([[0.5], [-0.5]]));
  const step = linearStep(weight);
  for (let epoch = 0; epoch < 4; epoch++) {
    step.run([x, y], all);
    step.run([x, y], Int32Array.of(4));
  }
  assertEquals(step.explain(), "recorded");
  assert((await step.sums())[0][0] > 0);
  step.dispose();
});

Deno.test("a step whose body reads values runs eagerly and says so", () => {
  const weight = tf.variable(tf.tensor2d([[0.5], [-0.5]]));
  const step = linearStep(weight, (loss) => tf.mul(loss, loss.dataSync()[0] > 0 ? 1 : 2));
  for (let i = 0; i < 3; i++) step.run([x, y], all);
  assert(step.explain().startsWith("eager: values were read"), step.explain());
});

Deno.test("a step whose body draws numbers outside the engine is never replayed with the old draw", () => {
  const weight = tf.variable(tf.tensor2d([[0.5], [-0.5]]));
  const step = linearStep(weight, (loss) => tf.mul(loss, tf.randomUniform([1]).squeeze()));
  for (let i = 0; i < 3; i++) step.run([x, y], all);
  assertEquals(step.explain(), "eager: a replayed step did not give the same numbers as an eager one");
});

Deno.test("a step that gives a variable a new tensor runs eagerly", () => {
  const weight = tf.variable(tf.tensor2d([[0.5], [-0.5]]));
  const step = new Step({
    body: ([x]) => {
      weight.assign(tf.add(weight, 1));
      return {
        sums: [tf.sum(tf.matMul(x as tf.Tensor2D, weight as unknown as tf.Tensor2D)).reshape([1])],
        outputs: [],
      };
    },
  });
  for (let i = 0; i < 3; i++) step.run([x], all);
  assert(step.explain().includes("variable.assign"), step.explain());
  assertEquals([...weight.dataSync()], [3.5, 2.5]);
});

Deno.test("a recorded step follows a variable that was assigned from outside", async () => {
  const weight = tf.variable(tf.tensor2d([[1], [1]]));
  const step = new Step({
    body: ([x]) => ({
      sums: [tf.sum(tf.matMul(x as tf.Tensor2D, weight as unknown as tf.Tensor2D)).reshape([1])],
      outputs: [],
    }),
  });
  const total = async () => {
    step.resetSums();
    step.run([x], all);
    return (await step.sums())[0][0];
  };
  for (let i = 0; i < 3; i++) await total();
  const before = await total();
  weight.assign(tf.tensor2d([[2], [2]]));
  assert(Math.abs(await total() - 2 * before) < 1e-5);
  assertEquals(step.explain(), "recorded");
});

Deno.test("a replayed dropout draws anew, and the same seed gives the same run", async () => {
  const run = async () => {
    const state = new RandomState(7);
    const step = new Step({
      body: ([x]) => ({ sums: [tf.sum(dropout(x, 0.5, state)).reshape([1])], outputs: [] }),
    });
    const wide = tf.ones([8, 50]);
    const sums: number[] = [];
    for (let i = 0; i < 6; i++) {
      step.resetSums();
      step.run([wide], Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7));
      sums.push((await step.sums())[0][0]);
    }
    return sums;
  };
  const first = await run();
  assert(new Set(first).size > 3, `${first}`);
  assertEquals(await run(), first);
});

Deno.test("10,000 replayed steps leave the number of tensors and the heap as they were", async () => {
  const weight = tf.variable(tf.tensor2d([[0.5], [-0.5]]));
  const step = linearStep(weight);
  for (let i = 0; i < 3; i++) step.run([x, y], all);
  const before = tf.memory();
  for (let i = 0; i < 10_000; i++) step.run([x, y], all);
  const after = tf.memory();
  assertEquals([after.numTensors, after.numBytes], [before.numTensors, before.numBytes]);
  await step.sums();
});

Deno.test("a recorded step may give a reshaped tensor whose original it has disposed of", async () => {
  const step = new Step({
    body: ([x]) => {
      const kept: tf.Tensor[] = [];
      tf.tidy(() => void kept.push(tf.keep(tf.sum(x).mul(2).reshape([1]))));
      return { sums: kept, outputs: [] };
    },
  });
  for (let i = 0; i < 3; i++) step.run([x], all);
  const [sums] = await step.sums();
  assert(Math.abs(sums[0] - 3 * 2 * 4.5) < 1e-5, `${sums[0]}`);
  assertEquals(step.explain(), "recorded");
  step.dispose();
});

for (const readAgain of [false, true]) {
  const title = readAgain
    ? "leaves the one that came in alone if that is read again"
    : "may lie where the one that came in lay";
  Deno.test(`an activation's gradient ${title}`, async () => {
    const step = new Step({
      body: ([x]) => {
        const dy = tf.mul(x, 3);
        const [dz] = tf.engine().runKernel("ActivationBiasGradient", { dy, y: x }, {
          activation: "sigmoid",
        }) as tf.Tensor[];
        const read = readAgain ? tf.add(dz, dy) : dz;
        return { sums: [tf.sum(read).reshape([1])], outputs: [] };
      },
    });
    for (let i = 0; i < 5; i++) {
      step.resetSums();
      step.run([x], all);
      const [sums] = await step.sums();
      const wanted = (x.arraySync() as number[][]).slice(0, 4).flat()
        .reduce((sum, v) => sum + 3 * v * v * (1 - v) + (readAgain ? 3 * v : 0), 0);
      assert(Math.abs(sums[0] - wanted) < 1e-5, `${sums[0]}, wanted ${wanted}`);
    }
    assertEquals(step.explain(), "recorded");
    step.dispose();
  });
}
