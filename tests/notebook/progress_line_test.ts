import { assert, assertEquals } from "@std/assert";
import { progress, progressLine } from "baeum/notebook";
import { finalPictures, inNotebook } from "./fake_notebook.ts";

/** How often a line may be sent in the time that has gone by: at the begin and the end, and ten times a second. */
const sendings = (begin: number) => 3 + (performance.now() - begin) / 100;

Deno.test("In a notebook finished lines stay above the line that changes", async () => {
  const messages = await inNotebook(() => {
    const line = progressLine();
    line.update("1: half");
    line.done("1: all");
    line.update("2: half");
    line.close();
  });
  assertEquals(finalPictures(messages), [{ "text/plain": "1: all\n2: half" }]);
});

Deno.test("A line that is updated 10,000 times at once is sent to the notebook ten times a second at most", async () => {
  const begin = performance.now();
  const messages = await inNotebook(() => {
    const line = progressLine();
    for (let i = 0; i < 10_000; i++) line.update(`${i}`);
    line.close();
  });
  assert(messages.length <= sendings(begin), `sent ${messages.length} times`);
  assertEquals(finalPictures(messages), [{ "text/plain": "9999" }]);
});

Deno.test("An update that came too early is shown a tenth of a second later, without another call", async () => {
  const messages = await inNotebook(async () => {
    const line = progressLine();
    line.update("a");
    line.update("b");
    await new Promise((resume) => setTimeout(resume, 150));
  });
  assertEquals(messages.map((message) => message.content.data["text/plain"]), ["a", "b"]);
});

Deno.test("Of 1,000 finished lines the first 20 and the last 40 stay, and a line says how many are left out", async () => {
  const begin = performance.now();
  const messages = await inNotebook(() => {
    const line = progressLine();
    for (let i = 0; i < 1000; i++) line.done(`${i}`);
    line.close();
  });
  const kept = finalPictures(messages).map((picture) => picture["text/plain"]).join("\n").split("\n");
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${from + i}`);
  assertEquals(kept, [...range(0, 20), "… (940 more)", ...range(960, 1000)]);
  assert(messages.length <= sendings(begin), `sent ${messages.length} times`);
});

Deno.test("60 finished lines all stay", async () => {
  const messages = await inNotebook(() => {
    const line = progressLine();
    for (let i = 0; i < 60; i++) line.done(`${i}`);
    line.close();
  });
  assertEquals(finalPictures(messages)[0]["text/plain"], Array.from({ length: 60 }, (_, i) => `${i}`).join("\n"));
});

Deno.test("Outside of notebook and terminal only the finished lines are printed", async () => {
  const code = `import { progressLine } from "baeum/notebook";
    const line = progressLine();
    for (let i = 0; i < 5; i++) line.update("step " + i);
    line.done("finished");
    line.close();`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", code] }).output();
  assertEquals(new TextDecoder().decode(stdout), "finished\n");
});

Deno.test("A progress bar ends by itself when all is done", async () => {
  const messages = await inNotebook(() => {
    const bar = progress(4, { label: "files" });
    for (let i = 0; i < 4; i++) bar.advance();
    bar.advance();
  });
  assertEquals(finalPictures(messages), [{ "text/plain": "files 4/4 ━━━━━━━━━━━━━━━━━━━━ 0s" }]);
});
