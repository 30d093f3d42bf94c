import { assert, assertEquals, assertThrows } from "@std/assert";
import { unzlibSync } from "fflate";
import { plotImages } from "baeum/plots";
import { tf } from "baeum/tensors";
import { assertSnapshot } from "./snapshot.ts";

/** Six images of 4 × 4 pixels: a step from black to white, each turned further. */
const steps = {
  data: Array.from({ length: 6 * 16 }, (_, i) => (i * 17 + Math.floor(i / 16) * 40) % 256),
  shape: [6, 4, 4],
};

/** The bytes of each image in the figure, without the rows' filter bytes. */
function pixelsIn(svg: string, stride: number): number[][] {
  return [...svg.matchAll(/data:image\/png;base64,([^"]+)"/g)].map(([, text]) => {
    const png = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const length = new DataView(png.buffer).getUint32(33);
    return [...unzlibSync(png.subarray(41, 41 + length))].filter((_, i) => i % (stride + 1) !== 0);
  });
}

Deno.test("Wrong predictions stand out by colour, frame and mark, and name both classes", async () => {
  const figure = plotImages(steps, {
    labels: [5, 0, 4, 1, 9, 2],
    predictions: [5, 6, 4, 1, 4, 2],
    columns: 3,
    title: "예측 결과",
  });
  await assertSnapshot(figure, "images");
  assertEquals(figure.alt, "예측 결과. 6 images of 4 × 4 pixels. 2 of 6 predictions wrong: 6 (0), 4 (9).");
});

Deno.test("A caption too wide for its image is set on two lines, and long names move the images apart", async () => {
  const classNames = ["운동화", "an extraordinarily long name"];
  await assertSnapshot(
    plotImages(steps, { labels: [0, 0, 1, 1, 0, 1], predictions: [0, 1, 1, 0, 0, 1], classNames, columns: 3 }),
    "images_long_names",
  );
});

Deno.test("Bytes of 0 to 255 arrive unchanged, of typed arrays and of tensors", () => {
  const data = Uint8Array.of(0, 1, 128, 255);
  assertEquals(pixelsIn(plotImages({ data, shape: [1, 2, 2] }).svg, 2), [[0, 1, 128, 255]]);
  const tensor = tf.tensor3d([0, 1, 128, 255], [1, 2, 2], "int32");
  assertEquals(pixelsIn(plotImages(tensor).svg, 2), [[0, 1, 128, 255]]);
});

Deno.test("Values of 0 to 1 reach from black to white, and others from their smallest to their largest", () => {
  assertEquals(pixelsIn(plotImages(tf.tensor([[[0, 0.5, 1]]])).svg, 3), [[0, 128, 255]]);
  assertEquals(pixelsIn(plotImages(tf.tensor([[[-2, 0, 2]]])).svg, 3), [[0, 128, 255]]);
});

Deno.test("A range of one's own holds what lies outside of it at black and white", () => {
  assertEquals(pixelsIn(plotImages(tf.tensor([[[-1, 0, 5, 10, 11]]]), { range: [0, 10] }).svg, 5), [[
    0,
    0,
    128,
    255,
    255,
  ]]);
});

Deno.test("Red, green and blue arrive in this order", () => {
  const image = { data: [255, 0, 0, 0, 0, 255], shape: [1, 1, 2, 3] };
  assertEquals(pixelsIn(plotImages(image).svg, 6), [[255, 0, 0, 0, 0, 255]]);
});

Deno.test("Labels alone are shown as they are, numbers or texts", () => {
  assertEquals(
    plotImages(steps, { labels: ["a", "b", "c", "d", "e", "<f>"] }).alt,
    "6 images of 4 × 4 pixels. Labels: a, b, c, d, e, <f>.",
  );
  assert(plotImages(steps, { labels: ["a", "b", "c", "d", "e", "<f>"] }).svg.includes("&lt;f&gt;"));
});

Deno.test("Images of another shape, and labels of another number, are refused with what came in", () => {
  assertThrows(() => plotImages(tf.zeros([28, 28])), RangeError, "Received: [28, 28]");
  assertThrows(() => plotImages(tf.zeros([1, 2, 2, 4])), RangeError, "Received: [1, 2, 2, 4]");
  assertThrows(() => plotImages({ data: [1], shape: [1, 2, 2] }), RangeError, "needs 4 values. Received: 1");
  assertThrows(() => plotImages(tf.zeros([0, 2, 2])), RangeError, "no image");
  assertThrows(() => plotImages(steps, { labels: [1] }), RangeError, "Received: 1");
  assertThrows(() => plotImages(steps, { labels: tf.zeros([6, 10]) }), RangeError, "labels.argMax(-1)");
  assertThrows(
    () => plotImages(steps, { predictions: [0, 0, 0, 0, 0, 2], classNames: ["a", "b"] }),
    RangeError,
    "holds 2",
  );
  assertThrows(() => plotImages(steps, { columns: 0 }), RangeError, "Received: 0");
});
