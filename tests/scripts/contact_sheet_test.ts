import { assert, assertEquals } from "@std/assert";
import { contactSheet, figuresOf } from "../../scripts/contact_sheet.ts";

const notebook = JSON.stringify({
  cells: [
    { cell_type: "markdown", source: "<svg/>" },
    { cell_type: "code", outputs: [{ data: { "text/html": ["<svg ", "id='a'/>"], "text/plain": "a" } }] },
    { cell_type: "code", outputs: [{ text: ["<svg/>"] }, { data: { "text/html": "<table></table>" } }] },
    {
      cell_type: "code",
      outputs: [{ data: { "image/svg+xml": "<svg id='b'/>" } }, { data: { "text/html": "<svg/>" } }],
    },
  ],
});

Deno.test("A lesson's figures are its cells' drawings, in their order: no tables, no text", () => {
  assertEquals(figuresOf(notebook), [
    { cell: 1, markup: "<svg id='a'/>" },
    { cell: 3, markup: "<svg id='b'/>" },
    { cell: 3, markup: "<svg/>" },
  ]);
});

Deno.test("The contact sheet shows every figure of every lesson twice, light and dark", () => {
  const page = contactSheet([{ name: "01-a", figures: figuresOf(notebook) }, {
    name: "02-b",
    figures: figuresOf(notebook),
  }]);
  assertEquals(page.match(/<svg/g)?.length, 12);
  assert(page.includes('id="01-a"') && page.includes('id="02-b"'));
});
