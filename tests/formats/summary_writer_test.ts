import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { SummaryWriter } from "baeum/formats";
import { tf } from "baeum/tensors";
import { type Ask, peerTest } from "../peers.ts";

/** Runs `log` with a writer, then Python code that finds the folder's path in `given["folder"]`. */
async function logged(ask: Ask, log: (writer: SummaryWriter) => void, code: string, given = {}): Promise<unknown> {
  const folder = await Deno.makeTempDir({ prefix: "baeum-summary-" });
  try {
    using writer = new SummaryWriter(folder);
    log(writer);
    return await ask(code, { folder, ...given });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** TensorBoard's own reader; `tensors(tag)` gives steps and arrays. */
const reader = `
import numpy as np
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util
log = EventAccumulator(given["folder"], size_guidance={"tensors": 0}); log.Reload()
tensors = lambda tag: [(e.step, tensor_util.make_ndarray(e.tensor_proto)) for e in log.Tensors(tag)]
plugin = lambda tag: [log.SummaryMetadata(tag).plugin_data.plugin_name, log.SummaryMetadata(tag).data_class]
`;

peerTest("TensorBoard's reader gives back the scalars that were logged, and when", async (ask) => {
  const begun = Date.now() / 1000;
  const answer = await logged(
    ask,
    (writer) => [1, -0.1, NaN, 1e30].forEach((value, step) => writer.scalar("a/손실", value, { step: 10 * step })),
    `${reader}
e = log.Tensors("a/손실")
answer = [[[s, float(v)] if v == v else [s, "NaN"] for s, v in tensors("a/손실")], plugin("a/손실"), e[0].wall_time, log.file_version if hasattr(log, "file_version") else 2.0]`,
  ) as [unknown, unknown, number, number];
  assertEquals(answer[0], [[0, 1], [10, Math.fround(-0.1)], [20, "NaN"], [30, Math.fround(1e30)]]);
  assertEquals(answer[1], ["scalars", 1]);
  assertAlmostEquals(answer[2], begun, 60);
  assertEquals(answer[3], 2);
});

peerTest("histograms have TensorFlow's buckets, for many values, one value and none", async (ask) => {
  const cases = [
    { values: Array.from({ length: 1000 }, (_, i) => Math.sin(i * i) * i), buckets: 30 },
    { values: [1, 2, 3, 4, 5], buckets: 4 },
    { values: [7, 7, 7], buckets: 5 },
    { values: [], buckets: 3 },
  ];
  const code = `${reader}
import tensorflow as tf
from tensorboard.plugins.histogram.summary_v2 import _buckets
answer = [[[tensors(f"h{i}")[0][1].ravel().tolist(), _buckets(tf.constant(c["values"], tf.float64), c["buckets"]).numpy().ravel().tolist()]
  for i, c in enumerate(given["cases"])], plugin("h0")]`;
  const log = (writer: SummaryWriter) =>
    cases.forEach(({ values, buckets }, i) => writer.histogram(`h${i}`, values, { step: 0, buckets }));
  const [pairs, plugin] = await logged(ask, log, code, { cases }) as [[number[], number[]][], unknown];
  for (const [ours, theirs] of pairs) {
    assertEquals(ours.length, theirs.length);
    ours.forEach((value, i) => assertAlmostEquals(value, theirs[i], 1e-12 * Math.max(1, Math.abs(theirs[i]))));
  }
  assertEquals(plugin, ["histograms", 2]);
});

peerTest("a histogram leaves out what is not finite", async (ask) => {
  const values = tf.tensor1d([1, NaN, 2, Infinity, 3]);
  const code = `${reader}\nanswer = tensors("h")[0][1].tolist()`;
  const answer = await logged(ask, (writer) => writer.histogram("h", values, { step: 0, buckets: 2 }), code);
  assertEquals(answer, [[1, 2, 1], [2, 3, 2]]);
});

peerTest(
  "images come back with TensorFlow's bytes, for 1 to 4 channels, from floats and whole numbers",
  async (ask) => {
    const shapes = [[2, 3, 5, 1], [1, 4, 2, 2], [4, 2, 3, 3], [1, 1, 1, 4]] as [number, number, number, number][];
    const images = shapes.map((shape) => tf.randomUniform(shape, -0.2, 1.2, "float32", 3) as tf.Tensor4D);
    const whole = tf.randomUniform([1, 2, 2, 3], -20, 300, "int32", 4) as tf.Tensor4D;
    const code = `${reader}
import tensorflow as tf
def pair(tag, image):
    strings = tensors(tag)[0][1].tolist()
    shown = [tf.io.decode_png(png).numpy().ravel().tolist() for png in strings[2:]]
    return [int(strings[0]), int(strings[1]), shown, image.numpy()[:3].reshape(min(3, image.shape[0]), -1).tolist()]
floats = [tf.image.convert_image_dtype(tf.reshape(tf.constant(v, tf.float32), s), tf.uint8, saturate=True) for v, s in given["images"]]
answer = [[pair(f"i{i}", image) for i, image in enumerate(floats)],
  pair("whole", tf.reshape(tf.clip_by_value(tf.constant(given["whole"]), 0, 255), (1, 2, 2, 3))), plugin("whole")]`;
    const log = (writer: SummaryWriter) => {
      images.forEach((image, i) => writer.image(`i${i}`, image, { step: 0 }));
      writer.image("whole", whole, { step: 0 });
    };
    const given = { images: images.map((image) => [[...image.dataSync()], image.shape]), whole: [...whole.dataSync()] };
    type Pair = [width: number, height: number, ours: number[][], theirs: number[][]];
    const [floats, wholes, plugin] = await logged(ask, log, code, given) as [Pair[], Pair, unknown];
    floats.forEach(([width, height, ours, theirs], i) => {
      assertEquals([width, height], [shapes[i][2], shapes[i][1]]);
      assertEquals(ours, theirs);
    });
    assertEquals(wholes[2], wholes[3]);
    assertEquals(plugin, ["images", 3]);
  },
);

peerTest("texts come back as one text or as a list", async (ask) => {
  const code = `${reader}
answer = [[tensors(t)[0][1].shape, [v.decode() for v in np.ravel(tensors(t)[0][1])], plugin(t)] for t in ["one", "list"]]`;
  const answer = await logged(ask, (writer) => {
    writer.text("one", "**굵게**", { step: 3 });
    writer.text("list", ["a", "b"], { step: 3 });
  }, code);
  assertEquals(answer, [[[], ["**굵게**"], ["text", 2]], [[2], ["a", "b"], ["text", 2]]]);
});

peerTest("what stands before a record that was cut off by a killed process is still shown", async (ask) => {
  const log = (writer: SummaryWriter) => {
    for (let step = 0; step < 5; step++) writer.scalar("a", step, { step });
    const { size } = Deno.statSync(writer.path);
    Deno.truncateSync(writer.path, size - 7);
  };
  assertEquals(await logged(ask, log, `${reader}\nanswer = [s for s, v in tensors("a")]`), [0, 1, 2, 3]);
});

Deno.test("SummaryWriter refuses steps that are not whole, images of another shape, and a log after close", async () => {
  const folder = await Deno.makeTempDir({ prefix: "baeum-summary-" });
  const writer = new SummaryWriter(`${folder}/deep/down`);
  assertThrows(() => writer.scalar("a", 1, { step: 0.5 }), RangeError, "Received: 0.5");
  assertThrows(() => writer.histogram("a", [1], { step: 0, buckets: 0 }), RangeError, "Received: 0");
  const flat = tf.zeros([2, 2, 2]) as unknown as tf.Tensor4D;
  assertThrows(() => writer.image("a", flat, { step: 0 }), RangeError, "Received: [2,2,2]");
  assertThrows(() => writer.image("a", tf.zeros([1, 2, 2, 5]), { step: 0 }), RangeError, "Received: [1,2,2,5]");
  writer.close();
  writer.close();
  assertThrows(() => writer.scalar("a", 1, { step: 0 }), TypeError, "after close()");
  assertEquals([...Deno.readDirSync(`${folder}/deep/down`)].length, 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("two writers of one folder have files of their own", async () => {
  const folder = await Deno.makeTempDir({ prefix: "baeum-summary-" });
  const writers = [new SummaryWriter(folder), new SummaryWriter(folder)];
  assertEquals(new Set([...Deno.readDirSync(folder)].map(({ name }) => name)).size, 2);
  writers.forEach((writer) => writer.close());
  await Deno.remove(folder, { recursive: true });
});
