import { assertEquals, assertNotEquals } from "@std/assert";
import { input, layers, model, optimizers } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import "../seeded.ts";

for (const backend of ["wasm", "cpu"] as const) {
  Deno.test(`what the loss does not depend on is not moved by weight decay, momentum or constraints, on ${backend}`, async () => {
    await useBackend(backend);
    for (
      const optimizer of [
        optimizers.adamW({ learningRate: 0.1, weightDecay: 0.5 }),
        optimizers.sgd({ momentum: 0.9, weightDecay: 0.5, globalClipnorm: 1 }),
      ]
    ) {
      const x = input({ shape: [3] });
      const used = layers.dense({ units: 2 });
      const unused = layers.dense({ units: 2, kernelConstraint: "unit_norm" });
      const both = model({ inputs: x, outputs: [used.apply(x), unused.apply(x)] });
      both.compile({ optimizer, loss: ["mse", null] });
      const [before, usedBefore] = [unused, used].map((layer) => [...layer.weights[0].variable.dataSync()]);
      const xs = tf.ones([12, 3]), ys = tf.zeros([12, 2]);
      await both.fit(xs, [ys, ys], { batchSize: 4, epochs: 2, verbose: 0 });
      assertEquals([...unused.weights[0].variable.dataSync()], before);
      assertNotEquals([...used.weights[0].variable.dataSync()], usedBefore);
      if (backend === "wasm") assertEquals(both.explainTraining(), "recorded");
    }
    await useBackend("wasm");
  });
}

Deno.test("a cyclic polynomial decay begins a stretch where compiled Keras does", () => {
  const rate = optimizers.schedules.polynomialDecay({
    initialLearningRate: 0.1,
    decaySteps: 7,
    endLearningRate: 0.01,
    cycle: true,
  });
  // Read from Keras 3.15 on TensorFlow, inside a tf.function.
  for (const [step, expected] of [[14, 0.01], [21, 0.0325], [28, 0.01], [42, 0.022857142], [49, 0.02125]]) {
    assertEquals(Math.abs(rate.at(step) - expected) < 1e-8, true, `step ${step}`);
  }
});
