import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotTimeline } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

Deno.test("Events stand in the order of their years, beside an axis true to scale", async () => {
  const figure = plotTimeline([
    { year: 2012, name: "AlexNet", note: "ImageNet 오류율 15.3%" },
    { year: 1980, name: "Neocognitron" },
    { year: 2014, name: "VGG & GoogLeNet", note: "더 깊게" },
    { year: 1998, name: "LeNet-5", note: "수표의 숫자" },
  ], { title: "역사" });
  assertEquals(
    figure.alt,
    "역사. Timeline from 1980 to 2014. 1980: Neocognitron. 1998: LeNet-5, 수표의 숫자. " +
      "2012: AlexNet, ImageNet 오류율 15.3%. 2014: VGG & GoogLeNet, 더 깊게.",
  );
  await assertSnapshot(figure, "timeline");
  const heights = [...figure.svg.matchAll(/<circle cx="52" cy="([\d.]+)"/g)].map(([, y]) => Number(y));
  const perYear = (heights[3] - heights[0]) / 34;
  assert(Math.abs(heights[1] - heights[0] - 18 * perYear) < 0.05, String(heights));
});

Deno.test("One event, or several of one year, can be shown; none cannot, nor a year that is no whole number", () => {
  assertEquals(plotTimeline([{ year: 2012, name: "a" }]).alt, "Timeline from 2012 to 2012. 2012: a.");
  assert(!plotTimeline([{ year: 2012, name: "a" }, { year: 2012, name: "b" }]).svg.includes("NaN"));
  assertThrows(() => plotTimeline([]), RangeError, "no event");
  assertThrows(() => plotTimeline([{ year: 1.5, name: "a" }]), RangeError, "Received: 1.5");
});
