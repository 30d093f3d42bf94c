import { assertEquals } from "@std/assert";
import { deflateSync } from "fflate";
import { crc32, slicedCrc32 } from "../../lib/formats/crc32.ts";
import { inflate, inflateScript } from "../../lib/formats/inflate.ts";
import { nativeZlib } from "../../lib/formats/native_zlib.ts";

const bytes = Uint8Array.from({ length: 10_003 }, (_, i) => (i * i) >> 7);

Deno.test("Deno has zlib in native code, and the result of its inflate owns its memory", () => {
  assertEquals(typeof nativeZlib?.inflateRawSync, "function");
  // Native code is used for large files only; this one hardly gets smaller.
  const large = crypto.getRandomValues(new Uint8Array(60_000));
  const unpacked = inflate(deflateSync(large), large.length, "test", 0);
  const copy = unpacked.slice();
  copy[0] ^= 1;
  assertEquals(unpacked, large);
});

Deno.test("without native code the same bytes and the same checksum come out", () => {
  assertEquals(inflateScript(deflateSync(bytes), bytes.length + 1), bytes);
  assertEquals(slicedCrc32(bytes), crc32(bytes));
  assertEquals(slicedCrc32(new TextEncoder().encode("123456789")), 0xcbf43926);
});
