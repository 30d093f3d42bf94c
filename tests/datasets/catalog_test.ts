import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as datasets from "baeum/datasets";
import { catalog, type CatalogEntry } from "../../lib/datasets/catalog.ts";
import { checksumName, type DataFile, megabytes } from "../../lib/datasets/data_file.ts";

/** Without the spaces that the formatter lines columns up with. */
const page = (await Deno.readTextFile(new URL("../../docs/datasets.md", import.meta.url))).replaceAll(/ +/g, " ");

function line({ name, content, shapes, target, files, licence, source }: CatalogEntry): string {
  const bytes = files.reduce((sum, [preferred]) => sum + preferred.bytes, 0);
  const download = bytes > 0 ? megabytes(bytes) : "comes with Baeum";
  return `| \`${name}\` | ${[content, shapes, target, download, licence, source].join(" | ")} |`;
}

function fileLine(file: DataFile): string {
  return `| \`${file.path}\` | ${file.bytes} | ${checksumName(file)} |`;
}

for (const entry of catalog) {
  Deno.test(`docs/datasets.md describes ${entry.name} and its files as the library has them`, () => {
    assertStringIncludes(page, line(entry));
    for (const file of entry.files.flat()) assertStringIncludes(page, fileLine(file));
  });
}

Deno.test("the catalog has each data set of baeum/datasets, and no other", () => {
  const loadable = Object.entries(datasets).filter(([, value]) => typeof value === "object" && "load" in value);
  assertEquals(loadable.map(([name]) => name).sort(), catalog.map(({ name }) => name).sort());
});

Deno.test("docs/datasets.md has no table lines beyond those", () => {
  const files = catalog.flatMap(({ files }) => files.flat());
  const rows = page.split("\n").filter((text) => text.startsWith("| `"));
  assertEquals(rows.length, catalog.length + files.length);
  assert(files.every(({ sha256, md5 }) => /^[0-9a-f]{64}$/.test(sha256 ?? "") || /^[0-9a-f]{32}$/.test(md5 ?? "")));
});
