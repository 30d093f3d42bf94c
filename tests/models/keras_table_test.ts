import { assertEquals } from "@std/assert";
import { KERAS_TABLE, type KerasNames, kerasTable } from "../../scripts/keras_table.ts";
import { peerTest } from "../peers.ts";

peerTest("the page on Keras' names says what the code and Keras have", async (ask) => {
  const names = await Deno.readTextFile(new URL("../../scripts/keras_names.py", import.meta.url));
  assertEquals(
    await Deno.readTextFile(KERAS_TABLE),
    await kerasTable(await ask(names) as KerasNames),
    "docs/keras.md is not up to date: deno task docs:keras",
  );
});
