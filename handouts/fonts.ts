import { Buffer } from "node:buffer";
import subsetFont from "subset-font";
import type { Letters } from "./letters.ts";
import { npmFile } from "./npm_files.ts";

/**
 * The pages' fonts. TrueType outlines: Chromium writes OpenType's cubic ones into a PDF as Type 3, letters that no reader can
 * search or copy.
 */
const FACES = {
  regular: {
    family: "Handout",
    weight: 400,
    file: ["pretendard", "dist/public/static/alternative/Pretendard-Regular.ttf"],
  },
  bold: { family: "Handout", weight: 700, file: ["pretendard", "dist/public/static/alternative/Pretendard-Bold.ttf"] },
  code: { family: "Handout Code", weight: 400, file: ["d2coding", "fonts/d2coding-full.ttf"] },
} as const;

const wholeFonts = new Map<string, Promise<Uint8Array>>();

/** A file of a font, read once. */
export function wholeFont(face: keyof typeof FACES): Promise<Uint8Array> {
  const [name, path] = FACES[face].file;
  const reading = wholeFonts.get(path) ?? Deno.readFile(npmFile(name, path));
  wholeFonts.set(path, reading);
  return reading;
}

/** The fonts, cut to the letters of a page, as `@font-face` rules that need no file. */
export async function fontCss(letters: Letters): Promise<string> {
  const rules = await Promise.all((["regular", "bold", "code"] as const).map(async (face) => {
    const { family, weight } = FACES[face];
    return `@font-face{font-family:"${family}";font-weight:${weight};src:${await cutFont(
      await wholeFont(face),
      letters[face],
    )}}`;
  }));
  return rules.join("\n");
}

/**
 * A font with some letters only, as a `src` that needs no file. WOFF, not WOFF2: a fifth larger, and made in a tenth of the time.
 * Hints, for screens of few pixels, and all features but kerning go: they are half of the file.
 */
export async function cutFont(font: Uint8Array, letters: ReadonlySet<string>): Promise<string> {
  const text = [...letters].sort().join("");
  const cut = await subsetFont(Buffer.from(font), text, {
    targetFormat: "woff",
    noHinting: true,
    keepFeatures: ["kern"],
  });
  return `url(data:font/woff;base64,${new Uint8Array(cut).toBase64()}) format("woff")`;
}
