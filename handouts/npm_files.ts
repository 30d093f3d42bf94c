import d2coding from "d2coding/package.json" with { type: "json" };
import katex from "katex/package.json" with { type: "json" };
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import pretendard from "pretendard/package.json" with { type: "json" };

/** Packages whose files, not code, go into the pages. Importing their `package.json` makes Deno fetch them. */
const packages = { d2coding, katex, pretendard };
const require = createRequire(import.meta.url);

/** Where a file of an npm package lies on this machine. */
export function npmFile(name: keyof typeof packages, path: string): string {
  return join(dirname(require.resolve(`${packages[name].name}/package.json`)), path);
}
