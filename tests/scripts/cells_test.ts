import { assertEquals, assertThrows } from "@std/assert";
import { joinCells, readCells } from "../../scripts/cells.ts";

const folder = new URL("file:///lessons/");
const join = (...sources: string[]) =>
  joinCells(sources.map((source, index) => ({ number: index + 1, source })), folder);

Deno.test("readCells numbers code cells only and joins lines that are kept as a list", () => {
  const notebook = {
    cells: [
      { cell_type: "markdown", source: "# Title" },
      { cell_type: "code", source: ["a;\n", "b;"] },
      { cell_type: "code", source: "c;" },
    ],
  };
  assertEquals(readCells(JSON.stringify(notebook)), [{ number: 1, source: "a;\nb;" }, { number: 2, source: "c;" }]);
});

Deno.test("readCells says so of a text that is no notebook", () => {
  assertThrows(() => readCells("{"), TypeError, "it is not JSON");
  assertThrows(() => readCells("{}"), TypeError, "it has no list of cells");
});

Deno.test("joinCells keeps the way back to cell and line, also for a name in an import of many lines", () => {
  const { text, origins } = join("const a = 1;", 'import {\n  one,\n  two as three,\n} from "m";\nconst b = 2;');
  const lines = text.split("\n");
  const originOf = (line: string) => origins[lines.indexOf(line)];
  assertEquals(originOf('import { one } from "m";'), { cell: 2, line: 2 });
  assertEquals(originOf('import { two as three } from "m";'), { cell: 2, line: 3 });
  assertEquals(originOf("const a = 1;"), { cell: 1, line: 1 });
  assertEquals(originOf("const b = 2;"), { cell: 2, line: 5 });
});

Deno.test("joinCells imports a binding once that several cells import", () => {
  const { text } = join('import { one } from "m";', 'import { one, two } from "m";');
  assertEquals(text.split("\n").filter((line) => line.startsWith("import")), [
    'import { one } from "m";',
    'import { two } from "m";',
  ]);
});

Deno.test("joinCells takes default, namespace, type and bare imports, and resolves relative ones", () => {
  const { text } = join(
    'import d, { type T } from "./m.ts";\nimport * as ns from "n";\nimport type { U } from "u";\nimport "s";',
  );
  assertEquals(text.split("\n").filter((line) => line.startsWith("import")), [
    'import d from "file:///lessons/m.ts";',
    'import { type T } from "file:///lessons/m.ts";',
    'import * as ns from "n";',
    'import type { U } from "u";',
    'import "s";',
  ]);
});

Deno.test("joinCells leaves dynamic imports where they are", () => {
  assertEquals(join('const m = await import("m");').text.split("\n")[0], 'const m = await import("m");');
});
