import { assert, assertEquals, assertThrows } from "@std/assert";
import { html, live, show, table } from "baeum/notebook";
import { tf } from "baeum/tensors";
import { finalPictures, inNotebook } from "./fake_notebook.ts";

Deno.test("show sends each value in the order given, in its own mime types", async () => {
  const messages = await inNotebook(() => show("text", tf.scalar(1), html`<i>${1}</i>`, { outerHTML: "<svg/>" }, [1]));
  assertEquals(messages.map(({ type, content }) => [type, content.data]), [
    ["display_data", { "text/plain": "text" }],
    ["display_data", { "text/plain": "Tensor [] float32\n1.0" }],
    ["display_data", { "text/html": "<i>1</i>", "text/plain": "<i>1</i>" }],
    ["display_data", { "text/html": "<svg/>", "text/plain": "(figure)" }],
    ["display_data", { "text/plain": "[ 1 ]" }],
  ]);
});

Deno.test("What is put into html is shown as text, never as markup", () => {
  assertEquals(
    html`<p>${'<img src=x onerror="alert(1)">'}</p>`.toString(),
    "<p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</p>",
  );
});

Deno.test("A value whose pictures come as a promise is refused with a clear message", () => {
  const late = { [Symbol.for("Jupyter.display")]: () => Promise.resolve({}) };
  assertThrows(() => show(late), TypeError, "promise");
});

Deno.test("A live figure keeps one spot and ends with the last state of the data", async () => {
  let count = 0;
  const begin = performance.now();
  const messages = await inNotebook(() => {
    const view = live(() => `count ${count}`);
    for (count = 1; count < 100; count++) view.update();
    view.close();
  });
  assertEquals(finalPictures(messages), [{ "text/plain": "count 100" }]);
  const [first, ...others] = messages.map((message) => message.type);
  assertEquals([first, ...new Set(others)], ["display_data", "update_display_data"]);
  assert(others.length <= 1 + (performance.now() - begin) / 100, `updated ${others.length} times`);
});

Deno.test("A table sets numbers to the right and writes at most four digits unless told otherwise", () => {
  const rows = [{ name: "SGD", accuracy: 0.87654321 }, { name: "Adam", accuracy: 1 }];
  assertEquals(table(rows).toString(), "name  accuracy\nSGD     0.8765\nAdam         1");
  assertEquals(table(rows, { digits: 2, columns: ["accuracy"] }).toString(), "accuracy\n    0.88\n       1");
});

Deno.test("A table does not round a small number to nothing", () => {
  assertEquals(table([{ rate: 0.00001234 }]).toString(), "rate\n1.234e-5".replace("rate", "    rate"));
});

Deno.test("A table's markup escapes what the rows hold and leaves missing values empty", async () => {
  const [{ content }] = await inNotebook(() => show(table([{ a: "<b>" }, { b: 1 }], { caption: "x & y" })));
  const markup = content.data["text/html"];
  assertEquals(markup.includes("<b>"), false);
  assertEquals(markup.includes("&lt;b&gt;") && markup.includes("x &amp; y"), true);
  assertEquals(markup.match(/<td[^>]*><\/td>/g)?.length, 2);
});

Deno.test("A table keeps its columns apart on a page that takes the room of all tables away", async () => {
  const [{ content }] = await inNotebook(() => show(table([{ a: "x", b: 1 }, { a: "y", b: 2 }])));
  const cells = content.data["text/html"].match(/<t[hd]\b[^>]*>/g) ?? [];
  assertEquals(cells.length, 6);
  assertEquals(cells.filter((cell: string) => !cell.includes("padding: 0.3em 0.6em")), []);
});
