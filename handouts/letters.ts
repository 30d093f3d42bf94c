/** The letters that a page shows, by the font that shows them. */
export interface Letters {
  regular: Set<string>;
  bold: Set<string>;
  code: Set<string>;
}

const BOLD = new Set(["h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "th", "caption", "summary", "dt"]);
// What the style sheets make bold.
const BOLD_CLASS = /\bclass="(?:[^"]* )?(?:title|edition|cover|level-1|ansi-bold)\b/;
const CODE = new Set(["pre", "code", "kbd", "samp", "textarea"]);
const VOID = new Set(["br", "img", "hr", "wbr", "input", "col", "meta", "link"]);

/** Finds the letters of HTML. `extra` are letters that a style sheet or a script writes, wanted in all three fonts. */
export function lettersOf(html: string, extra = ""): Letters {
  const letters: Letters = { regular: new Set(extra), bold: new Set(extra), code: new Set(extra) };
  const open: { tag: string; bold: boolean; code: boolean }[] = [];
  const shown = html.replace(/<(style|script|annotation)\b[\s\S]*?<\/\1>/g, "");
  for (const [, end, name, attributes, text] of shown.matchAll(/<(\/?)([a-zA-Z][\w-]*)([^>]*)>|([^<]+)/g)) {
    const top = open.at(-1);
    if (text !== undefined) {
      const into = top?.code ? letters.code : top?.bold ? letters.bold : letters.regular;
      for (const letter of decode(text)) into.add(letter);
    } else if (end) {
      const last = open.findLastIndex(({ tag }) => tag === name);
      if (last >= 0) open.length = last;
    } else if (!VOID.has(name) && !attributes.endsWith("/")) {
      const heavy = BOLD.has(name) ||
        /font-weight[=:"\s]*(bold|[6-9]00)/.test(attributes) || BOLD_CLASS.test(attributes);
      open.push({ tag: name, bold: heavy || (top?.bold ?? false), code: CODE.has(name) || (top?.code ?? false) });
    }
  }
  return letters;
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
  });
}
