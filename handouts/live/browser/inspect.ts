const custom = Symbol.for("Deno.customInspect");
const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;
/** Of longer lists only the beginning is written. */
const MOST = 100;
const LINE = 72;

/** A value as text, much as Deno writes it: `{ loss: [ 0.5, 0.25 ], name: "xor" }`. */
export function inspect(value: unknown, depth = 4, seen: readonly unknown[] = []): string {
  if (typeof value === "string") return seen.length === 0 ? value : JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") {
    return `[${/^class\b/.test(String(value)) ? "class" : "Function"}: ${value.name || "(anonymous)"}]`;
  }
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  const own = (value as { [custom]?: () => string })[custom];
  if (typeof own === "function") return own.call(value);
  if (value instanceof Error) return String(value);
  if (value instanceof Date) return value.toISOString();
  if (seen.includes(value)) return "[Circular]";
  const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined;
  const inner = (part: unknown) => inspect(part, depth - 1, [...seen, value]);
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if (depth === 0) return isList ? "[Array]" : `[${name ?? "Object"}]`;
  if (isList) {
    const list = value as unknown as ArrayLike<unknown>;
    const parts = Array.from({ length: Math.min(list.length, MOST) }, (_, i) => inner(list[i]));
    if (list.length > MOST) parts.push(`... ${list.length - MOST} more items`);
    return (Array.isArray(value) ? "" : `${name}(${list.length}) `) + around("[", parts, "]");
  }
  if (value instanceof Map) {
    return `Map(${value.size}) ${around("{", [...value].map(([key, part]) => `${inner(key)} => ${inner(part)}`), "}")}`;
  }
  if (value instanceof Set) return `Set(${value.size}) ${around("{", [...value].map(inner), "}")}`;
  const parts = Object.entries(value).map(([key, part]) =>
    `${PLAIN_KEY.test(key) ? key : JSON.stringify(key)}: ${inner(part)}`
  );
  return (name && name !== "Object" ? `${name} ` : "") + around("{", parts, "}");
}

function around(begin: string, parts: string[], end: string): string {
  if (parts.length === 0) return begin + end;
  const line = `${begin} ${parts.join(", ")} ${end}`;
  if (line.length <= LINE && !line.includes("\n")) return line;
  return `${begin}\n${parts.map((part) => `  ${part.replaceAll("\n", "\n  ")}`).join(",\n")}\n${end}`;
}
