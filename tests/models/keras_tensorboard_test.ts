import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { SummaryWriter } from "baeum/formats";
import { callbacks, input, layers, model, sequential } from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

const x = tf.randomUniform([20, 4], 0, 1, "float32", 1) as tf.Tensor2D;
const y = x.slice([0, 0], [20, 1]);

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "baeum-tensorboard-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** `read(folder)`: for each run its tags with the plugin, the steps and the shapes. */
const READ = `
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util
def open_log(folder):
    log = EventAccumulator(folder, size_guidance={"tensors": 0}); log.Reload(); return log
def read(folder):
    answer = {}
    for run in sorted(os.listdir(folder)):
        log = open_log(folder + "/" + run)
        answer[run] = {tag: [log.SummaryMetadata(tag).plugin_data.plugin_name,
            [e.step for e in log.Tensors(tag)], [list(tensor_util.make_ndarray(e.tensor_proto).shape) for e in log.Tensors(tag)]]
            for tag in log.Tags()["tensors"]}
    return answer
`;

// Two batches of each validation: where updateFreq does not divide their number Keras leaves evaluations out.
const settings = [
  { histogramFreq: 1, writeImages: true },
  { histogramFreq: 2, writeGraph: false, updateFreq: 2, writeStepsPerSecond: true },
  { updateFreq: "batch" as const },
];

peerTest("the TensorBoard callback logs Keras' tags, steps and shapes into Keras' folders", async (ask) => {
  await inFolder(async (folder) => {
    const ours = () => {
      const hidden = layers.dense({ units: 3, activation: "relu", name: "hidden" });
      const net = sequential({
        layers: [layers.inputLayer({ shape: [4] }), hidden, layers.dense({ units: 1, name: "out" })],
        name: "net",
      });
      net.compile({ loss: "mse", optimizer: "adam", metrics: ["mae"] });
      return net;
    };
    const histories: Record<string, number[]>[] = [];
    for (const [i, options] of settings.entries()) {
      const logs = callbacks.tensorBoard(`${folder}/${i}`, options);
      const net = ours();
      const fitted = { epochs: 3, batchSize: 4, validationSplit: 0.25, verbose: 0 as const, callbacks: [logs] };
      histories.push((await net.fit(x, y, fitted)).history);
    }
    const code = `import os, numpy as np, keras, tempfile
${READ}
x = np.random.rand(20, 4).astype("float32")
names = dict(histogramFreq="histogram_freq", writeImages="write_images", writeGraph="write_graph", updateFreq="update_freq", writeStepsPerSecond="write_steps_per_second")
theirs = []
for options in given["settings"]:
    net = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3, activation="relu", name="hidden"), keras.layers.Dense(1, name="out")], name="net")
    net.compile("adam", "mse", metrics=["mae"])
    folder = tempfile.mkdtemp()
    net.fit(x, x[:, :1], epochs=3, batch_size=4, validation_split=0.25, verbose=0, callbacks=[keras.callbacks.TensorBoard(folder, **{names[k]: v for k, v in options.items()})])
    theirs.append(read(folder))
value = lambda folder, tag: [float(tensor_util.make_ndarray(e.tensor_proto)) for e in open_log(folder).Tensors(tag)]
answer = [[read(given["folder"] + f"/{i}") for i in range(len(theirs))], theirs,
  value(given["folder"] + "/0/train", "epoch_loss"), value(given["folder"] + "/0/validation", "epoch_mae")]`;
    const [logged, expected, loss, mae] = await ask(code, { folder, settings }) as [
      unknown[],
      unknown[],
      number[],
      number[],
    ];
    logged.forEach((runs, i) => assertEquals(runs, expected[i]));
    loss.forEach((value, epoch) => assertAlmostEquals(value, histories[0].loss[epoch], 1e-6));
    mae.forEach((value, epoch) => assertAlmostEquals(value, histories[0].val_mae[epoch], 1e-6));
  });
});

