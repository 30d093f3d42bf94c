import { findChromium } from "../handouts/chromium.ts";

/**
 * Whether tests that need Chromium are left out here, which is said once: where none is installed. Where CI is set they run, and
 * fail without it.
 *
 * @param what what they test: "pages in a browser".
 */
export function withoutChromium(what: string): boolean {
  if (findChromium() || Deno.env.get("CI")) return false;
  console.log(`skipped: the tests of ${what} (no Chromium; CHROME_PATH says where it is)`);
  return true;
}
