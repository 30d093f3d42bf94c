import { assertEquals } from "@std/assert";
import type { Figure } from "baeum/plots";

/**
 * Compares a figure with the one kept in `snapshots/`, to be opened in a browser.
 *
 * `UPDATE_SNAPSHOTS=1 deno test -A tests/plots` writes them anew; look at each that git then shows as changed.
 */
export async function assertSnapshot(figure: Figure, name: string): Promise<void> {
  const file = new URL(`./snapshots/${name}.svg`, import.meta.url);
  // On white, as black letters cannot be read on a dark page, whose text colour a file does not get. And the formatter
  // would break its lines.
  const onWhite = figure.svg.replace(' style="', ' style="background: white; ');
  const svg = `<!-- deno-fmt-ignore-file -->\n${onWhite}\n`;
  if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, svg);
  assertEquals(svg, await Deno.readTextFile(file));
}
