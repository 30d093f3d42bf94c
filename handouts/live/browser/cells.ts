// A cell of TypeScript as a function that a browser runs, with the rules of the notebook's kernel.
import { type Node, parse } from "acorn";
import { transform } from "sucrase";
import { namesIn } from "../../pattern_names.ts";

/** A cell ready to run. */
interface Compiled {
  code: string;
  /** The names that it declares for all cells. */
  declared: string[];
}

/** Finds a module by the name that a cell imports. */
export type Load = (name: string) => Record<string, unknown>;

/**
 * Runs cells one after another, as a notebook does: names that a cell declares are there for all that follow and can be declared
 * again, `await` stands anywhere, and the value of the last expression is the cell's.
 */
export class Session {
  readonly #scope: Record<string, unknown> = Object.create(null);

  constructor(private readonly load: Load) {}

  /** @throws {SyntaxError} for what is no TypeScript, and whatever the cell throws. */
  async run(source: string): Promise<unknown> {
    const { code, declared } = compile(source);
    for (const name of declared) if (!(name in this.#scope)) this.#scope[name] = undefined;
    const body = `with ($scope) { return await (async () => {\n${code}\n})(); }`;
    return await new AsyncFunction("$scope", "$import", body)(this.#scope, this.load);
  }
}

/** Not strict, unlike this module: `with` gives the cells their common names. */
const AsyncFunction = (async () => {}).constructor as new (
  ...names: string[]
) => (...values: unknown[]) => Promise<unknown>;

function compile(source: string): Compiled {
  const { code: js } = transform(source, {
    transforms: ["typescript"],
    disableESTransforms: true,
    keepUnusedImports: true,
  });
  const { body } = parse(js, { ecmaVersion: "latest", sourceType: "module", allowAwaitOutsideFunction: true });
  const declared: string[] = [];
  let hoisted = "";
  let code = "";
  const text = ({ start, end }: Node) => js.slice(start, end);
  for (const [index, node] of body.entries()) {
    switch (node.type) {
      case "ImportDeclaration": {
        const module = `$import(${node.source.raw})`;
        if (node.specifiers.length === 0) hoisted += `${module};`;
        for (const { local, ...specifier } of node.specifiers) {
          declared.push(local.name);
          const name = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : "default";
          hoisted += `${local.name} = ${module}${
            specifier.type === "ImportNamespaceSpecifier" ? "" : `[${JSON.stringify(name)}]`
          };`;
        }
        break;
      }
      case "VariableDeclaration":
        for (const { id, init } of node.declarations) {
          declared.push(...namesIn(id));
          if (init) code += `(${text(id)} = ${text(init)});`;
          else code += namesIn(id).map((name) => `${name} = undefined;`).join("");
        }
        break;
      case "FunctionDeclaration":
        declared.push(node.id.name);
        hoisted += `${node.id.name} = ${text(node)};`;
        break;
      case "ClassDeclaration":
        declared.push(node.id.name);
        code += `${node.id.name} = ${text(node)};`;
        break;
      case "ExpressionStatement":
        code += index === body.length - 1 ? `return (${text(node.expression)});` : `${text(node)};`;
        break;
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
      case "ExportAllDeclaration":
        throw new SyntaxError("셀에서는 export를 쓸 수 없습니다.");
      default:
        code += text(node);
    }
    code += "\n";
  }
  return { code: hoisted + code, declared };
}

const nameOf = (imported: { type: string; name?: string; value?: unknown }) => imported.name ?? String(imported.value);