Deno.test("an evaluation outside of a training logs into validation/ and closes its file", async () => {
  await inFolder(async (folder) => {
    const net = sequential({ layers: [layers.dense({ units: 1, inputShape: [4] })] });
    net.compile({ loss: "mse", optimizer: "sgd" });
    await net.evaluate(x, y, { callbacks: [callbacks.tensorBoard(folder, { writeGraph: false })] });
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["validation"]);
  });
});

Deno.test("trainings that log everything leave no tensors behind, and a file of their own in each folder", async () => {
  await inFolder(async (folder) => {
    const kernels = layers.conv2d({ filters: 3, kernelSize: 2, inputShape: [4, 4, 2] });
    const net = sequential({ layers: [kernels, layers.flatten(), layers.dense({ units: 1 })] });
    net.compile({ loss: "mse", optimizer: "adam" });
    const images = tf.randomUniform([20, 4, 4, 2], 0, 1, "float32", 1);
    const train = () =>
      net.fit(images, y, {
        epochs: 5,
        validationSplit: 0.25,
        verbose: 0,
        callbacks: [callbacks.tensorBoard(folder, { histogramFreq: 1, writeImages: true, updateFreq: "batch" })],
      });
    await train();
    const { numTensors } = tf.memory();
    await train();
    assertEquals(tf.memory().numTensors, numTensors);
    for (const run of ["train", "validation"]) assertEquals([...Deno.readDirSync(`${folder}/${run}`)].length, 2);
  });
});

Deno.test("the TensorBoard callback refuses frequencies that are no whole number", () => {
  assertThrows(() => callbacks.tensorBoard("logs", { histogramFreq: 0.5 }), RangeError, "Received: 0.5");
  assertThrows(() => callbacks.tensorBoard("logs", { updateFreq: 0 }), RangeError, "Received: 0");
});

/** Starts the real TensorBoard on \`given["folder"]\`; \`get(path, …)\` asks its HTTP interface. */
const BOARD = `
import json, os, re, subprocess, sys, time, urllib.parse, urllib.request
server = subprocess.Popen([sys.executable, given["script"], "--logdir", given["folder"], "--host", "127.0.0.1", "--port", "0"],
    stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, "BAEUM_WATCH_STDIN": "1"})
address = None
for line in server.stderr:
    found = re.search(r"TensorBoard \\S+ at (http:\\S+)", line)
    if found: address = found.group(1); break
def get(path, **query):
    with urllib.request.urlopen(address + "data/plugin/" + path + "?" + urllib.parse.urlencode(query)) as r:
        body = r.read()
        return json.loads(body) if "json" in r.headers["Content-Type"] else body
def wait(path, ready, **query):
    for _ in range(600):
        answer = get(path, **query)
        if ready(answer): return answer
        time.sleep(0.2)
    raise Exception(f"{path}: {answer}")
`;

