/**
 * `deno task docs:plots`: writes docs/plots.md, what each function of `baeum/plots` draws, with a picture.
 *
 * The pictures are the snapshots that the tests compare with, so none shows what the library no longer draws.
 */
import { join } from "node:path";
import { documentedFunctions } from "./documented_functions.ts";
import { root } from "./test_stage.ts";

/** Where the gallery is. */
export const PLOT_GALLERY = join(root, "docs", "plots.md");

const HEAD = `# What \`baeum/plots\` draws

Each function answers a figure: one SVG with title, labels and a description in words. The last expression of a cell, it
shows itself. The pictures are those that the tests compare with.

This page is written by \`deno task docs:plots\`.
`;

/**
 * The gallery's text: a heading, a summary and a picture for each public function.
 *
 * @throws {Error} if a function has no snapshot that is named after its file.
 */
export async function plotGallery(): Promise<string> {
  const documented = await documentedFunctions(["lib/plots/mod.ts"]);
  const sections = await Promise.all([...documented].map(([name, { summary }]) => section(name, summary)));
  return [HEAD, ...sections].join("\n");
}

async function section(name: string, summary: string): Promise<string> {
  const idea = subject(name);
  const picture = `tests/plots/snapshots/${idea}.svg`;
  const svg = await Deno.readTextFile(join(root, picture)).catch(() => {
    throw new Error(
      `A public plot needs a picture. Received: ${name} without ${picture}. Add one with assertSnapshot.`,
    );
  });
  // As HTML: the description stands in the SVG with the letters escaped that an attribute cannot hold.
  const alt = svg.match(/ aria-label="([^"]*)"/)?.[1];
  if (!alt) throw new Error(`A picture needs a description. Received: ${picture} without aria-label.`);
  return `## \`${name}\`

${summary}

<img src="../${picture}" alt="${alt}">

Arguments and an example: [lib/plots/${idea}.ts](../lib/plots/${idea}.ts); this picture's data:
[tests/plots/${idea}_test.ts](../tests/plots/${idea}_test.ts).
`;
}

/** What files about a function are called: `feature_maps` of `plotFeatureMaps`. */
function subject(name: string): string {
  return name.replace(/^plot(?=[A-Z])/, "").replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase();
}

if (import.meta.main) {
  await Deno.writeTextFile(PLOT_GALLERY, await plotGallery());
  console.log(`Written: ${PLOT_GALLERY}`);
}
