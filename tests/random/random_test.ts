import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { nextSeed, numpyRandom, random, seed } from "baeum/tensors";
import { peerTest } from "../peers.ts";

const { PythonRandom, RandomState, statelessNormal, statelessTruncatedNormal, statelessUniform } = random;

// np.random.RandomState(42): random_sample(2), randint(0, 1000, 3), permutation(6), normal(1, 2)
Deno.test("RandomState gives NumPy's numbers, one kind of draw after the other", () => {
  const state = new RandomState(42);
  assertEquals(state.randomSample(2), Float64Array.of(0.3745401188473625, 0.9507143064099162));
  assertEquals(new RandomState(42).randint(0, 1000, 3), Float64Array.of(102, 435, 860));
  assertEquals(new RandomState(42).permutation(6), Int32Array.of(0, 1, 5, 2, 4, 3));
  assertAlmostEquals(new RandomState(42).normal(1, 2), 1.9934283060224653, 1e-15);
});

Deno.test("RandomState shuffles arrays, typed arrays and anything with numbered places in the same way", () => {
  const order = new RandomState(7).permutation(20);
  const letters = Array.from(order, (_, i) => String.fromCharCode(97 + i));
  new RandomState(7).shuffle(letters);
  assertEquals(letters, Array.from(order, (i) => String.fromCharCode(97 + i)));
});

Deno.test("Seeds and bounds that NumPy or Python would refuse are refused with the number in the message", () => {
  assertThrows(() => new RandomState(-1), RangeError, "Received: -1");
  assertThrows(() => new RandomState(2 ** 32), RangeError, "Received: 4294967296");
  assertThrows(() => new RandomState(1).randint(3, 3), RangeError, "3 and 3");
  assertThrows(() => new RandomState(1).normal(0, -1), RangeError, "Received: -1");
  assertThrows(() => new PythonRandom(0.5), RangeError, "Received: 0.5");
  assertThrows(() => new PythonRandom(1).randint(2, 1), RangeError, "2 and 1");
  assertThrows(() => statelessUniform(1, 0, 1, NaN), RangeError, "Received: NaN");
});

// python -c "import random; random.seed(1337); print([random.randint(1, 10**9) for _ in range(3)])"
Deno.test("seed(n) starts the seeds of initializers as keras.utils.set_random_seed(n) does", () => {
  seed(1337);
  assertEquals([nextSeed(), nextSeed(), nextSeed()], [663307073, 993786079, 572589546]);
});

// np.random.seed(1337); np.random.permutation(5)
Deno.test("seed(n) starts the order of the batches as keras.utils.set_random_seed(n) does", () => {
  seed(1337);
  assertEquals(numpyRandom().permutation(5), new RandomState(1337).permutation(5));
});

// keras.random.truncated_normal([3], seed=42) and keras.random.normal([3], seed=42), on TensorFlow
Deno.test("Stateless normal draws are Keras' on TensorFlow", () => {
  assertEquals([...statelessTruncatedNormal(3, 0, 1, 42)], [
    0.015817075967788696,
    -1.5900869369506836,
    0.10359445959329605,
  ]);
  assertEquals([...statelessNormal(3, 0, 1, 42)], [0.015817075967788696, -1.5900869369506836, 0.10359445959329605]);
});

Deno.test("A longer stateless draw begins with the shorter one", () => {
  for (const draw of [statelessUniform, statelessNormal, statelessTruncatedNormal]) {
    assertEquals(draw(7, 0, 1, 3), draw(1000, 0, 1, 3).slice(0, 7));
  }
});

Deno.test("Truncated normal numbers stay within two standard deviations", () => {
  const drawn = statelessTruncatedNormal(20_000, 1, 0.5, 11);
  assert(drawn.every((value) => value >= 0 && value <= 2));
});

peerTest("RandomState is NumPy's bit for bit, normal numbers included to 1 ulp", async (ask) => {
  type Draws = Record<"sample" | "randint" | "permutation" | "uniform" | "normal", number[]>;
  const seeds = [0, 1, 42, 113, 2 ** 32 - 1];
  const expected = await ask(
    `
import numpy as np
def draws(seed):
    r = np.random.RandomState(seed)
    return dict(sample=r.random_sample(1000).tolist(), randint=r.randint(-5, 100000, 1000).tolist(),
                permutation=r.permutation(1000).tolist(), uniform=r.uniform(-3, 7, 100).tolist(),
                normal=r.normal(1, 2, 1001).tolist())
answer = [draws(seed) for seed in given]`,
    seeds,
  ) as Draws[];
  seeds.forEach((seed, i) => {
    const state = new RandomState(seed);
    assertEquals([...state.randomSample(1000)], expected[i].sample);
    assertEquals([...state.randint(-5, 100_000, 1000)], expected[i].randint);
    assertEquals([...state.permutation(1000)], expected[i].permutation);
    assertEquals([...state.uniform(-3, 7, 100)], expected[i].uniform);
    state.normal(1, 2, 1001).forEach((value, k) => assertAlmostEquals(value, expected[i].normal[k], 1e-14));
  });
});

peerTest("PythonRandom is Python's bit for bit, for seeds and ranges beyond 32 bits as well", async (ask) => {
  const seeds = [0, 1, 42, -7, 2 ** 40 + 5];
  const expected = await ask(
    `
import random
def draws(seed):
    r = random.Random(seed)
    return dict(random=[r.random() for _ in range(1000)], small=[r.randint(1, 10**9) for _ in range(1000)],
                large=[r.randint(0, 2**50) for _ in range(100)])
answer = [draws(seed) for seed in given]`,
    seeds,
  ) as Record<"random" | "small" | "large", number[]>[];
  seeds.forEach((seed, i) => {
    const generator = new PythonRandom(seed);
    assertEquals(Array.from({ length: 1000 }, () => generator.random()), expected[i].random);
    assertEquals(Array.from({ length: 1000 }, () => generator.randint(1, 1e9)), expected[i].small);
    assertEquals(Array.from({ length: 100 }, () => generator.randint(0, 2 ** 50)), expected[i].large);
  });
});

peerTest("Stateless draws are Keras' on TensorFlow: uniform, normal and truncated normal, bit for bit", async (ask) => {
  const seeds = [0, 42, 999_999_999, 2 ** 31 + 7];
  const expected = await ask(
    `
import keras
def draws(seed):
    generator = keras.random.SeedGenerator(seed)
    keras.random.uniform([3], seed=generator)
    flat = lambda x: x.numpy().astype("float64").tolist()
    return dict(uniform=flat(keras.random.uniform([1003], -0.05, 0.07, seed=seed)),
                second=flat(keras.random.uniform([5], seed=generator)),
                normal=flat(keras.random.normal([20001], 0.5, 0.05, seed=seed)),
                truncated=flat(keras.random.truncated_normal([20001], 0, 0.3, seed=seed)))
answer = [draws(seed) for seed in given]`,
    seeds,
  ) as Record<"uniform" | "second" | "normal" | "truncated", number[]>[];
  seeds.forEach((seed, i) => {
    assertEquals([...statelessUniform(1003, -0.05, 0.07, seed)], expected[i].uniform);
    assertEquals([...statelessUniform(5, 0, 1, seed, 1)], expected[i].second);
    assertEquals([...statelessNormal(20_001, 0.5, 0.05, seed)], expected[i].normal);
    assertEquals([...statelessTruncatedNormal(20_001, 0, 0.3, seed)], expected[i].truncated);
  });
});