peerTest(
  "the real TensorBoard shows scalars, histograms, images, texts and the graph of what was logged",
  async (ask) => {
    await inFolder(async (folder) => {
      const a = input({ shape: [4], name: "numbers" });
      const shared = layers.dense({ units: 3, activation: "relu", name: "shared" });
      const stack = sequential({ layers: [layers.dense({ units: 3, inputShape: [3], name: "inner" })], name: "stack" });
      const joined = layers.concatenate({ name: "joined" }).apply([shared.apply(a), stack.apply(shared.apply(a))]);
      const net = model({ inputs: a, outputs: layers.dense({ units: 1, name: "out" }).apply(joined), name: "wide" });
      net.compile({ loss: "mse", optimizer: "adam" });
      const logs = callbacks.tensorBoard(`${folder}/run_1`, { histogramFreq: 1 });
      const { history } = await net.fit(x, y, { epochs: 3, validationSplit: 0.25, verbose: 0, callbacks: [logs] });
      {
        using writer = new SummaryWriter(`${folder}/run_1/test`);
        writer.image("my_images", tf.fill([2, 8, 6, 3], 0.5) as tf.Tensor4D, { step: 7 });
        writer.text("my_text", ["The step is **7**", "안녕"], { step: 7 });
      }
      const code = `${BOARD}
all_read = lambda steps: len(steps) >= 3
try:
    train, validation, test = ["run_1/" + run for run in ["train", "validation", "test"]]
    wait("images/tags", lambda tags: tags.get(test))
    wait("text/tags", lambda tags: tags.get(test))
    wait("graphs/info", lambda runs: "keras" in runs.get(train, {}).get("tags", {}))
    tags = wait("scalars/tags", lambda tags: len(tags.get(train, [])) >= 2 and validation in tags)
    images = get("images/images", run=test, tag="my_images", sample=0)
    answer = {
        "tags": {run: sorted(tags[run]) for run in tags},
        "loss": wait("scalars/scalars", all_read, run=train, tag="epoch_loss"),
        "val": wait("scalars/scalars", all_read, run=validation, tag="epoch_loss"),
        "histogramTags": sorted(wait("histograms/tags", lambda tags: len(tags.get(train, [])) >= 6)[train]),
        "histogram": wait("histograms/histograms", all_read, run=train, tag="out/kernel/histogram"),
        "image": [len(images), images[0]["step"]],
        "png": urllib.request.urlopen(address + "data/plugin/images/individualImage?" + images[0]["query"]).read()[:24].hex(),
        "text": get("text/text", run=test, tag="my_text"),
        "graphs": get("graphs/info"),
        "graph": get("graphs/graph", run=train, tag="keras", conceptual="true").decode(),
    }
finally:
    server.stdin.close()
    ended = server.wait(120)`;
      const script = new URL("../../kernel/run_tensorboard.py", import.meta.url).pathname;
      // deno-lint-ignore no-explicit-any -- what TensorBoard answers is looked at piece by piece.
      const shown = await ask(code, { folder, script }) as Record<string, any>;
      assertEquals(shown.tags["run_1/train"], ["epoch_learning_rate", "epoch_loss"]);
      assertEquals(shown.loss.map(([_, step]: number[]) => step), [0, 1, 2]);
      shown.loss.forEach(([_, step, value]: number[]) => assertAlmostEquals(value, history.loss[step], 1e-6));
      shown.val.forEach(([_, step, value]: number[]) => assertAlmostEquals(value, history.val_loss[step], 1e-6));
      const weights = [
        "out/bias",
        "out/kernel",
        "shared/bias",
        "shared/kernel",
        "stack/inner/bias",
        "stack/inner/kernel",
      ];
      assertEquals(shown.histogramTags, weights.map((path) => `${path}/histogram`));
      assertEquals(shown.histogram.length, 3);
      const count = shown.histogram[2][2].reduce((sum: number, bucket: number[]) => sum + bucket[2], 0);
      assertEquals(count, 6);
      assertEquals(shown.image, [1, 7]);
      // PNG's first eight bytes, the header's length and name, the width and height.
      assertEquals(shown.png, "89504e470d0a1a0a" + "0000000d49484452" + "0000000600000008");
      assertStringIncludes(shown.text[0].text, "<strong>7</strong>");
      assertStringIncludes(shown.text[0].text, "안녕");
      assert(shown.graphs["run_1/train"].tags.keras.conceptual_graph);
      const nodes = [...shown.graph.matchAll(/^node \{\n([^]*?)^\}/gm)].map(([, node]) => [
        /name: "(.*)"/.exec(node)![1],
        [...node.matchAll(/input: "(.*)"/g)].map(([, name]) => name),
      ]);
      assertEquals(Object.fromEntries(nodes), {
        "wide/numbers": [],
        "wide/shared": ["wide/numbers", "wide/numbers"],
        "wide/stack/input_layer": ["wide/shared"],
        "wide/stack/inner": ["wide/stack/input_layer"],
        "wide/joined": ["wide/shared", "wide/stack/inner"],
        "wide/out": ["wide/joined"],
      });
    });
  },
);
