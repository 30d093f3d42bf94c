import { assertEquals, assertRejects } from "@std/assert";
import { Session } from "../../handouts/live/browser/cells.ts";
import { inspect } from "../../handouts/live/browser/inspect.ts";

const session = () => new Session((name) => ({ default: `default of ${name}`, twice: (x: number) => 2 * x }));

Deno.test("a cell's value is that of its last expression, and a statement has none", async () => {
  const cells = session();
  assertEquals(await cells.run("const a: number = 1; a + 1"), 2);
  assertEquals(await cells.run("if (a > 0) { a; }"), undefined);
  assertEquals(await cells.run(""), undefined);
});

Deno.test("names of one cell are there for the next, can be declared again, and functions see what they become", async () => {
  const cells = session();
  await cells.run("let count = 1; function next() { return ++count; } class Point { x = 3; }");
  assertEquals(await cells.run("next(); const count2 = count; [count, new Point().x]"), [2, 3]);
  assertEquals(await cells.run("const count = 10; next()"), 11);
  assertEquals(await cells.run("for (let count = 0; count < 3; count++) {} count"), 11);
});

Deno.test("patterns declare each of their names", async () => {
  const cells = session();
  await cells.run("const { a, b: [c, ...rest], ...others } = { a: 1, b: [2, 3, 4], d: 5, e: 6 };");
  assertEquals(await cells.run("[a, c, rest, others]"), [1, 2, [3, 4], { d: 5, e: 6 }]);
});

Deno.test("await stands anywhere, and imports of all kinds are there at once and for later cells", async () => {
  const cells = session();
  const source = `const six = await Promise.resolve(twice(3));
import { twice, twice as double } from "m";
import whole, * as all from "m";
[six, double(2), whole, all.twice(5)]`;
  assertEquals(await cells.run(source), [6, 4, "default of m", 10]);
  assertEquals(await cells.run("twice(8)"), 16);
});

Deno.test("a fault of the cell rejects, and the names made before it stay", async () => {
  const cells = session();
  await assertRejects(() => cells.run("const kept = 7; missing()"), ReferenceError, "missing");
  assertEquals(await cells.run("kept"), 7);
  await assertRejects(() => cells.run("const = 3"), SyntaxError);
  await assertRejects(() => cells.run("export const x = 1"), SyntaxError, "export");
});

Deno.test("values are written as Deno writes them", () => {
  const values = [
    1,
    -0,
    "text",
    null,
    undefined,
    [1, "two", [3]],
    { a: 1, "b c": [true] },
    new Float32Array([1, 2]),
    {},
    [],
    5n,
  ];
  for (const value of values) assertEquals(inspect(value), typeof value === "string" ? value : Deno.inspect(value));
  assertEquals(inspect(new Map([["a", 1]])), Deno.inspect(new Map([["a", 1]])));
  const ring: { self?: unknown } = {};
  ring.self = ring;
  assertEquals(inspect(ring), "{ self: [Circular] }");
});
