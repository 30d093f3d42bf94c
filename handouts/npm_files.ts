import d2coding from "d2coding/package.json" with { type: "json" };
import katex from "katex/package.json" with { type: "json" };
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import pretendard from "pretendard/package.json" with { type: "json" };
import "reveal.js";

const require = createRequire(import.meta.url);
const folderOf = ({ name }: { name: string }) => dirname(require.resolve(`${name}/package.json`));

/** Where packages lie whose files, not code, go into the pages. That they are imported above makes Deno fetch them. */
const folders = {
  d2coding: () => folderOf(d2coding),
  katex: () => folderOf(katex),
  pretendard: () => folderOf(pretendard),
  // Its package.json is not among what it exports; all that is needed lies beside its main file.
  "reveal.js": () => dirname(require.resolve("reveal.js")),
};

/** Where a file of an npm package lies on this machine. */
export function npmFile(name: keyof typeof folders, path: string): string {
  return join(folders[name](), path);
}
