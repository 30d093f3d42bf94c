import type { Node, Pattern } from "acorn";
import { parse } from "acorn";
import { transform } from "sucrase";
import { namesIn } from "../pattern_names.ts";

/** What a cell of code has to do with the names that all cells share. */
export interface CellNames {
  /** Names that it gives to the cells after it; imports are none of them. */
  declared: Set<string>;
  /** Names of other cells that it uses. */
  used: Set<string>;
  /** Names of other cells whose values it may change: by assignment, or by a method that it calls as a statement. */
  changed: Set<string>;
  /** Its imports, by the name that each binds. */
  imports: Map<string, ImportedName>;
}

/** A name that comes from a module: `name` of `module`, or all of it. */
export interface ImportedName {
  module: string;
  /** What stands in the clause: `tf`, `{ check }`, `* as Plot`. */
  clause: string;
}

/**
 * The names of a cell.
 *
 * @throws {SyntaxError} if the cell is no TypeScript.
 *
 * @example
 * ```ts
 * import { namesOf } from "./names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { declared, used, changed } = namesOf("const y = f(x); model.add(y);");
 * assertEquals([[...declared], [...used], [...changed]], [["y"], ["f", "x", "model"], ["model"]]);
 * ```
 */
export function namesOf(source: string): CellNames {
  const { code } = transform(source, {
    transforms: ["typescript"],
    disableESTransforms: true,
    keepUnusedImports: true,
  });
  const { body } = parse(code, { ecmaVersion: "latest", sourceType: "module", allowAwaitOutsideFunction: true });
  const names: CellNames = { declared: new Set(), used: new Set(), changed: new Set(), imports: new Map() };
  for (const node of body) {
    if (node.type === "ImportDeclaration") {
      for (const specifier of node.specifiers) {
        const { start, end } = specifier;
        const text = code.slice(start, end);
        names.imports.set(specifier.local.name, {
          module: String(node.source.value),
          clause: specifier.type === "ImportSpecifier" ? `{ ${text} }` : text,
        });
      }
    } else for (const name of declaredBy(node)) names.declared.add(name);
  }
  // TypeScript's own declarations and imports are gone from the code.
  for (const [, all, clause, module] of source.matchAll(/^import\s+(type\s+)?\{([^}]*)\}\s*from\s*"([^"]+)"/gm)) {
    for (const text of clause.split(",").map((part) => part.trim()).filter((part) => part !== "")) {
      const name = text.split(/\s+/).at(-1)!;
      if (all || text.startsWith("type ")) {
        names.imports.set(name, { module, clause: `{ ${all ? "type " : ""}${text} }` });
      }
    }
  }
  for (const [, name] of source.matchAll(/^(?:type|interface)\s+([\p{ID_Start}_$][\p{ID_Continue}$]*)/gmu)) {
    names.declared.add(name);
  }
  const bound = new Set(names.declared);
  for (const node of body) {
    if (node.type === "ImportDeclaration") continue;
    for (const name of freeNames(node, bound)) names.used.add(name);
    for (const name of changedBy(node)) if (!bound.has(name)) names.changed.add(name);
  }
  // Names of types, which are gone, too: whatever of the text could be one.
  for (const name of wordsOf(source)) if (/^\p{Lu}/u.test(name) && !bound.has(name)) names.used.add(name);
  return names;
}

/** All words of a cell outside strings and comments: among them are the names of types and of what types come from. */
export function wordsOf(source: string): Set<string> {
  const code = source.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g,
    " ",
  );
  return new Set(code.match(/(?<![.\p{ID_Continue}$])[\p{ID_Start}_$][\p{ID_Continue}$]*/gu) ?? []);
}

/** A node with whatever children it has. */
type Tree = Node & Record<string, unknown>;

function children(node: Node): Tree[] {
  return Object.values(node as Tree).flat().filter((value): value is Tree =>
    typeof value === "object" && value !== null && typeof (value as Tree).type === "string"
  );
}

/** The names that a statement declares for those beside it. */
function declaredBy(node: Node): string[] {
  const statement = node as Tree & { id?: Pattern; declarations?: { id: Pattern }[] };
  if (node.type === "VariableDeclaration") return statement.declarations!.flatMap(({ id }) => namesIn(id));
  if (/^(Function|Class)Declaration$/.test(node.type)) return namesIn(statement.id!);
  return [];
}

/** The names that a node uses and does not declare; `bound` are those that are not asked for. */
function freeNames(node: Tree | Node, bound: ReadonlySet<string>): string[] {
  const tree = node as Tree;
  if (tree.type === "Identifier") return bound.has(tree.name as string) ? [] : [tree.name as string];
  const inside = new Set([...bound, ...localNames(tree)]);
  return children(tree).filter((child) => !isLabel(tree, child)).flatMap((child) => freeNames(child, inside));
}

/** Whether an identifier below a node is no variable: the name of a property or of a method. */
function isLabel(parent: Tree, child: Tree): boolean {
  if (parent.computed === true || child.type !== "Identifier") return false;
  if (parent.type === "MemberExpression") return child === parent.property;
  return /^(Property|MethodDefinition|PropertyDefinition)$/.test(parent.type) && child === parent.key &&
    parent.shorthand !== true;
}

/** The names that hold inside a node only. */
function localNames(node: Tree): string[] {
  const { params = [], id, param, body } = node as Tree & { params?: Pattern[]; id?: Pattern; param?: Pattern };
  const names = [...params.flatMap(namesIn), ...(param ? namesIn(param) : [])];
  if (/^(Function|Class|Arrow)/.test(node.type) && id) names.push(...namesIn(id));
  if (node.type === "BlockStatement") names.push(...(body as Node[]).flatMap(declaredBy));
  for (const head of [node.init, node.left] as (Node | undefined)[]) {
    if (/^For/.test(node.type) && head?.type === "VariableDeclaration") names.push(...declaredBy(head));
  }
  return names;
}

/** Methods that leave their object as it is, or only train it: no exercise needs what a training of minutes has learned. */
const UNCHANGING = /^(compile|fit|evaluate|predict|summary|print|map|forEach)$/;

/** The names whose values a statement may change, as far as it says so itself. */
function changedBy(node: Node | null | undefined): string[] {
  if (!node) return [];
  const tree = node as Tree & Record<"expression" | "argument" | "left" | "callee" | "property", Tree>;
  switch (tree.type) {
    case "ExpressionStatement":
      return changedBy(tree.expression);
    case "AwaitExpression":
      return changedBy(tree.argument);
    case "AssignmentExpression":
      return rootsOf(tree.left);
    case "UpdateExpression":
      return rootsOf(tree.argument);
    case "CallExpression": {
      const { type, property } = tree.callee as typeof tree;
      return type === "MemberExpression" && !UNCHANGING.test(String(property.name)) ? rootsOf(tree.callee) : [];
    }
    case "BlockStatement":
      return (tree.body as Node[]).flatMap(changedBy);
    default:
      return ["body", "consequent", "alternate"].flatMap((part) => changedBy(tree[part] as Node | undefined));
  }
}

/** The variables that stand left of an assignment: `a` of `a.b[0]`, all of a pattern. */
function rootsOf(node: Tree): string[] {
  if (/^(Identifier|\w+Pattern)$/.test(node.type)) return namesIn(node as unknown as Pattern);
  return node.type === "MemberExpression" ? rootsOf(node.object as Tree) : [];
}
