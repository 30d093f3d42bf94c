import { assertEquals, assertThrows } from "@std/assert";
import { markedRegions, MarkError } from "../../handouts/editions/marks.ts";

Deno.test("marks stand alone on their lines, however far they are indented, in code and in Markdown", () => {
  assertEquals(markedRegions("a\n  // BEGIN SOLUTION\nb\n  // END SOLUTION\nc"), [{
    kind: "SOLUTION",
    begin: 1,
    end: 3,
  }]);
  assertEquals(markedRegions("<!-- BEGIN SOLUTION -->\nanswer\n<!-- END SOLUTION -->"), [{
    kind: "SOLUTION",
    begin: 0,
    end: 2,
  }]);
  assertEquals(
    markedRegions("// BEGIN SOLUTION\n// END SOLUTION\n// BEGIN HIDDEN TESTS\nx\n// END HIDDEN TESTS").map(({ kind }) =>
      kind
    ),
    ["SOLUTION", "HIDDEN TESTS"],
  );
  assertEquals(markedRegions("no mark at all"), []);
});

const wrong: [what: string, source: string, line: number][] = [
  ["is never closed", "a\n// BEGIN SOLUTION\n1", 2],
  ["is closed without being opened", "1\n// END SOLUTION", 2],
  ["is opened twice", "// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION", 2],
  ["is closed by another mark", "// BEGIN SOLUTION\n1\n// END HIDDEN TESTS", 3],
  ["stands beside code", "const y = 1; // BEGIN SOLUTION\n2\n// END SOLUTION", 1],
  ["has no space", "//BEGIN SOLUTION\n1\n//END SOLUTION", 1],
  ["is in lower case", "// begin solution\n1\n// end solution", 1],
  ["is in the plural", "// BEGIN SOLUTIONS\n1\n// END SOLUTIONS", 1],
  ["has words after it", "// BEGIN SOLUTION (two lines)\n1\n// END SOLUTION", 1],
  ["is in a comment of another kind", "/* BEGIN SOLUTION */\n1\n/* END SOLUTION */", 1],
  ["has an underscore", "// BEGIN_SOLUTION\n1\n// END_SOLUTION", 1],
];
for (const [what, source, line] of wrong) {
  Deno.test(`a mark that ${what} is refused, with its line`, () => {
    assertEquals(assertThrows(() => markedRegions(source), MarkError).line, line);
  });
}
