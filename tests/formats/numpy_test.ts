import { assertEquals, assertThrows } from "@std/assert";
import { FormatError, parseNpy, parseNpz } from "baeum/formats";
import { peerTest } from "../peers.ts";

const writer = `
import base64, io, numpy as np
def npy(a):
    f = io.BytesIO(); np.save(f, a); return base64.b64encode(f.getvalue()).decode()
def npz(save, **arrays):
    f = io.BytesIO(); save(f, **arrays); return base64.b64encode(f.getvalue()).decode()
`;

peerTest(
  "parseNpy reads every number type that NumPy writes, in both byte orders and both axis orders",
  async (ask) => {
    const code = `${writer}
answer = []
values = np.array([[0, 1, 2], [100, 3, 4]])
for order in "<>":
    for kind in "b1 i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8 c8 c16".split():
        for axes in "CF":
            a = np.asarray(values, dtype=order + kind, order=axes)
            flat = a.ravel()
            if kind[0] == "c": flat = np.stack([flat.real, flat.imag], 1).ravel()
            answer.append([a.dtype.name, axes, npy(a), [float(v) for v in flat]])
`;
    const files = await ask(code) as [dtype: string, axes: string, file: string, values: number[]][];
    assertEquals(files.length, 56);
    for (const [dtype, axes, file, values] of files) {
      const array = parseNpy(Uint8Array.fromBase64(file));
      assertEquals([array.dtype, array.shape], [dtype, [2, 3]], axes);
      assertEquals(Array.from(array.data as ArrayLike<unknown>, Number), values, `${dtype} ${axes}`);
    }
  },
);

peerTest("parseNpy reads a single number, empty arrays, text, dates, and 3 axes in Fortran order", async (ask) => {
  const code = `${writer}
answer = [npy(a) for a in [np.float64(7.5), np.zeros((0, 3)), np.array(["가나", "b"]), np.array([b"ab", b"c"]),
  np.array(["1970-01-03"], dtype="M8[D]"), np.asfortranarray(np.arange(24).reshape(2, 3, 4)), np.array([np.inf, np.nan, 6e-8], dtype="f2")]]
`;
  const arrays = (await ask(code) as string[]).map((file) => parseNpy(Uint8Array.fromBase64(file)));
  assertEquals(arrays[0], { dtype: "float64", shape: [], data: new Float64Array([7.5]) });
  assertEquals(arrays[1], { dtype: "float64", shape: [0, 3], data: new Float64Array() });
  assertEquals(arrays[2].data, ["가나", "b"]);
  assertEquals(arrays[3].data, ["ab", "c"]);
  assertEquals(arrays[4], { dtype: "datetime64[D]", shape: [1], data: new BigInt64Array([2n]) });
  assertEquals(arrays[5].data, BigInt64Array.from({ length: 24 }, (_, i) => BigInt(i)));
  assertEquals(arrays[6].data, new Float32Array([Infinity, NaN, 2 ** -24]));
});

peerTest("parseNpz reads stored, compressed and zip64 archives of NumPy", async (ask) => {
  const code = `${writer}
import zipfile
def zip64():
    f = io.BytesIO()
    with zipfile.ZipFile(f, "w") as z, z.open("a.npy", "w", force_zip64=True) as entry: np.save(entry, np.arange(3.0))
    return base64.b64encode(f.getvalue()).decode()
answer = [npz(np.savez, a=np.arange(3.0)), npz(np.savez_compressed, a=np.arange(3.0)), zip64()]
`;
  for (const file of await ask(code) as string[]) {
    const expected = { a: { dtype: "float64", shape: [3], data: new Float64Array([0, 1, 2]) } };
    assertEquals(parseNpz(Uint8Array.fromBase64(file)), expected);
  }
});

peerTest("parseNpy refuses objects, records and long doubles by name", async (ask) => {
  const code = `${writer}
answer = [npy(np.array([[1], [1, 2]], dtype=object)), npy(np.zeros(2, dtype=[("a", "<f8"), ("b", "<i4")])), npy(np.zeros(2, "g"))]
`;
  for (const file of await ask(code) as string[]) {
    assertThrows(() => parseNpy(Uint8Array.fromBase64(file)), FormatError, "is not read");
  }
});
