import { assertEquals } from "@std/assert";
import { tf, useBackend } from "baeum/tensors";

Deno.test("The plain JavaScript backend computes without advertising a package for Node", async () => {
  const warn = console.warn;
  const warnings: unknown[] = [];
  console.warn = (...values) => warnings.push(values);
  try {
    assertEquals((await useBackend("cpu")).backend, "cpu");
    assertEquals(tf.ones([2, 2]).sum().dataSync()[0], 4);
  } finally {
    console.warn = warn;
    await useBackend("wasm");
  }
  assertEquals(warnings, []);
});
