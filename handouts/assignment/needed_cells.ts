import { type Notebook, textOf } from "../notebook.ts";
import { type CellNames, namesOf, wordsOf } from "./names.ts";

/** What exercises need of the lesson above them. */
export interface Needed {
  /** The cells, by their places from 0, in order. */
  cells: number[];
  /** Import declarations for names that these cells and the exercises use and that other cells import. */
  imports: string[];
}

/**
 * What of a lesson has to run so that the cells from `begin` to `end` (not included) can: the cells that declare the names which
 * they use, those that change them in between, and so on upwards. Trainings are left out where nothing needs their names.
 */
export function neededCells(notebook: Notebook, begin: number, end: number): Needed {
  const sources = notebook.cells.map(({ source }) => textOf(source));
  const names = notebook.cells.map(({ cell_type }, index): CellNames | undefined =>
    cell_type === "code" && index < end ? namesOf(sources[index]) : undefined
  );
  const needed = new Set<number>();
  const visit = (user: number): void => {
    for (const name of names[user]!.used) {
      const declaring = names.findLastIndex((cell, index) => index < user && cell?.declared.has(name));
      if (declaring < 0) continue;
      for (let index = declaring; index < Math.min(user, begin); index++) {
        if ((index === declaring || names[index]?.changed.has(name)) && !needed.has(index)) {
          needed.add(index);
          visit(index);
        }
      }
    }
  };
  const own = names.flatMap((cell, index) => cell && index >= begin ? [index] : []);
  for (const index of own) visit(index);
  const cells = [...needed].sort((a, b) => a - b);
  return { cells, imports: missingImports([...cells, ...own], names, sources) };
}

/** Imports of cells that are left out, as far as a cell that stays uses what they bind. */
function missingImports(
  staying: readonly number[],
  names: readonly (CellNames | undefined)[],
  sources: readonly string[],
): string[] {
  const clauses = new Map<string, Set<string>>();
  const bound = new Set<string>();
  for (const index of staying) {
    for (const name of names[index]!.imports.keys()) bound.add(name);
    for (const name of wordsOf(sources[index])) {
      if (bound.has(name)) continue;
      const from = names.findLastIndex((cell, place) => place < index && cell?.imports.has(name));
      if (from < 0) continue;
      bound.add(name);
      const { module, clause } = names[from]!.imports.get(name)!;
      clauses.set(module, (clauses.get(module) ?? new Set()).add(clause));
    }
  }
  return [...clauses].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([module, set]) => {
    const named = [...set].filter((clause) => clause.startsWith("{")).map((clause) => clause.slice(2, -2)).sort();
    const whole = [...set].filter((clause) => !clause.startsWith("{"));
    return [...whole, ...(named.length > 0 ? [`{ ${named.join(", ")} }`] : [])]
      .map((clause) => `import ${clause} from ${JSON.stringify(module)};`);
  });
}
