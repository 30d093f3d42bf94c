import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { CONFIG } from "../../handouts/assignment/course_files.ts";
import { type Hostile, hostile } from "./hostile.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SECRET = "secret-of-another-9d1f";

interface Cell {
  cell_type: string;
  id: string;
  source: string;
  metadata: Record<string, unknown>;
  outputs: { output_type: string; text?: string | string[] }[];
  execution_count: null;
}

const cell = (id: string, source: string, kind: "solution" | "test", points?: number): Cell => ({
  cell_type: "code",
  id,
  source,
  metadata: {
    nbgrader: {
      grade: kind === "test",
      solution: kind === "solution",
      locked: kind === "test",
      task: false,
      grade_id: id,
      schema_version: 3,
      ...(points === undefined ? {} : { points }),
    },
  },
  outputs: [],
  execution_count: null,
});

const kernelspec = { name: "baeum", display_name: "Baeum", language: "typescript" };
const test = (title: string, attempt: string, expected: string, hidden: string, hiddenExpected: string) =>
  `import { check } from "baeum/notebook";
const verdict = await check("${title}", () => ${attempt}, ${expected});
verdict;
// BEGIN HIDDEN TESTS
import { grade } from "baeum/notebook";
const hidden = await check("${title}, 다른 값으로", () => ${hidden}, ${hiddenExpected});
grade(verdict, hidden);
// END HIDDEN TESTS`;
const exercise = [
  cell(
    "double",
    "// BEGIN SOLUTION\nconst double = (v: number[]) => v.map((x) => 2 * x);\n// END SOLUTION",
    "solution",
  ),
  cell("test-double", test("두 배", "double([1, 2])", "[2, 4]", "double([5, 7])", "[10, 14]"), "test", 2),
  cell("negate", "// BEGIN SOLUTION\nconst negate = (v: number) => -v;\n// END SOLUTION", "solution"),
  cell("test-negate", test("부호", "negate(1)", "-1", "negate(-3)", "3"), "test", 1),
];
const notebook = (cells: Cell[], kernel: Hostile["kernel"] = kernelspec) =>
  JSON.stringify({ cells, metadata: { kernelspec: kernel }, nbformat: 4, nbformat_minor: 5 });

interface Graded {
  /** Points of each student for the two tests. */
  points: Record<string, number[]>;
  /** What each student's first cell has put out. */
  said: Record<string, string>;
  /** All outputs of a student's notebook. */
  outputs: Record<string, string>;
  /** How many connections came to a server on this machine. */
  connections: number;
  /** What is left of the kernels' folders. */
  left: string[];
  changed: string[];
}

