import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { augmentImages } from "baeum/preprocessing";
import { tf } from "baeum/tensors";

const arrow = tf.tensor3d([[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]);
const copies = tf.tile(arrow, [40, 1, 1]);

Deno.test("augmentImages changes nothing where nothing is switched on", () => {
  assertEquals(augmentImages(arrow, { seed: 1 }).arraySync(), arrow.arraySync());
});

Deno.test("augmentImages mirrors about half of the images, sideways or upside down", () => {
  const kinds = (flip: "horizontal" | "vertical") => {
    const images = augmentImages(copies, { flip, seed: 3 }).arraySync();
    const expected = (flip === "horizontal" ? tf.reverse(arrow, 2) : tf.reverse(arrow, 1)).arraySync() as number[][][];
    const mirrored = images.filter((image) => JSON.stringify(image) === JSON.stringify(expected[0])).length;
    const same = images.filter((image) => JSON.stringify(image) === JSON.stringify(arrow.arraySync()[0])).length;
    return [mirrored, same];
  };
  for (const flip of ["horizontal", "vertical"] as const) {
    const [mirrored, same] = kinds(flip);
    assertEquals(mirrored + same, 40);
    assert(mirrored > 10 && same > 10, `${mirrored} mirrored`);
  }
});

Deno.test("augmentImages keeps a disc in place when it turns, and its weight when it moves within the border", () => {
  const disc = tf.tensor4d(
    Array.from({ length: 441 }, (_, i) => Math.hypot(i % 21 - 10, Math.floor(i / 21) - 10) < 5 ? 1 : 0),
    [1, 21, 21, 1],
  );
  const turned = augmentImages(disc, { rotate: 180, seed: 4 });
  assert(tf.mean(tf.abs(tf.sub(turned, disc))).dataSync()[0] < 0.02);
  const moved = augmentImages(disc, { shift: 0.2, seed: 4 });
  assert(Math.abs(tf.sum(moved).dataSync()[0] - tf.sum(disc).dataSync()[0]) < 1e-3);
  assertNotEquals(moved.dataSync(), disc.dataSync());
});

Deno.test("augmentImages fills what comes in from beyond the border", () => {
  const values = augmentImages(copies, { shift: 0.9, fill: -7, seed: 2 }).dataSync();
  assert(values.includes(-7) && values.every((value) => value >= -7 && value <= 9));
});

Deno.test("augmentImages repeats itself with a seed, and one change does not alter the draws of another", () => {
  const once = augmentImages(copies, { rotate: 20, seed: 9 }).arraySync();
  assertEquals(augmentImages(copies, { rotate: 20, seed: 9 }).arraySync(), once);
  assertNotEquals(augmentImages(copies, { rotate: 20, seed: 10 }).arraySync(), once);
});

Deno.test("augmentImages refuses other shapes and shares beyond 1", () => {
  assertThrows(() => augmentImages(tf.zeros([3, 3])), RangeError, "Received: [3, 3]");
  assertThrows(() => augmentImages(arrow, { shift: 2 }), RangeError, "shift is a share from 0 to below 1. Received: 2");
  assertThrows(() => augmentImages(arrow, { rotate: -1 }), RangeError, "Received: -1");
});
