import { assert, assertEquals, assertRejects } from "@std/assert";
import { layers, sequential } from "baeum/models";
import { backendInfo, seed, tf, useBackend } from "baeum/tensors";
import "../seeded.ts";

const gpu = (navigator as { gpu?: { requestAdapter(): Promise<unknown> } }).gpu;
const adapter = await gpu?.requestAdapter();
if (!adapter) {
  console.log("skipped: training on WebGPU (no adapter; Debian's mesa-vulkan-drivers bring one in software)");
}

Deno.test({
  name: "training on WebGPU shows the losses that WASM shows, within 1e-3",
  ignore: !adapter,
  // The device lives as long as the process.
  sanitizeResources: false,
  sanitizeOps: false,
  async fn() {
    const x = tf.randomUniform([96, 20], 0, 1, "float32", 1).arraySync() as number[][];
    const y = x.map((row) => [0, 1, 2].map((k) => (k === Math.floor(row[0] * 3) ? 1 : 0)));
    const train = async () => {
      seed(1);
      const model = sequential({
        layers: [
          layers.dense({ units: 16, activation: "relu", inputShape: [20] }),
          layers.dense({ units: 3, activation: "softmax" }),
        ],
      });
      model.compile({ loss: "categorical_crossentropy", optimizer: "adam", metrics: ["accuracy"] });
      const { history } = await model.fit(tf.tensor2d(x), tf.tensor2d(y), { epochs: 3, verbose: 0 });
      const predicted = await model.predict(tf.tensor2d(x)).data();
      return { history, predicted };
    };
    const onWasm = await train();
    await useBackend("webgpu");
    try {
      assertEquals(backendInfo().backend, "webgpu");
      const onGpu = await train();
      for (const [name, values] of Object.entries(onWasm.history)) {
        values.forEach((value, epoch) => {
          assert(Math.abs(onGpu.history[name][epoch] - value) < 1e-3, `${name} of epoch ${epoch}`);
        });
      }
      onWasm.predicted.forEach((value, i) => assert(Math.abs(onGpu.predicted[i] - value) < 1e-3));
    } finally {
      await useBackend("wasm");
    }
  },
});

Deno.test({
  name: "useBackend refuses WebGPU where there is no adapter, and WASM stays in use",
  ignore: Boolean(adapter),
  async fn() {
    await assertRejects(() => useBackend("webgpu"), Error, "No GPU adapter");
    assertEquals(backendInfo().backend, "wasm");
  },
});

Deno.test("useBackend names the backends there are when it is given another", async () => {
  await assertRejects(() => useBackend("gpu" as "wasm"), RangeError, "wasm, webgpu, cpu");
});
