import { assertEquals } from "@std/assert";
import { staleBuilds } from "../../scripts/build_kernels.ts";

Deno.test("the committed WASM is what its source compiles to", async () => {
  assertEquals(await staleBuilds(), []);
});
