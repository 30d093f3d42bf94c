// C = op(A) · op(B) + beta · C for small matrices, where laying them out in panels would cost more than it saves.
import { madd } from "./exponential";

/** The product of small matrices, where they lie. */
export function gemmSmall(
  transposeA: bool,
  transposeB: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  beta: f32,
): void {
  // A single column is the transpose of a single row, which the vectors below go along.
  if (n == 1 && m > 1) {
    const swap = a;
    a = b;
    b = swap;
    n = m;
    m = 1;
    const was = transposeA;
    transposeA = false;
    transposeB = !was;
  }
  if (k == 1) transposeB = false;
  const aRow: usize = (<usize> (transposeA ? 1 : k)) << 2;
  const aStep: usize = (<usize> (transposeA ? m : 1)) << 2;
  if (transposeB) smallDots(m, n, k, a, aRow, aStep, b, c, beta);
  else smallRows(m, n, k, a, aRow, aStep, b, c, beta);
}

/** Rows of C as sums of rows of B. */
// @ts-ignore: decorator
@inline
function smallRows(m: i32, n: i32, k: i32, a: usize, aRow: usize, aStep: usize, b: usize, c: usize, beta: f32): void {
  const row = (<usize> n) << 2;
  for (let i = 0; i < m; i++) {
    let j = 0;
    for (; j + 8 <= n; j += 8) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let x = a;
      let y = b + ((<usize> j) << 2);
      for (let p = 0; p < k; p++) {
        const f = v128.load32_splat(x);
        s0 = madd(f, v128.load(y), s0);
        s1 = madd(f, v128.load(y, 16), s1);
        x += aStep;
        y += row;
      }
      const at = c + ((<usize> j) << 2);
      if (beta != 0) {
        const by = f32x4.splat(beta);
        s0 = madd(v128.load(at), by, s0);
        s1 = madd(v128.load(at, 16), by, s1);
      }
      v128.store(at, s0);
      v128.store(at, s1, 16);
    }
    for (; j + 4 <= n; j += 4) {
      let s = f32x4.splat(0);
      let x = a;
      let y = b + ((<usize> j) << 2);
      for (let p = 0; p < k; p++) {
        s = madd(v128.load32_splat(x), v128.load(y), s);
        x += aStep;
        y += row;
      }
      const at = c + ((<usize> j) << 2);
      if (beta != 0) s = madd(v128.load(at), f32x4.splat(beta), s);
      v128.store(at, s);
    }
    for (; j < n; j++) {
      let s: f32 = 0;
      let x = a;
      let y = b + ((<usize> j) << 2);
      for (let p = 0; p < k; p++) {
        s += load<f32>(x) * load<f32>(y);
        x += aStep;
        y += row;
      }
      const at = c + ((<usize> j) << 2);
      store<f32>(at, beta == 0 ? s : load<f32>(at) * beta + s);
    }
    a += aRow;
    c += row;
  }
}

/** Each number of C as the product of a row of op(A) with a row of B. */
// @ts-ignore: decorator
@inline
function smallDots(m: i32, n: i32, k: i32, a: usize, aRow: usize, aStep: usize, b: usize, c: usize, beta: f32): void {
  for (let i = 0; i < m; i++) {
    let y = b;
    for (let j = 0; j < n; j++) {
      let total: f32 = 0;
      let p = 0;
      let x = a;
      if (aStep == 4) {
        let s = f32x4.splat(0);
        for (; p + 4 <= k; p += 4) {
          s = madd(v128.load(x), v128.load(y), s);
          x += 16;
          y += 16;
        }
        total = (f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1)) +
          (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
      }
      for (; p < k; p++) {
        total += load<f32>(x) * load<f32>(y);
        x += aStep;
        y += 4;
      }
      store<f32>(c, beta == 0 ? total : load<f32>(c) * beta + total);
      c += 4;
    }
    a += aRow;
  }
}
