import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { dropout, RandomState } from "baeum/engine";
import { tf } from "baeum/tensors";

/** Draws from a kernel without inputs. */
function draw(kernel: string, attributes: Record<string, unknown>): Float32Array {
  const tensor = tf.engine().runKernel(kernel, {}, attributes as unknown as tf.NamedAttrMap) as tf.Tensor;
  return tensor.dataSync() as Float32Array;
}

Deno.test("a dropout mask drops its share and keeps the sum of what goes through", () => {
  for (const rate of [0, 0.1, 0.5, 0.9]) {
    const mask = draw("DropoutMask", { shape: [100_000], rate, state: new RandomState(7) });
    const dropped = mask.filter((value) => value === 0).length / mask.length;
    assert(Math.abs(dropped - rate) < 0.006, `${dropped} dropped at rate ${rate}`);
    const kept = Math.fround(1 / (1 - rate));
    assert(mask.every((value) => value === 0 || value === kept));
  }
});

Deno.test("each draw of a stream differs, and the same seed repeats them", () => {
  const shape = [1000];
  const [a, b] = [new RandomState(3), new RandomState(3)];
  const first = [draw("PhiloxUniform", { shape, minimum: 0, maximum: 1, state: a })];
  first.push(draw("PhiloxUniform", { shape, minimum: 0, maximum: 1, state: a }));
  const second = [draw("PhiloxUniform", { shape, minimum: 0, maximum: 1, state: b })];
  second.push(draw("PhiloxUniform", { shape, minimum: 0, maximum: 1, state: b }));
  assertEquals(first, second);
  assertNotEquals(first[0], first[1]);
  assertEquals(a.counter, 2);
  const other = draw("PhiloxUniform", { shape, minimum: 0, maximum: 1, state: new RandomState(4) });
  assertNotEquals(other, first[0]);
});

Deno.test("the words are Philox4x32-10's: the generator's published answer for key and counter zero", () => {
  // Random123's known answers: philox4x32 10 with all zeros gives 6627e8d5 e169c58d bc57ac4c 9b00dbd8.
  const uniform = draw("PhiloxUniform", { shape: [16], minimum: 0, maximum: 1, state: new RandomState(0) });
  const expected = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8].map((word) => (word >>> 8) / 2 ** 24);
  assertEquals([uniform[0], uniform[4], uniform[8], uniform[12]], expected);
});

Deno.test("a shorter draw is the beginning of a longer one", () => {
  const long = draw("PhiloxUniform", { shape: [50], minimum: -1, maximum: 3, state: new RandomState(5) });
  const short = draw("PhiloxUniform", { shape: [37], minimum: -1, maximum: 3, state: new RandomState(5) });
  assertEquals(short, long.slice(0, 37));
  assert(long.every((value) => value >= -1 && value < 3));
});

Deno.test("normal numbers have the moments of a normal distribution", () => {
  const values = draw("PhiloxNormal", { shape: [200_000], mean: 2, deviation: 3, state: new RandomState(11) });
  const moment = (power: number) => values.reduce((sum, x) => sum + ((x - 2) / 3) ** power, 0) / values.length;
  assert(Math.abs(moment(1)) < 0.01 && Math.abs(moment(2) - 1) < 0.02, `${moment(1)}, ${moment(2)}`);
  assert(Math.abs(moment(3)) < 0.04 && Math.abs(moment(4) - 3) < 0.1, `${moment(3)}, ${moment(4)}`);
});

Deno.test("neighbours in a draw are not correlated", () => {
  const x = draw("PhiloxNormal", { shape: [100_000], mean: 0, deviation: 1, state: new RandomState(2) });
  for (const lag of [1, 2, 3, 4, 8, 16, 64]) {
    let sum = 0;
    for (let i = 0; i + lag < x.length; i++) sum += x[i] * x[i + lag];
    assert(Math.abs(sum / x.length) < 0.015, `lag ${lag}: ${sum / x.length}`);
  }
});

Deno.test("dropout's gradient goes through the numbers that were kept", () => {
  const state = new RandomState(1);
  const y = dropout(tf.ones([64]), 0.5, state).dataSync();
  state.counter = 0;
  const gradient = tf.grad((x) => dropout(x, 0.5, state))(tf.ones([64])).dataSync();
  assertEquals(gradient, y);
});
