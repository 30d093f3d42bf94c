import { assertEquals, assertThrows } from "@std/assert";
import { plotFeatureMaps, plotImages } from "baeum/plots";
import { tf } from "baeum/tensors";
import { assertSnapshot } from "./snapshot.ts";

const maps = tf.tensor4d(Array.from({ length: 4 * 5 * 3 }, (_, i) => Math.cos(i)), [1, 4, 5, 3]);

Deno.test("Each channel is a grey picture of its own, on the scale of all", async () => {
  const figure = plotFeatureMaps(maps, { title: "특징 지도", names: ["a", "b", "c"] });
  assertEquals(figure.alt, "특징 지도. 3 images of 5 × 4 pixels. Labels: a, b, c.");
  await assertSnapshot(figure, "feature_maps");
  const range = [maps.min().dataSync()[0], maps.max().dataSync()[0]] as [number, number];
  const channels = maps.squeeze([0]).transpose([2, 0, 1]);
  assertEquals(plotFeatureMaps(maps).svg, plotImages(channels, { labels: ["0", "1", "2"], range }).svg);
});

Deno.test("A range of one's own holds for all maps, and maps of equal values are drawn", () => {
  const wide = plotFeatureMaps(maps, { range: [-10, 10] });
  assertEquals(wide.svg === plotFeatureMaps(maps).svg, false);
  assertEquals(plotFeatureMaps(tf.zeros([2, 2, 1])).alt, "1 image of 2 × 2 pixels. Labels: 0.");
});

Deno.test("Maps of several images, and names of another number, are refused", () => {
  assertThrows(() => plotFeatureMaps(tf.zeros([2, 4, 4, 3])), RangeError, "Received: [2, 4, 4, 3]");
  assertThrows(() => plotFeatureMaps(tf.zeros([4, 4])), RangeError, "Received: [4, 4]");
  assertThrows(() => plotFeatureMaps(maps, { names: ["a"] }), RangeError, "Received: 1");
});
