/** A lesson as it is committed: what its cells showed, and what its exercises say to answers. */

import { join } from "node:path";
import { type Cell, joinCells, readCells } from "../../scripts/cells.ts";
import { mirror, root } from "../../scripts/test_stage.ts";

interface Output {
  text?: string | string[];
  data?: Record<string, string | string[]>;
}

interface LessonCell extends Cell {
  outputs: Output[];
}

/** What an exercise says to an answer. */
export interface Said {
  passed: boolean;
  message: string;
}

const joined = (text: string | string[] = "") => Array.isArray(text) ? text.join("") : text;

/** What a terminal reads as a change of colour. */
// deno-lint-ignore no-control-regex
const COLOUR = /\x1b\[\d*m/g;

/** `// BEGIN SOLUTION` to `// END SOLUTION`, with the lines between. */
const SOLUTION = /^([ \t]*)\/\/ BEGIN SOLUTION\n[\s\S]*?^[ \t]*\/\/ END SOLUTION$/gm;
/** What stands in a student's notebook instead. */
const STUB = 'throw new Error("여기에 코드를 작성하세요");';

/** A committed notebook of `notebooks/`. */
export class Lesson {
  private constructor(readonly name: string, readonly cells: readonly LessonCell[]) {}

  static async open(name: string): Promise<Lesson> {
    const text = await Deno.readTextFile(join(root, "notebooks", `${name}.ipynb`));
    const code = JSON.parse(text).cells.filter((cell: { cell_type: string }) => cell.cell_type === "code");
    return new Lesson(name, readCells(text).map((cell, i) => ({ ...cell, outputs: code[i].outputs })));
  }

  /** What the one cell whose code has `snippet` in it showed, as text. */
  output(snippet: string): string {
    const found = this.cells.filter(({ source }) => source.includes(snippet));
    if (found.length !== 1) throw new Error(`${found.length} cells of ${this.name} have ${snippet}`);
    return found[0].outputs.map(({ text, data }) => joined(text ?? data?.["text/plain"])).join("\n").replace(
      COLOUR,
      "",
    );
  }

  /** The numbers in what a cell showed, in their order. */
  numbers(snippet: string): number[] {
    return (this.output(snippet).match(/[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g) ?? [])
      .map((text) => Number(text.replace("−", "-")));
  }

  /** How many exercises there are: cells with a solution in them. */
  get exercises(): number {
    return this.cells.filter(({ source }) => source.includes("// BEGIN SOLUTION")).length;
  }

  /**
   * Runs the lesson once, quickly, and asks each exercise's check about several answers: the lesson's own solution, the
   * stub, and the given wrong ones, in this order.
   *
   * @param wrong For each exercise the code that stands in place of the solution.
   */
  async ask(wrong: readonly (readonly string[])[]): Promise<Said[][]> {
    let exercise = -1;
    const parts: Cell[] = [];
    for (const [i, cell] of this.cells.entries()) {
      if (cell.source.includes("// BEGIN SOLUTION")) {
        exercise += 1;
        const check = this.cells[i + 1].source;
        if (!/^await check\(/m.test(check)) throw new Error(`${this.name}: no check after cell ${cell.number}`);
        const asked = check.replace(/^await check\(/m, "verdicts.push(await check(").replace(/\);\s*$/, "));");
        const answers = [
          cell.source,
          ...[STUB, ...wrong[exercise]].map((code) => cell.source.replace(SOLUTION, () => code)),
        ];
        const before = `verdicts = said[${exercise}] = [];`;
        parts.push({ number: cell.number, source: before });
        for (const answer of answers) {
          // Each answer in a block of its own; what the check imports goes to the module's top.
          const imports = asked.match(/^import .*$/gm) ?? [];
          const source = [...imports, "{", answer, "{", asked.replace(/^import .*$/gm, ""), "}", "}"].join("\n");
          parts.push({ number: cell.number, source });
        }
      }
      parts.push({ number: cell.number, source: cell.source });
    }
    const module = [
      "let verdicts: { passed: boolean; message: string }[] = [];",
      "const said: { passed: boolean; message: string }[][] = [];",
    ].join("\n");
    const last = 'console.log("\\n@said " + JSON.stringify(said));';
    const { text } = joinCells(
      [{ number: 0, source: module }, ...parts, { number: 0, source: last }],
      new URL("file:///"),
    );
    return await run(text);
  }
}

async function run(module: string): Promise<Said[][]> {
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(path, module);
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--quiet", "--config", join(root, "deno.json"), path],
      env: { BAEUM_MIRROR: mirror, BAEUM_QUICK: "1", NO_COLOR: "1" },
      cwd: root,
    }).output();
    const found = /^@said (.*)$/m.exec(new TextDecoder().decode(stdout));
    if (!success || !found) {
      throw new Error(`The lesson did not run: ${new TextDecoder().decode(stderr).slice(0, 2000)}`);
    }
    const said: Said[][] = JSON.parse(found[1]);
    return said.map((verdicts) => verdicts.map(({ passed, message }) => ({ passed, message })));
  } finally {
    await Deno.remove(path);
  }
}
