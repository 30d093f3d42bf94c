import { assertEquals, assertMatch } from "@std/assert";
import { fromBase85, toBase85 } from "../../handouts/live/browser/base85.ts";

Deno.test("base85 gives back bytes of every length and value", () => {
  for (let length = 0; length <= 64; length++) {
    for (const fill of [0, 255]) {
      const same = new Uint8Array(length).fill(fill);
      assertEquals(fromBase85(toBase85(same)), same);
    }
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    assertEquals(fromBase85(toBase85(bytes)), bytes);
  }
  const all = Uint8Array.from({ length: 1024 }, (_, i) => (i * 167) & 255);
  assertEquals(fromBase85(toBase85(all)), all);
});

Deno.test("base85 takes five letters for four bytes, none of which means anything in HTML or in a script", () => {
  const bytes = crypto.getRandomValues(new Uint8Array(40_000));
  const text = toBase85(bytes);
  assertEquals(text.length, 50_000);
  assertMatch(text, /^[!#-%(-,.-;=?A-[\]-_a-~]+$/);
});
