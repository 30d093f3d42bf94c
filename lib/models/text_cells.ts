/** Letters that take two columns of a terminal: Korean, Chinese, Japanese, wide forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const WITHOUT_WIDTH = /\p{Mn}/u;

function widthOf(letter: string): number {
  return WIDE.test(letter) ? 2 : WITHOUT_WIDTH.test(letter) ? 0 : 1;
}

/** How many columns of a terminal a text takes. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const letter of text) cells += widthOf(letter);
  return cells;
}

/** As much of a text as fits, filled up with a space where half a letter is left over. */
export function cutCells(text: string, cells: number): string {
  let [kept, used] = ["", 0];
  for (const letter of text) {
    const width = widthOf(letter);
    if (used + width > cells) return kept + " ".repeat(cells - used);
    kept += letter;
    used += width;
  }
  return kept;
}
