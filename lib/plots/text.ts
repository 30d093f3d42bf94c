/** Pixels of the letters, in every figure. */
export const FONT_SIZE = 12;

/** About how wide a text is, in pixels: Korean, Chinese and Japanese letters are as wide as they are high. */
export function textWidth(text: string, fontSize: number = FONT_SIZE): number {
  const ems = Array.from(text, (letter) => letter.codePointAt(0)! >= 0x1100 ? 1 : 0.58);
  return Math.ceil(fontSize * ems.reduce((sum, em) => sum + em, 0));
}

/** Text with the characters written out that mean something in XML. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
