import { assertEquals, assertThrows } from "@std/assert";
import { encodeTfRecord, FormatError, parseTfRecords } from "baeum/formats";
import { crc32c } from "../../lib/formats/crc32c.ts";

const ascii = (text: string) => new TextEncoder().encode(text);
const records = [ascii("one"), new Uint8Array(), Uint8Array.from({ length: 300 }, (_, i) => i)];
const file = Uint8Array.from(records.flatMap((record) => [...encodeTfRecord(record)]));

Deno.test("crc32c gives the values of RFC 3720's appendix B.4", () => {
  assertEquals(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assertEquals(crc32c(new Uint8Array(32).fill(255)), 0x62a8ab43);
  assertEquals(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e);
  assertEquals(crc32c(ascii("123456789")), 0xe3069283);
});

Deno.test("encodeTfRecord writes the bytes that tf.io.TFRecordWriter writes", () => {
  // with tf.io.TFRecordWriter(path) as w: w.write(b"one")
  assertEquals(encodeTfRecord(records[0]).toBase64(), "AwAAAAAAAACwmUkOb25lAUBVCA==");
});

Deno.test("parseTfRecords gives back what was written, in order", () => {
  assertEquals(parseTfRecords(file), records);
  assertEquals(parseTfRecords(new Uint8Array()), []);
});

Deno.test("parseTfRecords refuses a file that ends anywhere but after a record", () => {
  const ends = records.map((_, i) => records.slice(0, i + 1).reduce((sum, record) => sum + record.length + 16, 0));
  for (let length = 1; length < file.length; length++) {
    if (ends.includes(length)) assertEquals(parseTfRecords(file.subarray(0, length)).length, ends.indexOf(length) + 1);
    else assertThrows(() => parseTfRecords(file.subarray(0, length)), FormatError, "the file ends within");
  }
});

Deno.test("parseTfRecords refuses a file with any one byte altered", () => {
  for (let at = 0; at < file.length; at++) {
    assertThrows(() => parseTfRecords(file.with(at, file[at] ^ 0x40)), FormatError);
  }
});

Deno.test("parseTfRecords refuses a length of 2⁴⁰ at once", () => {
  const bytes = encodeTfRecord(new Uint8Array(8)).slice();
  new DataView(bytes.buffer).setBigUint64(0, 2n ** 40n, true);
  assertThrows(() => parseTfRecords(bytes), FormatError, "the checksum of the length");
});
