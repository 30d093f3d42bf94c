import { join } from "node:path";
import { root } from "./test_stage.ts";

/** A public function as its documentation tells: what it is, what it takes. */
export interface DocumentedFunction {
  /** The first sentence. */
  summary: string;
  /** The names of its arguments: the properties of option objects, and of parameters that are none. */
  parameters: string[];
  /** The paragraph that begins with "Differs from Keras:", without these words. */
  difference?: string;
}

/** A type in the output of `deno doc --json`, as far as names of properties are concerned. */
interface DocType {
  kind: string;
  value?: unknown;
}

interface Declaration {
  kind: string;
  jsDoc?: { doc?: string };
  def?: {
    params?: Parameter[];
    extends?: DocType[];
    properties?: { name: string }[];
    methods?: { name: string }[];
    tsType?: DocType;
  };
}

interface Parameter {
  kind: string;
  name?: string;
  tsType?: DocType;
  left?: Parameter;
  /** What an object pattern takes apart. */
  props?: { key?: string }[];
}

interface Documentation {
  nodes: Record<string, { symbols: { name: string; declarations: Declaration[] }[] }>;
}

/**
 * The functions that are declared in files of the project, by their names.
 *
 * @throws {Error} if `deno doc` fails.
 */
export async function documentedFunctions(files: string[]): Promise<Map<string, DocumentedFunction>> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", ...files.map((file) => join(root, file))],
    cwd: root,
    stdout: "piped",
    stderr: "piped",
  });
  const { success, stdout, stderr } = await command.output();
  if (!success) throw new Error(`deno doc failed:\n${new TextDecoder().decode(stderr)}`);
  const { nodes }: Documentation = JSON.parse(new TextDecoder().decode(stdout));
  const declarations = Object.values(nodes).flatMap(({ symbols }) =>
    symbols.flatMap(({ name, declarations }) => declarations.map((declaration) => ({ name, declaration })))
  );
  const types = new Map(
    declarations.filter(({ declaration: { kind } }) => ["interface", "typeAlias", "class"].includes(kind))
      .map(({ name, declaration }) => [name, declaration]),
  );
  return new Map(
    declarations.filter(({ declaration }) => declaration.kind === "function").map(({ name, declaration }) => {
      const text = declaration.jsDoc?.doc ?? "";
      const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s+/g, " ").trim());
      return [name, {
        summary: paragraphs[0],
        parameters: (declaration.def?.params ?? []).flatMap((parameter) => parameterNames(parameter, types)),
        difference: paragraphs.find((paragraph) => paragraph.startsWith("Differs from Keras:"))
          ?.slice("Differs from Keras:".length).trim(),
      }];
    }),
  );
}

function parameterNames(parameter: Parameter, types: Map<string, Declaration>): string[] {
  if (parameter.left) return parameterNames(parameter.left, types);
  const properties = parameter.tsType
    ? propertyNames(parameter.tsType, types)
    : (parameter.props ?? []).flatMap(({ key }) => key ?? []);
  return properties.length > 0 || parameter.name === undefined ? properties : [parameter.name];
}

/** The properties of a type that is an object: of an interface with those it extends, a literal, or any of them combined. */
function propertyNames(type: DocType | undefined, types: Map<string, Declaration>): string[] {
  if (!type) return [];
  if (type.kind === "union" || type.kind === "intersection") {
    return (type.value as DocType[]).flatMap((part) => propertyNames(part, types));
  }
  if (type.kind === "parenthesized") return propertyNames(type.value as DocType, types);
  if (type.kind === "typeLiteral") {
    return ((type.value as { properties?: { name: string }[] }).properties ?? []).map(({ name }) => name);
  }
  if (type.kind !== "typeRef") return [];
  const { typeName, typeParams = [] } = type.value as { typeName: string; typeParams?: DocType[] };
  const { def } = types.get(typeName) ?? {};
  if (!def) {
    // Of `Omit<…>`, `Pick<…>` and `Partial<…>` the first argument: what is left out is mostly declared again, narrower.
    const [{ value } = {} as DocType] = typeParams;
    const methods = types.get((value as { typeName: string })?.typeName)?.def?.methods;
    return methods?.map(({ name }) => name) ?? propertyNames(typeParams[0], types);
  }
  if (def.methods) return [];
  return [
    ...(def.properties ?? []).map(({ name }) => name),
    ...(def.extends ?? []).flatMap((parent) => propertyNames(parent, types)),
    ...propertyNames(def.tsType, types),
  ];
}
