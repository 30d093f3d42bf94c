/** How two operands are walked through to make an output: rows × columns, each operand with its steps. */
export interface Walk {
  rows: number;
  columns: number;
  /** Numbers from row to row: 0 where one row serves all. */
  aRow: number;
  /** 1, or 0 where one number serves a whole row. */
  aStep: 0 | 1;
  bRow: number;
  bStep: 0 | 1;
}

/**
 * The shape that two shapes broadcast to, as NumPy's rule has it.
 *
 * @throws {RangeError} when they do not.
 */
export function broadcastShape(a: number[], b: number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [x, y] = [a.at(i - rank) ?? 1, b.at(i - rank) ?? 1];
    if (x !== y && x !== 1 && y !== 1) throw new RangeError(`The shapes [${a}] and [${b}] do not broadcast`);
    return x === 1 ? y : x;
  });
}

/**
 * Folds the dimensions of a broadcast into rows and columns; undefined where it takes more than two, as for
 * `[a, 1, c] + [b, 1]`.
 */
export function walkThrough(a: number[], b: number[]): Walk | undefined {
  const out = broadcastShape(a, b);
  const groups: { size: number; a: boolean; b: boolean }[] = [];
  out.forEach((size, i) => {
    if (size === 1) return;
    const has = (shape: number[]) => (shape.at(i - out.length) ?? 1) === size && i - out.length >= -shape.length;
    const [inA, inB] = [has(a), has(b)];
    const last = groups.at(-1);
    if (last && last.a === inA && last.b === inB) last.size *= size;
    else groups.push({ size, a: inA, b: inB });
  });
  if (groups.length > 2) return undefined;
  const columns = groups.at(-1) ?? { size: 1, a: true, b: true };
  const rows = groups.length === 2 ? groups[0] : { size: 1, a: false, b: false };
  const row = (inRows: boolean, inColumns: boolean) => inRows ? (inColumns ? columns.size : 1) : 0;
  return {
    rows: rows.size,
    columns: columns.size,
    aRow: row(rows.a, columns.a),
    aStep: columns.a ? 1 : 0,
    bRow: row(rows.b, columns.b),
    bStep: columns.b ? 1 : 0,
  };
}
