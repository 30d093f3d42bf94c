import { escapeText } from "./escape.ts";

/** What the escape sequences seen so far ask for. A colour is one of the sixteen by number, or `rgb(…)`. */
interface Style {
  foreground?: number | string;
  background?: number | string;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  inverse?: boolean;
}

/**
 * Terminal text as HTML, as JupyterLab shows it: colours (16, 256 and true colour), bold, dim, italic, underlined, inverse;
 * a carriage return writes over its line, a backspace over a letter. Other escape sequences are left out.
 *
 * The sixteen colours become the classes `ansi-0` to `ansi-15` (`ansi-bg-…` behind the text), so that a style sheet can choose
 * shades that are read well on its background.
 */
export function ansiToHtml(text: string): string {
  let style: Style = {};
  let html = "";
  // deno-lint-ignore no-control-regex
  const sequence = /\x1b\[([0-9;:]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_]/g;
  let from = 0;
  const settled = overwrite(text);
  for (const match of settled.matchAll(sequence)) {
    html += span(settled.slice(from, match.index), style);
    if (match[2] === "m") style = apply(style, match[1]);
    from = match.index + match[0].length;
  }
  return html + span(settled.slice(from), style);
}

/** Carries out carriage returns and backspaces. A line that is written over by a shorter one keeps its end. */
function overwrite(text: string): string {
  if (!/[\r\b]/.test(text)) return text;
  return text.replaceAll("\r\n", "\n").split("\n").map((line) => {
    let settled = line;
    while (/[^\b][\b]/.test(settled)) settled = settled.replace(/[^\b][\b]/g, "");
    return settled.replaceAll("\b", "").split("\r").reduce((before, after) =>
      after + [...before].slice([...after].length).join("")
    );
  }).join("\n");
}

function apply(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let style = { ...before };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 7) style.inverse = true;
    else if (code === 22) style.bold = style.dim = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.underline = false;
    else if (code === 27) style.inverse = false;
    else if (code >= 30 && code <= 37) style.foreground = code - 30;
    else if (code >= 40 && code <= 47) style.background = code - 40;
    else if (code >= 90 && code <= 97) style.foreground = code - 82;
    else if (code >= 100 && code <= 107) style.background = code - 92;
    else if (code === 39) style.foreground = undefined;
    else if (code === 49) style.background = undefined;
    else if (code === 38 || code === 48) {
      const indexed = codes[i + 1] === 5;
      const colour = indexed ? indexedColour(codes[i + 2]) : `rgb(${codes.slice(i + 2, i + 5).map(byte).join(" ")})`;
      style[code === 38 ? "foreground" : "background"] = colour;
      i += indexed ? 2 : 4;
    }
  }
  return style;
}

const byte = (value: number) => Math.min(255, Math.max(0, Math.trunc(value) || 0));

/** xterm's 256 colours: the sixteen, a cube of six levels a channel, and 24 greys. */
function indexedColour(index: number): number | string {
  if (!(index >= 16)) return byte(index) % 16;
  if (index >= 232) return `rgb(${Array(3).fill(8 + 10 * (byte(index) - 232)).join(" ")})`;
  const level = (n: number) => n === 0 ? 0 : 55 + 40 * n;
  const cell = index - 16;
  return `rgb(${[Math.trunc(cell / 36), Math.trunc(cell / 6) % 6, cell % 6].map(level).join(" ")})`;
}

function span(text: string, style: Style): string {
  if (text === "") return "";
  const { foreground, background } = style.inverse
    ? { foreground: style.background ?? "var(--background)", background: style.foreground ?? "var(--text)" }
    : style;
  const classes: string[] = [];
  const css: string[] = [];
  if (typeof foreground === "number") classes.push(`ansi-${foreground}`);
  else if (foreground) css.push(`color:${foreground}`);
  if (typeof background === "number") classes.push(`ansi-bg-${background}`);
  else if (background) css.push(`background:${background}`);
  for (const name of ["bold", "dim", "italic", "underline"] as const) if (style[name]) classes.push(`ansi-${name}`);
  if (classes.length + css.length === 0) return escapeText(text);
  const attributes = (classes.length ? ` class="${classes.join(" ")}"` : "") +
    (css.length ? ` style="${css.join(";")}"` : "");
  return `<span${attributes}>${escapeText(text)}</span>`;
}
