/** As many lines of code as a slide shows without getting smaller, below a heading. */
const MOST_LINES = 24;

/**
 * Code in pieces of at most 24 lines, each for a slide of its own, in the order of the text. A piece ends where a reader would
 * pause: before a line that is not indented, best of all at an empty line, which goes.
 *
 * @param lines the code's lines.
 * @returns for each piece its first line, and the one behind its last.
 */
export function cutListing(lines: readonly string[]): [from: number, to: number][] {
  const pieces: [number, number][] = [];
  let from = 0;
  while (lines.length - from > MOST_LINES) {
    const left = Math.ceil((lines.length - from) / MOST_LINES);
    const to = bestEnd(lines, from, from + Math.ceil((lines.length - from) / left));
    pieces.push([from, lines[to - 1].trim() === "" ? to - 1 : to]);
    from = to;
  }
  return [...pieces, [from, lines.length]];
}

/** The place between a third of a piece and all of it that disturbs least, and of several the one nearest to where the piece should end. */
function bestEnd(lines: readonly string[], from: number, wanted: number): number {
  let best = wanted, least = Infinity;
  for (let end = from + Math.ceil(MOST_LINES / 3); end <= from + MOST_LINES; end++) {
    const line = lines[end];
    const depth = /^\s*/.exec(line)![0].length;
    // A bracket that closes belongs to what it closes.
    const closes = /^\s*[)\]}]/.test(line) ? 8 : 0;
    const empty = lines[end - 1].trim() === "" ? 0 : 3;
    const cost = (line.trim() === "" ? 100 : 2 * depth + closes + empty) + Math.abs(end - wanted) / 4;
    if (cost < least) [best, least] = [end, cost];
  }
  return best;
}
