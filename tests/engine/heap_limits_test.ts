import { assert, assertEquals, assertStringIncludes } from "@std/assert";

const root = new URL("../../", import.meta.url);

/** Runs a program on a heap of its own, for a full heap stays full; gives what it prints as JSON. */
async function run(program: string, env: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const { code, signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-lock",
      "-A",
      "--no-check",
      "--config",
      new URL("deno.json", root).pathname,
      `data:application/typescript,${encodeURIComponent(prelude + program)}`,
    ],
    env: { ...env, NO_COLOR: "1" },
  }).output();
  assertEquals([code, signal], [0, null], new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const prelude = `
import { layers, sequential } from "baeum/models";
import { seed, tf } from "baeum/tensors";

const { wasm } = tf.findBackend("wasm");
const heap = () => wasm.HEAPU8.length;
const held = [];
/** Takes memory until the heap has so many bytes. */
function fill(bytes) {
  while (heap() < bytes) held.push(tf.zeros([1024, 1024, 4]));
}
/** A convolution, two dense layers and dropout, three epochs of it; all large enough for threads. */
async function train(onEpoch = () => {}) {
  seed(3);
  const model = sequential({
    layers: [
      layers.conv2d({ filters: 8, kernelSize: 3, activation: "relu", inputShape: [12, 12, 1] }),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 600, activation: "sigmoid" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  model.compile({ loss: "categorical_crossentropy", optimizer: "adam" });
  const x = tf.tidy(() => tf.sin(tf.range(0, 700 * 144).mul(1.7)).reshape([700, 12, 12, 1]));
  const y = tf.tidy(() => tf.oneHot(tf.range(0, 700).toInt().mod(10).toInt(), 10).toFloat());
  const losses = [];
  for (let epoch = 0; epoch < 3; epoch++) {
    const { history } = await model.fit(x, y, { batchSize: 128, verbose: 0 });
    losses.push(...history.loss);
    onEpoch();
  }
  return { how: model.explainTraining(), losses, predicted: model.predict(x).dataSync()[3] };
}
`;

/** Whether a test may take so many bytes: a machine with less would swap, a container with less would end the process. */
function room(bytes: number): boolean {
  return Math.min(Deno.systemMemoryInfo().available, containersRoom()) > bytes + 2 ** 30;
}

/** What a container may have, less what the tests themselves take. */
function containersRoom(): number {
  for (const file of ["memory.max", "memory/memory.limit_in_bytes"]) {
    try {
      const most = Number(Deno.readTextFileSync(`/sys/fs/cgroup/${file}`));
      if (most > 0) return most - 2 ** 31;
    } catch {
      // The other kind of limit, or none.
    }
  }
  return Infinity;
}

for (const blas of ["", "none"]) {
  const how = blas ? "without BLAS" : "with BLAS";
  Deno.test({
    name: `training gives the same bits while the heap grows, and beyond 2 GiB where addresses turn negative, ${how}`,
    ignore: !room(3 * 2 ** 30),
    async fn() {
      const got = await run(
        `
        const before = await train();
        const growing = await train(() => fill(heap() + 2 ** 26));
        fill(2.3 * 2 ** 30);
        const beyond = await train();
        console.log(JSON.stringify({ before, growing, beyond, heap: heap() }));`,
        blas ? { BAEUM_BLAS: blas } : {},
      );
      assertEquals((got.before as { how: string }).how, "recorded");
      assertEquals(got.growing, got.before);
      assertEquals(got.beyond, got.before);
      assert(got.heap as number > 2 ** 31);
    },
  });
}

Deno.test({
  name: "100,000 steps with a heap almost full leave heap and tensors as they were, and the losses they have without",
  ignore: !room(4 * 2 ** 30),
  async fn() {
    const got = await run(`
      async function xor() {
        seed(1);
        const model = sequential({
          layers: [layers.dense({ units: 5, activation: "sigmoid", inputShape: [2] }), layers.dense({ units: 2, activation: "softmax" })],
        });
        model.compile({ loss: "categorical_crossentropy", optimizer: "adam", metrics: ["accuracy"] });
        const [x, y] = [tf.tensor2d([[0, 0], [0, 1], [1, 0], [1, 1]]), tf.tensor2d([[1, 0], [0, 1], [0, 1], [1, 0]])];
        const losses = [];
        const counts = [];
        for (let part = 0; part < 50; part++) {
          const { history } = await model.fit(x, y, { batchSize: 2, epochs: 1000, verbose: 0 });
          losses.push(history.loss.at(-1));
          // What a notebook's other cells do meanwhile: take memory of changing size and give it back.
          const others = Array.from({ length: 20 }, (_, i) => tf.zeros([1 + (part * 37 + i * 101) % 997]));
          tf.dispose(others);
          counts.push([tf.memory().numTensors, heap()]);
        }
        return { losses, counts, how: model.explainTraining() };
      }
      const free = await xor();
      fill(4040 * 2 ** 20);
      const full = await xor();
      console.log(JSON.stringify({ free, full }));`);
    const { free, full } = got as Record<string, { losses: number[]; counts: number[][]; how: string }>;
    assertEquals(full.how, "recorded");
    assertEquals(full.losses, free.losses);
    assert(full.losses.at(-1)! < 1e-3, `${full.losses.at(-1)}`);
    for (const { counts } of [free, full]) assertEquals(counts.slice(1), counts.slice(1).fill(counts[0]));
  },
});

Deno.test({
  name: "a full heap is an error that says so, and what was there stays usable",
  ignore: !room(4 * 2 ** 30),
  async fn() {
    const got = await run(`
      const x = tf.ones([100, 100]);
      let message = "";
      try {
        for (;;) held.push(tf.zeros([1024, 1024, 4]));
      } catch (error) {
        message = error.message;
      }
      const filled = heap();
      held.splice(0, 8).forEach((tensor) => tensor.dispose());
      console.log(JSON.stringify({ message, filled, sum: tf.matMul(x, x).sum().dataSync()[0] }));`);
    assertStringIncludes(got.message as string, "is full: 16777216 more bytes");
    assert(got.filled as number > 4000 * 2 ** 20, `${got.filled}`);
    assertEquals(got.sum, 1e6);
  },
});
