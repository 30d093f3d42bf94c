/**
 * The TypeScript of a notebook as one module that a type checker accepts, with the way back to cell and line.
 *
 * Deno's kernel lets a later cell declare a name again and import it again. So each cell opens a block inside the one
 * before, where a declaration shadows, and imports, which no block may hold, move to the top, each binding once.
 */

/** A code cell: its number among the notebook's code cells, from 1, and its text. */
export interface Cell {
  number: number;
  source: string;
}

/** Where a line of the module comes from; both count from 1. */
export interface Origin {
  cell: number;
  line: number;
}

/** The module's text and, for each of its lines, the origin (`undefined` for lines that no cell holds). */
export interface CellModule {
  text: string;
  origins: (Origin | undefined)[];
}

interface NotebookFile {
  cells: { cell_type: string; source: string | string[] }[];
}

/** Reads a notebook's code cells. Throws `TypeError` if the text is no notebook. */
export function readCells(notebook: string): Cell[] {
  let parsed: NotebookFile;
  try {
    parsed = JSON.parse(notebook);
  } catch (error) {
    throw new TypeError(`This is not a notebook, as it is not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(parsed?.cells)) throw new TypeError("This is not a notebook: it has no list of cells.");
  return parsed.cells
    .filter((cell) => cell.cell_type === "code")
    .map((cell, index) => ({
      number: index + 1,
      source: Array.isArray(cell.source) ? cell.source.join("") : cell.source,
    }));
}

// An import declaration at the start of a line; `import(…)` and `import.meta` do not match.
const IMPORT =
  /^[ \t]*import\s+(type\s+)?(?:([\w$*{}\s,]+?)\s*from\s*)?(["'])([^"'\n]+)\3([ \t]*with\s*\{[^}]*\})?[ \t]*;?/gm;

/**
 * Joins cells into a module. Relative imports are resolved against `folder`, a URL that ends in `/`, so that the
 * module may lie elsewhere.
 */
export function joinCells(cells: readonly Cell[], folder: URL): CellModule {
  const imports: { text: string; origin: Origin }[] = [];
  const seen = new Set<string>();
  const body: string[] = [];
  const bodyOrigins: (Origin | undefined)[] = [];

  for (const { number, source } of cells) {
    const rest = source.replace(IMPORT, (whole, type, clause, _quote, specifier, attributes, offset) => {
      const from = JSON.stringify(/^\.\.?\//.test(specifier) ? new URL(specifier, folder).href : specifier) +
        (attributes ?? "");
      for (const { text, at } of bindings(clause ?? "", type !== undefined)) {
        const declaration = `import ${text === "" ? "" : `${text} from `}${from};`;
        if (seen.has(declaration)) continue;
        seen.add(declaration);
        const position = offset + whole.indexOf(clause ?? "import") + at;
        imports.push({ text: declaration, origin: { cell: number, line: lineAt(source, position) } });
      }
      return whole.replace(/[^\n]/g, "");
    });
    rest.split("\n").forEach((line, index) => {
      body.push(line);
      bodyOrigins.push({ cell: number, line: index + 1 });
    });
    body.push("{");
    bodyOrigins.push(undefined);
  }
  body.push("}".repeat(cells.length), "export {};");
  bodyOrigins.push(undefined, undefined);
  return {
    text: [...imports.map(({ text }) => text), ...body].join("\n") + "\n",
    origins: [...imports.map(({ origin }) => origin), ...bodyOrigins],
  };
}

/** The bindings of an import clause, each as a clause of its own, with its offset in the clause. */
function bindings(clause: string, allTypes: boolean): { text: string; at: number }[] {
  if (clause.trim() === "") return [{ text: "", at: 0 }];
  const prefix = allTypes ? "type " : "";
  const found: { text: string; at: number }[] = [];
  const braces = /\{([^}]*)\}/.exec(clause);
  const outside = braces ? clause.replace(braces[0], (text) => " ".repeat(text.length)) : clause;
  for (const match of outside.matchAll(/(\*\s*as\s+)?[\w$]+/g)) {
    found.push({ text: prefix + match[0], at: match.index });
  }
  if (braces) {
    for (const match of braces[1].matchAll(/[^,]+/g)) {
      const name = match[0].trim();
      if (name === "") continue;
      const at = braces.index + 1 + match.index + match[0].indexOf(name);
      found.push({ text: `${prefix}{ ${name.replace(/\s+/g, " ")} }`, at });
    }
  }
  return found;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
