import { createHighlighter, type Highlighter } from "shiki";
import { escapeText } from "./escape.ts";

const LIGHT = "github-light-high-contrast";
const DARK = "github-dark-high-contrast";
const LANGUAGES = ["typescript", "javascript", "python", "shellscript", "json", "html", "css"];
const NAMES: Record<string, string> = {
  ts: "typescript",
  js: "javascript",
  py: "python",
  sh: "shellscript",
  bash: "shellscript",
};

let loading: Promise<Highlighter> | undefined;

/**
 * Highlights the code of one page. The two themes' colours become classes, each pair once in {@linkcode CodePainter.css}:
 * written at every word they would be a third of the page.
 */
export class CodePainter {
  readonly #classes = new Map<string, string>();

  private constructor(private readonly highlighter: Highlighter) {}

  /** The first call loads grammars and themes (about 0.2 s). */
  static async create(): Promise<CodePainter> {
    loading ??= createHighlighter({ langs: LANGUAGES, themes: [LIGHT, DARK] });
    return new CodePainter(await loading);
  }

  /** Code as HTML, without a `<pre>` around it; a line is a line. Code of an unknown language comes back without colours. */
  paint(code: string, language: string): string {
    const lang = NAMES[language] ?? language;
    if (!LANGUAGES.includes(lang)) return escapeText(code);
    const { tokens } = this.highlighter.codeToTokens(code, {
      lang: lang as "typescript",
      themes: { light: LIGHT, dark: DARK },
      defaultColor: false,
      // Without a limit of time a busy machine colours as a fast one does.
      tokenizeTimeLimit: 0,
    });
    return tokens.map((line) =>
      line.map(({ content, htmlStyle }) => {
        const style = htmlStyle as Record<string, string> | undefined;
        const light = style?.["--shiki-light"], dark = style?.["--shiki-dark"];
        if (!light || !dark || content.trim() === "" || this.#isPlain(light, dark)) return escapeText(content);
        return `<span class="${this.#classOf(light, dark)}">${escapeText(content)}</span>`;
      }).join("")
    ).join("\n");
  }

  /** Rules for the classes that were given out so far. */
  css(): string {
    return [...this.#classes].map(([colours, name]) => `.${name}{color:light-dark(${colours})}`).join("");
  }

  /** Whether a token has the themes' colour of text, which is the page's own. */
  #isPlain(light: string, dark: string): boolean {
    const { fg: lightText } = this.highlighter.getTheme(LIGHT), { fg: darkText } = this.highlighter.getTheme(DARK);
    return light.toLowerCase() === lightText.toLowerCase() && dark.toLowerCase() === darkText.toLowerCase();
  }

  #classOf(light: string, dark: string): string {
    const colours = `${light.toLowerCase()},${dark.toLowerCase()}`;
    const name = this.#classes.get(colours) ?? `h${this.#classes.size}`;
    this.#classes.set(colours, name);
    return name;
  }
}
