import { assert, assertEquals, assertThrows } from "@std/assert";
import { initializers } from "baeum/models";
import { peerTest } from "../peers.ts";

const KERAS = `
import numpy as np, keras
def of(case):
    initializer = keras.initializers.Orthogonal(**case["config"])
    return {"values": np.array(initializer(case["shape"])).flatten().tolist(), "config": initializer.get_config()}
answer = [of(case) for case in given]
`;

const cases = [
  { config: { seed: 1, gain: 1 }, shape: [4, 12] },
  { config: { seed: 2, gain: 2 }, shape: [12, 4] },
  { config: { seed: 3, gain: 1 }, shape: [32, 32] },
  { config: { seed: 4, gain: 0.5 }, shape: [3, 3, 2, 5] },
];

peerTest("orthogonal draws Keras' matrices for Keras' seeds", async (ask) => {
  const answers = await ask(KERAS, cases) as { values: number[]; config: unknown }[];
  cases.forEach(({ config, shape }, i) => {
    const initializer = initializers.orthogonal(config);
    const values = initializer.draw(shape);
    assertEquals(initializer.getConfig(), answers[i].config);
    assertEquals(values.length, answers[i].values.length);
    values.forEach((value, k) => assert(Math.abs(value - answers[i].values[k]) < 1e-5, `${value} at ${k} of ${shape}`));
  });
});

Deno.test("orthogonal refuses a weight without rows and columns", () => {
  assertThrows(() => initializers.orthogonal({ seed: 1 }).draw([3]), RangeError, "at least 2 dimensions");
});
