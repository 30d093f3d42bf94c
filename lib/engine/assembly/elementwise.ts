// Number by number: out = f(a, b) and out = f(a).
//
// Operands are seen as rows × columns with a step of 0 or 1 from column to column and of any length from row to row, which
// covers equal shapes, scalars, one row for all and one column for all. Steps count numbers.
import { exp4 } from "./exponential";
import { larger, smaller } from "./lanes";
import { log4 } from "./logarithm";
import { sigmoids, tanhs } from "./saturating";

const ADD: i32 = 0;
const SUB: i32 = 1;
const MUL: i32 = 2;
const DIV: i32 = 3;
const MAX: i32 = 4;
const MIN: i32 = 5;
const SQUARED_DIFFERENCE: i32 = 6;

// @ts-ignore: decorator
@inline
function combine(op: i32, a: v128, b: v128): v128 {
  if (op == ADD) return f32x4.add(a, b);
  if (op == SUB) return f32x4.sub(a, b);
  if (op == MUL) return f32x4.mul(a, b);
  if (op == DIV) return f32x4.div(a, b);
  if (op == MAX) return larger(a, b);
  if (op == MIN) return smaller(a, b);
  const d = f32x4.sub(a, b);
  return f32x4.mul(d, d);
}

// @ts-ignore: decorator
@inline
function binary(
  op: i32,
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
  const whole = columns & ~3;
  const end = (<usize> whole) << 2;
  for (let r = 0; r < rows; r++) {
    const as = v128.load32_splat(a);
    const bs = v128.load32_splat(b);
    if (aStep && bStep) {
      for (let o: usize = 0; o < end; o += 16) v128.store(out + o, combine(op, v128.load(a + o), v128.load(b + o)));
    } else if (aStep) {
      for (let o: usize = 0; o < end; o += 16) v128.store(out + o, combine(op, v128.load(a + o), bs));
    } else if (bStep) {
      for (let o: usize = 0; o < end; o += 16) v128.store(out + o, combine(op, as, v128.load(b + o)));
    } else {
      const one = combine(op, as, bs);
      for (let o: usize = 0; o < end; o += 16) v128.store(out + o, one);
    }
    for (let c = whole; c < columns; c++) {
      const o = (<usize> c) << 2;
      const x = v128.load32_splat(aStep ? a + o : a);
      const y = v128.load32_splat(bStep ? b + o : b);
      store<f32>(out + o, f32x4.extract_lane(combine(op, x, y), 0));
    }
    a += (<usize> aRow) << 2;
    b += (<usize> bRow) << 2;
    out += (<usize> columns) << 2;
  }
}

export function add(r: i32, c: i32, a: usize, ar: i32, as: i32, b: usize, br: i32, bs: i32, o: usize): void {
  binary(ADD, r, c, a, ar, as, b, br, bs, o);
}
export function sub(r: i32, c: i32, a: usize, ar: i32, as: i32, b: usize, br: i32, bs: i32, o: usize): void {
  binary(SUB, r, c, a, ar, as, b, br, bs, o);
}
export function mul(r: i32, c: i32, a: usize, ar: i32, as: i32, b: usize, br: i32, bs: i32, o: usize): void {
  binary(MUL, r, c, a, ar, as, b, br, bs, o);
}
export function div(r: i32, c: i32, a: usize, ar: i32, as: i32, b: usize, br: i32, bs: i32, o: usize): void {
  binary(DIV, r, c, a, ar, as, b, br, bs, o);
}
export function maximum(r: i32, c: i32, a: usize, ar: i32, as: i32, b: usize, br: i32, bs: i32, o: usize): void {
  binary(MAX, r, c, a, ar, as, b, br, bs, o);
}
export function minimum(r: i32, c: i32, a: usize, ar: i32, as: i32, b: usize, br: i32, bs: i32, o: usize): void {
  binary(MIN, r, c, a, ar, as, b, br, bs, o);
}
export function squaredDifference(
  r: i32,
  c: i32,
  a: usize,
  ar: i32,
  as: i32,
  b: usize,
  br: i32,
  bs: i32,
  o: usize,
): void {
  binary(SQUARED_DIFFERENCE, r, c, a, ar, as, b, br, bs, o);
}

const RELU: i32 = 0;
const EXP: i32 = 1;
const LOG: i32 = 2;
const SQRT: i32 = 3;
const SQUARE: i32 = 4;
const NEG: i32 = 5;
const ABS: i32 = 6;

// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128): v128 {
  if (op == RELU) return f32x4.pmax(x, f32x4.splat(0));
  if (op == EXP) return exp4(x);
  if (op == LOG) return log4(x);
  if (op == SQRT) return f32x4.sqrt(x);
  if (op == SQUARE) return f32x4.mul(x, x);
  if (op == NEG) return f32x4.neg(x);
  return f32x4.abs(x);
}

// @ts-ignore: decorator
@inline
function unary(op: i32, n: i32, x: usize, out: usize): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = (<usize> i) << 2;
    v128.store(out + o, apply(op, v128.load(x + o)));
  }
  for (; i < n; i++) {
    const o = (<usize> i) << 2;
    store<f32>(out + o, f32x4.extract_lane(apply(op, v128.load32_splat(x + o)), 0));
  }
}

export function relu(n: i32, x: usize, out: usize): void {
  unary(RELU, n, x, out);
}
export function sigmoid(n: i32, x: usize, out: usize): void {
  sigmoids(n, x, 0, out, false);
}
export function tanh(n: i32, x: usize, out: usize): void {
  tanhs(n, x, 0, out, false);
}
export function exp(n: i32, x: usize, out: usize): void {
  unary(EXP, n, x, out);
}
export function log(n: i32, x: usize, out: usize): void {
  unary(LOG, n, x, out);
}
export function sqrt_(n: i32, x: usize, out: usize): void {
  unary(SQRT, n, x, out);
}
export function square(n: i32, x: usize, out: usize): void {
  unary(SQUARE, n, x, out);
}
export function neg(n: i32, x: usize, out: usize): void {
  unary(NEG, n, x, out);
}
export function abs_(n: i32, x: usize, out: usize): void {
  unary(ABS, n, x, out);
}

/** out = the same number everywhere. */
export function fill(n: i32, value: f32, out: usize): void {
  const v = f32x4.splat(value);
  let i = 0;
  for (; i + 4 <= n; i += 4) v128.store(out + ((<usize> i) << 2), v);
  for (; i < n; i++) store<f32>(out + ((<usize> i) << 2), value);
}

/** bool to float32. */
export function boolToFloat(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) store<f32>(out + ((<usize> i) << 2), <f32> load<u8>(x + <usize> i));
}

/** int32 to float32. */
export function intToFloat(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) store<f32>(out + ((<usize> i) << 2), <f32> load<i32>(x + ((<usize> i) << 2)));
}
