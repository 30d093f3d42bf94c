import { assertEquals, assertRejects } from "@std/assert";
import { layers, sequential } from "baeum/models";
import { travelsToKeras } from "./file_cases.ts";

travelsToKeras(".keras");

Deno.test("saveWeights and loadWeights bring a model's weights into another one, and nothing when one does not fit", async () => {
  const path = await Deno.makeTempFile({ suffix: ".weights.h5" });
  const make = (units: number) =>
    sequential({ layers: [layers.dense({ units: 3, inputShape: [2] }), layers.dense({ units })] });
  const [model, other, wrong] = [make(4), make(4), make(5)];
  await model.saveWeights(path);
  await other.loadWeights(path);
  assertEquals(other.getWeights().map((w) => w.arraySync()), model.getWeights().map((w) => w.arraySync()));
  const before = wrong.getWeights().map((w) => w.arraySync());
  await assertRejects(() => wrong.loadWeights(path), RangeError, "layers/dense_1/vars/0");
  assertEquals(wrong.getWeights().map((w) => w.arraySync()), before);
  await Deno.remove(path);
});
