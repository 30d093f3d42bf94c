// Comparisons of float32 and int32, walked through as in elementwise.ts, to a byte each; and what is done with the bytes.

const LESS: i32 = 0;
const LESS_EQUAL: i32 = 1;
const EQUAL: i32 = 2;

// @ts-ignore: decorator
@inline
function holds<T>(kind: i32, a: T, b: T): bool {
  return kind == LESS ? a < b : kind == LESS_EQUAL ? a <= b : a == b;
}

// @ts-ignore: decorator
@inline
function walk<T>(
  kind: i32,
  negate: i32,
  rows: i32,
  columns: i32,
  a: usize,
  aRow: i32,
  aStep: i32,
  b: usize,
  bRow: i32,
  bStep: i32,
  out: usize,
): void {
  for (let r = 0; r < rows; r++) {
    let x = a;
    let y = b;
    for (let c = 0; c < columns; c++) {
      store<u8>(out, <u8> holds<T>(kind, load<T>(x), load<T>(y)) ^ <u8> negate);
      x += aStep << 2;
      y += bStep << 2;
      out++;
    }
    a += aRow << 2;
    b += bRow << 2;
  }
}

/** kind 0: a < b, 1: a ≤ b, 2: a = b; `negate` turns the answer round. */
export function compareFloats(
  kind: i32,
  negate: i32,
  rows: i32,
  columns: i32,
  a: usize,
  aRow: i32,
  aStep: i32,
  b: usize,
  bRow: i32,
  bStep: i32,
  out: usize,
): void {
  if (kind == LESS) walk<f32>(LESS, negate, rows, columns, a, aRow, aStep, b, bRow, bStep, out);
  else if (kind == LESS_EQUAL) walk<f32>(LESS_EQUAL, negate, rows, columns, a, aRow, aStep, b, bRow, bStep, out);
  else walk<f32>(EQUAL, negate, rows, columns, a, aRow, aStep, b, bRow, bStep, out);
}

/** As compareFloats. */
export function compareInts(
  kind: i32,
  negate: i32,
  rows: i32,
  columns: i32,
  a: usize,
  aRow: i32,
  aStep: i32,
  b: usize,
  bRow: i32,
  bStep: i32,
  out: usize,
): void {
  if (kind == LESS) walk<i32>(LESS, negate, rows, columns, a, aRow, aStep, b, bRow, bStep, out);
  else if (kind == LESS_EQUAL) walk<i32>(LESS_EQUAL, negate, rows, columns, a, aRow, aStep, b, bRow, bStep, out);
  else walk<i32>(EQUAL, negate, rows, columns, a, aRow, aStep, b, bRow, bStep, out);
}

/** out = where the condition's byte is not 0, a; else b. Words, of whatever type. */
export function select(n: i32, condition: usize, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const o = (<usize> i) << 2;
    const x = load<i32>(a + o);
    const y = load<i32>(b + o);
    store<i32>(out + o, load<u8>(condition + i) ? x : y);
  }
}
