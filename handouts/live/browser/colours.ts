// The colours of code while it is typed.
import { escapeText } from "../../escape.ts";

/** What words are told apart by. A constant is a number, `true`, or a name that `const` declares. */
export type Kind = "comment" | "string" | "constant" | "keyword" | "function" | "type";

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))`,
    String.raw`(?<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)`,
    String.raw`(?<template>${"`"}(?:\\[^]|\$(?!\{)|[^\\$${"`"}])*)`,
    String.raw`(?<constant>(?:0[xb][\da-f_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?)n?)`,
    String.raw`(?<word>#?[\p{L}_$][\p{L}\p{N}_$]*)`,
    String.raw`(?<operator>=>|\.\.\.|[-+*\/%=!&|^~?]+|(?<=\s)[<>]=?(?=\s))`,
    String.raw`[^]`,
  ].join("|"),
  "giuy",
);

/** What follows a `${…}` in a template, up to the next one or the end. */
const TEMPLATE_REST = /(?:\\[^]|\$(?!\{)|[^\\$`])*/y;

const KEYWORDS = new Set(
  ("abstract as async await break case catch class const continue debugger declare default delete do else enum export extends " +
    "finally for from function get if implements import in instanceof interface keyof let new of private protected public " +
    "readonly return satisfies set static switch throw try type typeof var void while yield").split(" "),
);
const CONSTANTS = new Set(
  "true false null undefined this super NaN Infinity number string boolean unknown any never".split(" "),
);

/** What stands behind a name that `const` declares as a function. */
const FUNCTION_FOLLOWS = /^\s*=\s*(?:async\s*)?(?:function\b|(?:\([^()]*\)|[\w$]+)\s*(?::[^=;]*)?=>)/;

/** Code as HTML, each word of a kind in a `<span>` of that kind's class. What is not finished yet is coloured as far as it goes. */
export function coloured(code: string, classes: Partial<Record<Kind, string>>): string {
  let html = "";
  for (const { kind, text } of tokensOf(code)) {
    const name = kind && classes[kind];
    html += name ? `<span class="${name}">${escapeText(text)}</span>` : escapeText(text);
  }
  return html;
}

interface Token {
  kind?: Kind;
  text: string;
}

/** The code in pieces, which put together are the code. */
export function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  /** For each template that is open, how many brackets are open in its `${…}`. */
  const templates: number[] = [];
  let before = ""; // the last text that is no space
  let declaring = false;
  let at = 0;
  const push = (text: string, kind?: Kind) => {
    tokens.push({ kind, text });
    at += text.length;
    if (text.trim() !== "" && kind !== "comment") before = text;
  };
  /** Behind a piece of a template comes its end, or a `${`. */
  const endTemplate = () => {
    if (code[at] === "`") push("`", "string");
    else if (code.startsWith("${", at)) {
      push("${", "string");
      templates.push(0);
    }
  };
  while (at < code.length) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(code)!.groups!;
    const text = TOKEN.lastIndex > at ? code.slice(at, TOKEN.lastIndex) : code[at];
    if (groups.template) {
      push(text, "string");
      endTemplate();
    } else if (groups.comment) push(text, "comment");
    else if (groups.string) push(text, "string");
    else if (groups.constant) push(text, "constant");
    else if (groups.operator) {
      if (text === "=") declaring = false;
      push(text, "keyword");
    } else if (groups.word) {
      const kind = kindOf(text, before, code.slice(TOKEN.lastIndex), declaring);
      if (text === "of" || text === "in") declaring = false;
      if (text === "const") declaring = true;
      push(text, kind);
    } else if (text === "}" && templates.at(-1) === 0) {
      templates.pop();
      push(text, "string");
      TEMPLATE_REST.lastIndex = at;
      const rest = TEMPLATE_REST.exec(code)![0];
      if (rest !== "") push(rest, "string");
      endTemplate();
    } else {
      if (templates.length > 0) templates[templates.length - 1] += text === "{" ? 1 : text === "}" ? -1 : 0;
      push(text);
    }
  }
  return tokens;
}

function kindOf(word: string, before: string, rest: string, declaring: boolean): Kind | undefined {
  const called = /^\s*(?:<[\w\s,[\]{}|]*>)?\s*\(/.test(rest);
  if (before === "." || before === "?.") return called ? "function" : word === "length" ? "constant" : undefined;
  if (/^\s*:(?!:)/.test(rest) && /^[{,]$/.test(before)) return undefined; // the name of a property
  if (word === "from" && !/^\s*["']/.test(rest)) return undefined;
  if (KEYWORDS.has(word)) return "keyword";
  if (CONSTANTS.has(word)) return "constant";
  if (/^(?:class|interface|type|extends|implements|as|satisfies)$/.test(before)) return "type";
  if (declaring && before !== ":") return FUNCTION_FOLLOWS.test(rest) ? "function" : "constant";
  if (called || before === "new") return "function";
  return /^(?:[:<|]|\[\])$/.test(before) && /^\p{Lu}/u.test(word) ? "type" : undefined;
}
