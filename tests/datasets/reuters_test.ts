import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { reuters } from "baeum/datasets";
import { splitNewswires } from "../../lib/datasets/reuters.ts";
import { peerTest } from "../peers.ts";
import { mirrorTest } from "./mirror.ts";
import { withPlaces } from "./places.ts";

const writer = `
import base64, io, numpy as np
state = np.random.RandomState(0)
x = np.empty(97, object)
for i in range(97): x[i] = [int(w) for w in 1 + state.geometric(0.05, size=state.randint(2, 40))]
f = io.BytesIO(); np.savez_compressed(f, x=x, y=state.randint(0, 46, 97))
`;

peerTest("reuters.load shuffles, marks, drops and cuts newswires as Keras does", async (ask) => {
  const cases = [
    {},
    { numWords: 20 },
    { numWords: 30, skipTop: 6, oovChar: null },
    { maxLen: 15 },
    { startChar: null, indexFrom: 0 },
    { seed: 7, testSplit: 0.33, indexFrom: 5, oovChar: 9, skipTop: 8 },
  ];
  const code = `${writer}
import unittest.mock, pathlib, tempfile, json
from keras.datasets import reuters
path = pathlib.Path(tempfile.mkdtemp()) / "reuters.npz"; path.write_bytes(f.getvalue())
names = dict(numWords="num_words", skipTop="skip_top", maxLen="maxlen", testSplit="test_split", seed="seed",
  startChar="start_char", oovChar="oov_char", indexFrom="index_from")
def load(case):
    with unittest.mock.patch("keras.src.datasets.reuters.get_file", lambda **_: str(path)):
        parts = reuters.load_data(**{names[k]: v for k, v in case.items()})
    return [[[int(w) for w in words] for words in x] for x, _ in parts] + [[int(t) for t in y] for _, y in parts]
answer = [base64.b64encode(f.getvalue()).decode(), [load(case) for case in given]]`;
  const [file, expected] = await ask(code, cases) as [string, unknown[]];
  const bytes = Uint8Array.fromBase64(file);
  cases.forEach((options, i) => {
    const { train, test } = splitNewswires(bytes, options);
    assertEquals([train.x, test.x, [...train.raw.y], [...test.raw.y]], expected[i]);
    assertEquals([...train.y.dataSync()], [...train.raw.y]);
  });
  assertThrows(() => splitNewswires(bytes, { maxLen: 1 }), RangeError, "maxLen leaves no newswire. Received: 1");
});

mirrorTest(
  "reuters.load gives the made-up sample only when asked for it",
  "reuters/reuters-format-sample.npz",
  async (mirror) => {
    await withPlaces(async () => {
      Deno.env.set("BAEUM_MIRROR", mirror);
      const { train, test } = await reuters.load({ sample: true });
      assertEquals([train.x.length, test.x.length, train.y.shape], [240, 60, [240]]);
      assertEquals(train.x.every(([start]) => start === 1), true);
      await assertRejects(() => reuters.load({ testSplit: 1, sample: true }), RangeError, "Received: 1");
    });
  },
);