/** A course with one assignment, submissions right, wrong and hostile, graded by the real nbgrader. */
async function grade(): Promise<Graded> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "grading-" }));
  const course = join(folder, "course");
  const put = async (path: string, text: string) => {
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeTextFile(path, text);
  };
  let connections = 0;
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => {
    connections += 1;
    return new Response(`export default "${SECRET}"`, { headers: { "content-type": "application/typescript" } });
  });
  try {
    const temporary = join(folder, "temporary");
    await Deno.mkdir(temporary);
    const nbgrader = async (...args: string[]) => {
      const { success, stderr } = await new Deno.Command(join(root, "baeum"), {
        args: ["nbgrader", ...args],
        cwd: course,
        env: { TMPDIR: temporary, BAEUM_TEST_SECRET: SECRET },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).output();
      const said = new TextDecoder().decode(stderr);
      assert(success, said.slice(said.search(/ ERROR|^Error/m)).slice(0, 8000));
    };
    await put(
      join(course, "nbgrader_config.py"),
      `${CONFIG}
c.Execute.timeout = 30
c.Execute.startup_timeout = c.Execute.iopub_timeout = 300  # a machine that does much else
`,
    );
    await put(join(course, "source", "ps1", "ps1.ipynb"), notebook(exercise));
    await nbgrader("generate_assignment", "ps1");
    const released: { cells: Cell[] } = JSON.parse(
      await Deno.readTextFile(join(course, "release", "ps1", "ps1.ipynb")),
    );

    const places = {
      folder,
      new: join(folder, "victim", "new.txt"),
      victim: join(folder, "victim", "note.txt"),
      secret: join(folder, "victim", "secret.json"),
      neighbour: join(course, "submitted", "right", "ps1", "ps1.ipynb"),
      source: join(course, "source", "ps1", "ps1.ipynb"),
      gradebook: join(course, "gradebook.db"),
      lesson: join(root, "notebooks", "01-perceptron.ipynb"),
      own: join(course, "autograded", "reads", "ps1", "ps1.ipynb"),
      server: `http://127.0.0.1:${server.addr.port}`,
    };
    await put(places.victim, "note");
    await put(places.secret, `"${SECRET}"`);
    const submit = async (student: string, { code, files = {}, links = {}, kernel }: Hostile) => {
      const answers: Record<string, string> = {
        double: code.replace("PLACES", JSON.stringify(places)),
        negate: "const negate = (value: number) => -value;",
      };
      const cells = released.cells.map((each) => ({
        ...each,
        source: student === "blank" ? each.source : answers[each.id] ?? each.source,
      }));
      const place = join(course, "submitted", student, "ps1");
      await put(join(place, "ps1.ipynb"), notebook(cells, kernel));
      for (const [name, text] of Object.entries(files)) await put(join(place, name), text);
      for (const name of Object.keys(links)) await Deno.symlink(places.secret, join(place, name));
    };
    const right = `/* ${SECRET} */ const double = (values: number[]) => values.map((value) => value * 2);`;
    await submit("right", { code: right });
    await submit("zz_right", { code: `console.warn("a warning is no failure");\n${right}` });
    await submit("wrong", { code: "const double = (values: number[]) => values;" });
    await submit("blank", { code: "" });
    for (const [student, each] of Object.entries(hostile)) await submit(student, each);

    const watched = ["victim", "course/source", "course/release", "course/submitted"].map((name) => join(folder, name));
    const before = await contents(watched);
    await nbgrader("autograde", "ps1", "--create");
    const after = await contents(watched);
    const paths = new Set([...before.keys(), ...after.keys()]);

    const result: Graded = {
      points: {},
      said: {},
      outputs: {},
      connections,
      left: [...Deno.readDirSync(temporary)].map(({ name }) => name).filter((name) => name.startsWith("baeum")),
      changed: [...paths].filter((path) => before.get(path) !== after.get(path)),
    };
    const database = new DatabaseSync(places.gradebook, { readOnly: true });
    const rows = database.prepare(
      `select submitted_assignment.student_id as student, base_cell.name as name, grade.auto_score as points from grade
       join base_cell on base_cell.id = grade.cell_id
       join submitted_notebook on submitted_notebook.id = grade.notebook_id
       join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id order by base_cell.name`,
    ).all() as { student: string; points: number }[];
    for (const { student, points } of rows) (result.points[student] ??= []).push(points);
    database.close();
    for (const student of Object.keys(result.points)) {
      const graded: { cells: Cell[] } = JSON.parse(
        await Deno.readTextFile(join(course, "autograded", student, "ps1", "ps1.ipynb")),
      );
      result.outputs[student] = JSON.stringify(graded.cells.map(({ outputs }) => outputs));
      result.said[student] = graded.cells[0].outputs.map(({ text = "" }) => [text].flat().join("")).join("");
    }
    return result;
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Every file below some folders, by path, with its text. */
async function contents(folders: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = join(folder, name);
      if (isDirectory) { for (const [file, text] of await contents([path])) found.set(file, text); }
      else found.set(path, await Deno.readTextFile(path));
    }
  }
  return found;
}

let run: Promise<Graded> | undefined;
const graded = () => run ??= grade();

Deno.test("Right answers get all points, also after endless loops, waits and output of others; a warning costs nothing", async () => {
  const { points } = await graded();
  const of = Object.fromEntries(["right", "zz_right", "wrong", "blank"].map((name) => [name, points[name]]));
  assertEquals(of, { right: [2, 1], zz_right: [2, 1], wrong: [0, 1], blank: [0, 0] });
});

Deno.test("A hostile submission gets nothing for its wrong answer, and keeps the points for its right one", async () => {
  const { points } = await graded();
  const expected = Object.fromEntries(Object.keys(hostile).map((student) => [student, [0, 1]]));
  assertEquals(Object.fromEntries(Object.keys(hostile).map((student) => [student, points[student]])), expected);
});

for (const student of ["reads", "writes", "network", "processes"]) {
  Deno.test(`Of what a submission tries, nothing is done: ${student}`, async () => {
    const said = (await graded()).said[student];
    const count = hostile[student].code.match(/: async \(\) =>/g)!.length;
    assertEquals(said.match(/^DONE .*/gm), null);
    assertEquals(said.match(/^REFUSED .*/gm)?.length, count);
  });
}

Deno.test("No secret of a file, of the environment or of the network is in what a submission puts out", async () => {
  const { outputs, connections } = await graded();
  for (const [student, text] of Object.entries(outputs)) {
    assert(!text.includes(SECRET), `${student} has got the secret`);
  }
  assertEquals(connections, 0);
});

Deno.test("Submissions change nothing outside, and leave no folder behind", async () => {
  const { changed, left } = await graded();
  assertEquals({ changed, left }, { changed: [], left: [] });
});

Deno.test("Endless output ends with a remark, and the notebook stays small", async () => {
  const { outputs } = await graded();
  assert(outputs.prints.includes("output cut"), outputs.prints.slice(-2000));
  assert(outputs.prints.length < 3_000_000, `${outputs.prints.length} characters`);
});
