import { cutFont } from "./fonts.ts";
import { npmFile } from "./npm_files.ts";

/** Which font KaTeX needs for a class that it writes. */
const FONTS: [RegExp, string][] = [
  [/\bmathbf\b|\btextbf\b/, "KaTeX_Main-Bold"],
  [/\bamsrm\b|\bmathbb\b|\btextbb\b/, "KaTeX_AMS-Regular"],
  [/\bmathcal\b/, "KaTeX_Caligraphic-Regular"],
  [/\bboldsymbol\b|\bmathboldsf\b/, "KaTeX_Math-BoldItalic"],
  [/\bmathit\b|\btextit\b/, "KaTeX_Main-Italic"],
  [/\bsmall-op\b|\bdelimsizing size1\b|\bsize1\b/, "KaTeX_Size1-Regular"],
  [/\blarge-op\b|\bsize2\b/, "KaTeX_Size2-Regular"],
  [/\bsize3\b/, "KaTeX_Size3-Regular"],
  [/\bsize4\b|\bdelim-size4\b|\bdelim-size1\b|\bdelimsizing mult\b/, "KaTeX_Size4-Regular"],
  [/\bdelim-size1\b|\bdelimsizing mult\b/, "KaTeX_Size1-Regular"],
  [/\bmathtt\b|\btexttt\b/, "KaTeX_Typewriter-Regular"],
  [/\bmathsf\b|\btextsf\b/, "KaTeX_SansSerif-Regular"],
  [/\bmathscr\b|\btextscr\b/, "KaTeX_Script-Regular"],
  [/\bmathfrak\b|\btextfrak\b/, "KaTeX_Fraktur-Regular"],
];

/**
 * KaTeX's style sheet with those of its fonts that the formulas of a page use, cut to its letters; empty for a page without
 * formulas.
 */
export async function mathCss(html: string, letters: ReadonlySet<string>): Promise<string> {
  if (!html.includes('class="katex')) return "";
  const used = new Set(["KaTeX_Main-Regular", "KaTeX_Math-Italic"]);
  const classes = new Set([...html.matchAll(/class="([^"]*)"/g)].map(([, value]) => value));
  for (const [pattern, font] of FONTS) if ([...classes].some((value) => pattern.test(value))) used.add(font);
  const sheet = await Deno.readTextFile(npmFile("katex", "dist/katex.min.css"));
  let css = "";
  for (const [rule] of sheet.matchAll(/@font-face\{[^}]*\}|[^{}]+\{[^{}]*\}/g)) {
    const name = /url\(fonts\/([\w-]+)\.woff2\)/.exec(rule)?.[1];
    // Hangul inside a formula has the page's letters.
    if (!name) css += rule.replace("Times New Roman,serif", '"Handout",serif');
    else if (used.has(name)) {
      const font = await Deno.readFile(npmFile("katex", `dist/fonts/${name}.ttf`));
      css += rule.replace(/src:[^}]*/, `src:${await cutFont(font, letters)}`);
    }
  }
  return css;
}
