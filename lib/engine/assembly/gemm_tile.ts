// The innermost loop of the matrix product: 5 rows of A and 8 columns of B, whose 40 products stay in 10 vector registers.
import { madd } from "./exponential";

/** Rows of A and columns of B in a tile. */
export const MR: i32 = 5;
export const NR: i32 = 8;

// @ts-ignore: decorator
@inline
function splat(x: v128, lane: i32): v128 {
  if (lane == 0) return v128.shuffle<f32>(x, x, 0, 0, 0, 0);
  if (lane == 1) return v128.shuffle<f32>(x, x, 1, 1, 1, 1);
  if (lane == 2) return v128.shuffle<f32>(x, x, 2, 2, 2, 2);
  return v128.shuffle<f32>(x, x, 3, 3, 3, 3);
}

/**
 * The product of a panel of A, 5 numbers for each p, and one of B, 8 for each, at C, plus what was there if `add`.
 *
 * C's rows lie `row` bytes apart. With `across` they are its columns: number (r, s) of the tile is at `c + s·row + 4r`.
 * Up to 12 bytes after the panel of A are read, too.
 */
// V8 checks in software, where it runs within Deno, that each load is within memory, which costs two instructions; so the 20
// numbers that four p need of A are five loads. `break` after each p keeps the compiler from carrying products over to the
// next, for which there are not registers enough. Where the second core of a pair computes, too, it is instructions that count.
// GFLOPS on one core, alone and beside other work: 41 and 30 so; 37 and 24 with p one at a time, two loads of A each.
// @ts-ignore: decorator
@inline
export function tile(k: i32, a: usize, b: usize, c: usize, row: usize, add: bool, across: bool): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00;
  let rows: v128, x: v128, b0: v128, b1: v128;
  const end = b + ((<usize> (NR * k)) << 2);
  while (true) {
    b0 = v128.load(b);
    b += 16;
    b1 = v128.load(b);
    b += 16;
    rows = v128.load(a);
    a += 16;
    x = splat(rows, 0);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = splat(rows, 1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = splat(rows, 2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = splat(rows, 3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    rows = v128.load(a);
    a += 16;
    x = splat(rows, 0);
    c40 = madd(x, b0, c40);
    c41 = madd(x, b1, c41);
    if (b == end) break;

    b0 = v128.load(b);
    b += 16;
    b1 = v128.load(b);
    b += 16;
    x = splat(rows, 1);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = splat(rows, 2);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = splat(rows, 3);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    rows = v128.load(a);
    a += 16;
    x = splat(rows, 0);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    x = splat(rows, 1);
    c40 = madd(x, b0, c40);
    c41 = madd(x, b1, c41);
    if (b == end) break;

    b0 = v128.load(b);
    b += 16;
    b1 = v128.load(b);
    b += 16;
    x = splat(rows, 2);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = splat(rows, 3);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    rows = v128.load(a);
    a += 16;
    x = splat(rows, 0);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = splat(rows, 1);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    x = splat(rows, 2);
    c40 = madd(x, b0, c40);
    c41 = madd(x, b1, c41);
    if (b == end) break;

    b0 = v128.load(b);
    b += 16;
    b1 = v128.load(b);
    b += 16;
    x = splat(rows, 3);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    rows = v128.load(a);
    a += 16;
    x = splat(rows, 0);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = splat(rows, 1);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = splat(rows, 2);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    x = splat(rows, 3);
    c40 = madd(x, b0, c40);
    c41 = madd(x, b1, c41);
    if (b == end) break;
  }
  if (across) {
    putAcross(c, row, c00, c10, c20, c30, c40, add);
    putAcross(c + 4 * row, row, c01, c11, c21, c31, c41, add);
  } else {
    put(c, c00, c01, add);
    put(c + row, c10, c11, add);
    put(c + 2 * row, c20, c21, add);
    put(c + 3 * row, c30, c31, add);
    put(c + 4 * row, c40, c41, add);
  }
}

// @ts-ignore: decorator
@inline
function put(c: usize, x: v128, y: v128, add: bool): void {
  if (add) {
    x = f32x4.add(x, v128.load(c));
    y = f32x4.add(y, v128.load(c, 16));
  }
  v128.store(c, x);
  v128.store(c, y, 16);
}

/** Four columns of a tile, whose rows are x0 to x4, as rows of C. */
// @ts-ignore: decorator
@inline
function putAcross(c: usize, row: usize, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, add: bool): void {
  const l0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
  const l1 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
  const h0 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  const h1 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  putColumn(c, v128.shuffle<f64>(l0, l1, 0, 2), f32x4.extract_lane(x4, 0), add);
  putColumn(c + row, v128.shuffle<f64>(l0, l1, 1, 3), f32x4.extract_lane(x4, 1), add);
  putColumn(c + 2 * row, v128.shuffle<f64>(h0, h1, 0, 2), f32x4.extract_lane(x4, 2), add);
  putColumn(c + 3 * row, v128.shuffle<f64>(h0, h1, 1, 3), f32x4.extract_lane(x4, 3), add);
}

// @ts-ignore: decorator
@inline
function putColumn(c: usize, x: v128, last: f32, add: bool): void {
  if (add) {
    x = f32x4.add(x, v128.load(c));
    last += load<f32>(c, 16);
  }
  v128.store(c, x);
  store<f32>(c, last, 16);
}
