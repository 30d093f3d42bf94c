// Stands in for Graphviz, which only the pages carry whose cells draw a model.
import { ABSENT } from "./absent_parts.ts";
import { keptFile } from "./files.ts";

export async function instance(): Promise<unknown> {
  const code = keptFile("viz.js");
  if (!code) throw new Error(ABSENT);
  const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  return await module.instance();
}
