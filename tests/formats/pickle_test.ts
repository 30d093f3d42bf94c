import { assertEquals, assertThrows } from "@std/assert";
import { FormatError, parseNpyObjects, PickledArray, unpickle } from "baeum/formats";
import { peerTest } from "../peers.ts";

const pickles = `
import base64, io, os, pickle, numpy as np
code = lambda b: base64.b64encode(b).decode()
def npy(a):
    f = io.BytesIO(); np.save(f, a, allow_pickle=True); return code(f.getvalue())
`;

peerTest("unpickle reads numbers, text, lists and NumPy arrays of the protocols 2 to 4", async (ask) => {
  const source = `${pickles}
value = [0, 255, 65535, -1, 70000, 2**40, -2**52, True, None, "가나", [], [[1], [2, 3]], list(range(3000)), (1, 2), np.arange(6.0).reshape(2, 3)]
answer = [code(pickle.dumps(value, protocol)) for protocol in [2, 3, 4]]`;
  for (const file of await ask(source) as string[]) {
    const read = unpickle(Uint8Array.fromBase64(file)) as unknown[];
    const array = read.pop() as PickledArray;
    assertEquals([array.shape, array.data], [[2, 3], new Float64Array([0, 1, 2, 3, 4, 5])]);
    const range = Array.from({ length: 3000 }, (_, i) => i);
    assertEquals(read, [
      ...[0, 255, 65535, -1, 70000, 2 ** 40, -(2 ** 52), true, null, "가나", [], [[1], [2, 3]]],
      ...[range, [1, 2]],
    ]);
  }
});

peerTest("parseNpyObjects reads NumPy's arrays of lists, and of arrays", async (ask) => {
  const source = `${pickles}
a = np.empty(2, object); a[0] = [1, 2]; a[1] = []
b = np.empty(1, object); b[0] = np.array([7, 8], ">i2")
answer = [npy(a), npy(b)]`;
  const [lists, arrays] = (await ask(source) as string[]).map((file) => parseNpyObjects(Uint8Array.fromBase64(file)));
  assertEquals(lists, [[1, 2], []]);
  assertEquals((arrays[0] as PickledArray).data, new Int16Array([7, 8]));
});

peerTest("unpickle reads dictionaries whose keys are text, within lists and each other", async (ask) => {
  const source = `${pickles}
value = {"a": 1, "나": [{"b": {}}], b"c": np.arange(3, dtype="u1"), "__proto__": None}
answer = [code(pickle.dumps(value, protocol)) for protocol in [2, 3, 4]]`;
  for (const file of await ask(source) as string[]) {
    const read = unpickle(Uint8Array.fromBase64(file)) as Map<string, unknown>;
    assertEquals([...read.keys()], ["a", "나", "c", "__proto__"]);
    assertEquals([read.get("a"), read.get("나")], [1, [new Map([["b", new Map()]])]]);
    assertEquals((read.get("c") as PickledArray).data, new Uint8Array([0, 1, 2]));
  }
});

peerTest("unpickle runs nothing: what calls, names or builds anything else is refused", async (ask) => {
  const source = `${pickles}
import collections, datetime, fractions
class Evil:
    def __reduce__(self): return os.system, ("echo run",)
shared = [1]
cyclic = []; cyclic.append(cyclic)
cyclic_dict = {}; cyclic_dict['a'] = cyclic_dict
values = [Evil(), [Evil()], {1: "a"}, {"a": print}, {1, 2}, datetime.date(2020, 1, 1), print, np.dtype, collections.Counter(), 1.5j,
  fractions.Fraction(1, 2), [shared, shared], {"a": shared, "b": shared}, cyclic, cyclic_dict, 2**60, np.zeros(2, [("a", "<f8")])]
answer = [code(pickle.dumps(value, protocol)) for value in values for protocol in [2, 4]]`;
  const files = await ask(source) as string[];
  assertEquals(files.length, 34);
  for (const file of files) assertThrows(() => unpickle(Uint8Array.fromBase64(file)), FormatError);
});

// pickle.dumps([[1, 2, 300], [], [-1]], 2)
const lists = Uint8Array.fromBase64("gAJdcQAoXXEBKEsBSwJNLAFlXXECXXEDSv////9hZS4=");

Deno.test("unpickle refuses a pickle truncated at any byte or continued behind its end", () => {
  assertEquals(unpickle(lists), [[1, 2, 300], [], [-1]]);
  for (let length = 0; length < lists.length; length++) {
    assertThrows(() => unpickle(lists.slice(0, length)), FormatError);
  }
  assertThrows(() => unpickle(new Uint8Array([...lists, 46])), FormatError, "nothing comes after the end");
});

Deno.test("unpickle refuses a key that comes twice, a key without a value, and items of anything but a dictionary", () => {
  const pickle = (program: string) => Uint8Array.from(program, (letter) => letter.charCodeAt(0));
  assertEquals(unpickle(pickle("}U\x01aNs.")), new Map([["a", null]]));
  assertThrows(() => unpickle(pickle("}(U\x01aNU\x01aNu.")), FormatError, 'the key "a" comes twice');
  assertThrows(() => unpickle(pickle("}(U\x01au.")), FormatError, "each key has a value");
  assertThrows(() => unpickle(pickle("]U\x01aNs.")), FormatError, "only dictionaries have items");
});

Deno.test("unpickle answers any of 10,000 altered pickles with a value or a FormatError, nothing else", () => {
  let state = 99;
  const random = (below: number) => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
  for (let round = 0; round < 10_000; round++) {
    const bytes = lists.slice();
    for (let change = 0; change <= random(4); change++) bytes[random(bytes.length)] = random(256);
    try {
      unpickle(bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
});
