import { assert, assertEquals } from "@std/assert";
import * as plots from "baeum/plots";
import { dirname, join } from "node:path";
import { PLOT_GALLERY, plotGallery } from "../../scripts/plot_gallery.ts";

Deno.test("The gallery of plots says what the code says", async () => {
  assertEquals(
    await Deno.readTextFile(PLOT_GALLERY),
    await plotGallery(),
    "docs/plots.md is not up to date: deno task docs:plots",
  );
});

Deno.test("Each public plot has a heading in the gallery and below it one picture, described, which is there", async () => {
  const { Figure: _, palette: __, ...functions } = plots;
  const sections = (await Deno.readTextFile(PLOT_GALLERY)).split("\n## ").slice(1);
  assertEquals(sections.map((section) => section.match(/^`(\w+)`\n/)?.[1]).sort(), Object.keys(functions).sort());
  for (const section of sections) {
    const pictures = [...section.matchAll(/^<img src="([^"]+)" alt="[^"]+">$/gm)];
    assertEquals(pictures.length, 1, section);
    const files = [pictures[0][1], ...[...section.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file)];
    assertEquals(files.length, 3, section);
    for (const file of files) {
      assert((await Deno.stat(join(dirname(PLOT_GALLERY), file))).isFile, file);
    }
    const svg = await Deno.readTextFile(join(dirname(PLOT_GALLERY), files[0]));
    assert(/<svg [^>]*style="background: white;/.test(svg), `${files[0]} cannot be read on a dark page`);
  }
});
