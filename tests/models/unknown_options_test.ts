import { assertRejects, assertThrows } from "@std/assert";
import { type FitOptions, layers, optimizers, sequential } from "baeum/models";

/** Options as a cell without a compiler gives them. */
const untyped = (options: object) => options as FitOptions;

Deno.test("fit, compile and optimizers refuse an option that they do not have, and name the nearest", async () => {
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
  assertThrows(() => model.compile(untyped({ los: "mse" }) as object), TypeError, 'Did you mean "loss"?');
  assertThrows(() => optimizers.sgd(untyped({ useEma: true }) as object), TypeError, 'SGD has no option "useEma"');
  assertThrows(() => optimizers.adam(untyped({ clipNorm: 1 }) as object), TypeError, 'Did you mean "clipnorm"?');
  model.compile({ loss: "mse", optimizer: "sgd" });
  const fit = (options: object) => model.fit([[1]], [[1]], untyped({ verbose: 0, ...options }));
  await assertRejects(() => fit({ batchsize: 1 }), TypeError, 'Did you mean "batchSize"?');
  await assertRejects(() => fit({ sample_weight: [1] }), TypeError, 'Did you mean "sampleWeight"?');
});
