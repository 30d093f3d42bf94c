import { assertEquals, assertRejects } from "@std/assert";
import { bostonHousing, californiaHousing, cifar10, fashionMnist, gates, iris } from "baeum/datasets";
import { sha256 } from "../../lib/datasets/checksum.ts";
import { peerTest } from "../peers.ts";
import { mirrorTest } from "./mirror.ts";
import { withPlaces } from "./places.ts";

const npz = "boston-housing/boston_housing.npz";
const table = "california-housing/cal_housing.data";
const fashion = "fashion-mnist/train-images-idx3-ubyte.gz";
const cifar = "cifar-10/cifar-10-binary.tar.gz";

/** The checksum of numbers as `hashlib.sha256(array.tobytes())` has it. */
function sumOf(numbers: Float64Array | Uint8Array): Promise<string> {
  return sha256(new Uint8Array(numbers.slice().buffer as ArrayBuffer));
}

/** Loads from the mirror into a cache of its own. */
function from(mirror: string, run: () => Promise<void>): Promise<void> {
  return withPlaces(() => {
    Deno.env.set("BAEUM_MIRROR", mirror);
    return run();
  });
}

mirrorTest("bostonHousing.load splits all 506 rows as Keras does", npz, async (mirror) => {
  await from(mirror, async () => {
    const { train, test } = await bostonHousing.load();
    assertEquals([train.x.shape, train.y.shape, test.x.shape, test.y.shape], [[404, 13], [404], [102, 13], [102]]);
    const parts = [train.raw.x, train.raw.y, test.raw.x, test.raw.y];
    assertEquals(await Promise.all(parts.map(sumOf)), [
      // [hashlib.sha256(a.tobytes()).hexdigest() for pair in keras.datasets.boston_housing.load_data() for a in pair]
      "4319b7bc86939499d59f38ad10c6463cc3c6898031c193ad6a53bd36f46f80e5",
      "38a10db0be2fdb2fadcd9412f3a76a471b8b8caa533be0d4f8e339476e2f1378",
      "4bdf7345c31e1c1c67b454bbf81e20a05d8ceb7aeee0a40f1f3aacf215ec640d",
      "d70628b797476cf4c264ad5d5ff31acaeeb861ab34defdeec1e5da25fd335bef",
    ]);
    assertEquals(train.y.arraySync()[0], Math.fround(15.2));
  });
});

mirrorTest(
  "bostonHousing.load takes another seed and another share, and refuses a share beyond 1",
  npz,
  async (mirror) => {
    await from(mirror, async () => {
      const { train, test } = await bostonHousing.load({ seed: 7, testSplit: 0.33 });
      assertEquals([train.x.shape, test.x.shape], [[339, 13], [167, 13]]);
      // keras.datasets.boston_housing.load_data(seed=7, test_split=0.33)
      assertEquals([await sumOf(train.raw.x), await sumOf(test.raw.y)], [
        "93d6aa9eb04bfac10c5788f58e2ecd7667eb10409ac32b037b1dcd93a5543196",
        "c5857a0915eb903dfdf8d218774676d324d4ca824b26b84b1735e60fc9699000",
      ]);
      await assertRejects(() => bostonHousing.load({ testSplit: 2 }), RangeError, "from 0 to 1. Received: 2");
    });
  },
);

mirrorTest("californiaHousing.load computes scikit-learn's columns to the last bit", table, async (mirror) => {
  await from(mirror, async () => {
    const { x, y, raw, featureNames } = await californiaHousing.load();
    assertEquals([x.shape, y.shape, featureNames.length], [[20640, 8], [20640], 8]);
    // The code of sklearn.datasets._california_housing on np.loadtxt("cal_housing.data", delimiter=",").
    assertEquals([await sumOf(raw.x), await sumOf(raw.y)], [
      "c8f43774aa27b7ec034e60db31b6124e12b4a0d42b55b0c8eb1320089e2ebc37",
      "ae80bb98487c04d7383ed8aecda8e207583dfd3e66f6679fded97597c3f6c87e",
    ]);
  });
});

peerTest("iris.load has scikit-learn's 150 rows", async (ask) => {
  const code = `
from sklearn.datasets import load_iris
d = load_iris()
answer = [d.data.ravel().tolist(), d.target.tolist(), list(d.feature_names), d.target_names.tolist()]`;
  const { raw, featureNames, classNames } = await iris.load();
  assertEquals([[...raw.x], [...raw.y], featureNames, classNames], await ask(code));
});

mirrorTest("fashionMnist.load gives Keras' shapes and values", fashion, async (mirror) => {
  await from(mirror, async () => {
    const { train, test } = await fashionMnist.load();
    assertEquals([train.x.shape, train.y.shape, test.x.shape, test.y.shape], [
      [60000, 28, 28],
      [60000],
      [10000, 28, 28],
      [10000],
    ]);
    const parts = [train.raw.x, train.raw.y, test.raw.x, test.raw.y];
    // The content of the four .gz files after their headers of 16 and 8 bytes.
    assertEquals(await Promise.all(parts.map(sumOf)), [
      "2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012",
      "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
      "c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a",
      "3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
    ]);
    assertEquals(fashionMnist.classNames[train.raw.y[0]], "Ankle boot");
    [train.x, train.y, test.x, test.y].forEach((tensor) => tensor.dispose());
  });
});

mirrorTest("cifar10.load puts the three planes of each record side by side, as Keras' x", cifar, async (mirror) => {
  await from(mirror, async () => {
    const { train, test } = await cifar10.load({ subset: true });
    assertEquals([train.x.shape, test.x.shape], [[5000, 32, 32, 3], [1000, 32, 32, 3]]);
    const counts = Array(10).fill(0);
    train.raw.y.forEach((label) => counts[label]++);
    assertEquals(counts, Array(10).fill(500));
    // np.frombuffer(…, "u1").reshape(-1, 3073) of the files; x = r[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    const parts = [train.raw.x, train.raw.y, test.raw.x, test.raw.y];
    assertEquals(await Promise.all(parts.map(sumOf)), [
      "f5d551e971b4f641a2e4ededc298c69f30e11ec658c19b8de55b06ebad560703",
      "961b234bf1e3e4b594c315cbb518b1e3de8db93c3775188826c1b7464dbbfd65",
      "9dfa5fa50f4ff9160ad159f805b83a39342522a4e6e2e8f746aac6fa9ad631b7",
      "bf14e40d98147abe99d1688c60b7d92a6b4b107f08e4c09b69550aa2b2b99d51",
    ]);
    [train.x, train.y, test.x, test.y].forEach((tensor) => tensor.dispose());
  });
});

Deno.test("gates.load has a row for each pair of inputs, and only XOR differs from every single line", () => {
  const { and, or, nand, xor } = gates.load();
  assertEquals(xor.x.arraySync(), [[0, 0], [0, 1], [1, 0], [1, 1]]);
  assertEquals([and, or, nand, xor].map(({ y }) => Array.from(y.dataSync())), [
    [0, 0, 0, 1],
    [0, 1, 1, 1],
    [1, 1, 1, 0],
    [0, 1, 1, 0],
  ]);
});
