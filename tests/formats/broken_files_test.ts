import { assertEquals, assertThrows } from "@std/assert";
import {
  FormatError,
  gunzip,
  parseCsv,
  parseIdx,
  parseNpy,
  parseNpyObjects,
  parseNpz,
  parseTar,
  parseTfRecords,
  readZip,
  unpickle,
} from "baeum/formats";
import { zipSync } from "fflate";
import { csv, gzip, idx, npy, npz, pickledDictionary, pickledObjects, tar, tfRecords } from "./files.ts";

const tarball = tar({ "a.txt": new Uint8Array([1, 2, 3]), "b.txt": new Uint8Array(600) });
const formats: [name: string, parse: (bytes: Uint8Array) => unknown, file: Uint8Array, spare: number][] = [
  ["parseIdx", parseIdx, idx, 0],
  ["parseNpy", parseNpy, npy("'<f4'", "(2, 3)", new Uint8Array(24)), 0],
  ["parseNpz", parseNpz, npz, 0],
  ["gunzip", gunzip, gzip, 0],
  // An archive ends with two empty blocks, of which the first already says that it is over.
  ["parseTar", parseTar, tarball, 512],
];

const others: [name: string, parse: (bytes: Uint8Array) => unknown, file: Uint8Array][] = [
  ["readZip", (bytes) => [...readZip(bytes).values()].map((entry) => entry.read()), npz],
  ["parseCsv", (bytes) => parseCsv(bytes, { columns: 3 }), csv],
  ["parseNpyObjects", parseNpyObjects, pickledObjects],
  ["unpickle of a dictionary", unpickle, pickledDictionary],
  ["parseTfRecords", parseTfRecords, tfRecords],
];

for (const [name, parse, file, spare] of formats) {
  Deno.test(`${name} refuses the file truncated at any byte, naming a place within it`, () => {
    parse(file);
    for (let length = 0; length < file.length - spare; length++) {
      const error = assertThrows(() => parse(file.slice(0, length)), FormatError);
      assertEquals(error.offset <= length, true, `${length}: ${error.message}`);
    }
  });
}

for (const [name, parse, file] of [...formats, ...others]) {
  Deno.test(`${name} answers any of 3,000 altered files with a result or a FormatError, nothing else`, () => {
    let state = 12345;
    const random = (below: number) => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
    for (let round = 0; round < 3000; round++) {
      const bytes = file.slice();
      for (let change = 0; change <= random(4); change++) bytes[random(bytes.length)] = random(2) ? random(256) : 255;
      try {
        parse(bytes);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }
  });
}

Deno.test("parseIdx says which bytes a shape needs and how many there are", () => {
  assertThrows(() => parseIdx(idx.slice(0, -1)), FormatError, "IDX, byte 12: shape [2, 3] needs 6 bytes. Received: 5");
  assertThrows(() => parseIdx(new Uint8Array([...idx, 0])), FormatError, "needs 6 bytes. Received: 7");
});

Deno.test("parseIdx reads big-endian numbers", () => {
  const int16 = new Uint8Array([0, 0, 0x0b, 1, 0, 0, 0, 2, 1, 2, 0xff, 0xfe]);
  assertEquals(parseIdx(int16).data, new Int16Array([258, -2]));
  const float = new Uint8Array([0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0]);
  assertEquals(parseIdx(float).data, new Float32Array([1.5]));
});

Deno.test("parseNpy refuses a shape of 2⁴⁰ at once, whatever the type", () => {
  for (const type of ["'<f8'", "'|u1'", "'<U0'", "'|S0'"]) {
    assertThrows(() => parseNpy(npy(type, "(1099511627776,)", new Uint8Array(8))), FormatError);
  }
});

Deno.test("parseNpy refuses a header that is anything but NumPy's dictionary", () => {
  for (
    const shape of [
      "(__import__('os'),)",
      "(1,), 'shape': (2,)",
      "(-1,)",
      "(1e3,)",
      "[8]",
      "(8,), 'more': (1,)",
      "(,8)",
    ]
  ) {
    assertThrows(() => parseNpy(npy("'|u1'", shape, new Uint8Array(8))), FormatError);
  }
});

Deno.test("parseNpz refuses what unpacks to more than is allowed before unpacking it", () => {
  const bomb = zipSync({ "a.npy": npy("'|u1'", "(3000000,)", new Uint8Array(3_000_000)) });
  assertThrows(() => parseNpz(bomb, { maxBytes: 1_000_000 }), FormatError, "at most 1000000 are accepted");
});

Deno.test("parseNpz refuses an entry that unpacks to more or fewer bytes than its header says", () => {
  for (const wrong of [-1, 1]) {
    const file = npz.slice();
    const view = new DataView(file.buffer);
    const central = view.getUint32(file.length - 6, true);
    const length = view.getUint32(central + 24, true);
    view.setUint32(central + 24, length + wrong, true);
    assertThrows(() => parseNpz(file), FormatError);
  }
});

Deno.test("readZip refuses an entry that claims a terabyte in a kilobyte", () => {
  const file = zipSync({ a: new Uint8Array(1000) });
  const view = new DataView(file.buffer);
  view.setUint32(view.getUint32(file.length - 6, true) + 24, 0xfffffff0, true);
  assertThrows(() => readZip(file).get("a")!.read(), FormatError, "cannot hold 4294967280");
});

Deno.test("readZip refuses an archive whose directory names the same bytes many times", () => {
  const archive = zipSync({ a: new Uint8Array(1_000_000), b: new Uint8Array(1) });
  const view = new DataView(archive.buffer);
  const end = archive.length - 22;
  const directory = view.getUint32(end + 16, true);
  // The second entry is made the first's twin: its sizes, its checksum, its place.
  const second = directory + 47;
  archive.copyWithin(second + 10, directory + 10, directory + 28);
  archive.copyWithin(second + 42, directory + 42, directory + 46);
  assertThrows(() => readZip(archive), FormatError, "the files share bytes");
});

Deno.test("gunzip refuses data whose checksum or length differs from the trailer's", () => {
  const checksum = gzip.slice();
  checksum[checksum.length - 8] ^= 1;
  assertThrows(() => gunzip(checksum), FormatError, "the checksum is");
  const length = gzip.slice();
  length[length.length - 4] += 1;
  assertThrows(() => gunzip(length), FormatError, "unpacks to 100 bytes instead of 101");
  assertThrows(() => gunzip(gzip, { maxBytes: 99 }), FormatError, "at most 99 bytes are accepted. Received: 100");
});

Deno.test("parseTar gives the plain files and refuses entries that rename others, or a path that comes twice", () => {
  assertEquals(parseTar(tarball).get("a.txt"), new Uint8Array([1, 2, 3]));
  assertEquals(parseTar(tar({ folder: new Uint8Array() }, "5")).size, 0);
  assertThrows(() => parseTar(tar({ "@LongLink": new Uint8Array(9) }, "L")), FormatError, '(type "L")');
  const twice = new Uint8Array([...tar({ a: new Uint8Array(1) }).slice(0, 1024), ...tar({ a: new Uint8Array(1) })]);
  assertThrows(() => parseTar(twice), FormatError, "comes twice");
});
