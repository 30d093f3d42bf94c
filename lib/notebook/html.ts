import { Displayed } from "./display.ts";

/**
 * Markup to be shown as such; everything put in with `${…}` is shown as text, whatever characters it holds.
 *
 * @example
 * ```ts
 * import { html } from "baeum/notebook";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(html`<b>${"x < y"}</b>`.toString(), "<b>x &lt; y</b>");
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Displayed {
  const markup = strings.reduce((before, part, i) => before + escapeHtml(String(values[i - 1])) + part);
  return new Displayed({ "text/html": markup, "text/plain": markup });
}

/** The text with the characters that mean something in HTML written out. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
