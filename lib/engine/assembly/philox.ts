// Random numbers by counting: Philox4x32-10 (Salmon et al. 2011), four counters at a time.
//
// A draw is the counter's upper half, so that each draw of a stream (a key) gives other numbers; the lower half counts groups
// of 16 numbers within it.
import { log4 } from "./logarithm";
import { madd } from "./exponential";

let x0: v128 = i32x4.splat(0);
let x1: v128 = i32x4.splat(0);
let x2: v128 = i32x4.splat(0);
let x3: v128 = i32x4.splat(0);

/** The upper halves of the four 64-bit products. */
// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
}

/** Leaves the 16 words of a group in x0 … x3. */
// @ts-ignore: decorator
@inline
function group(key0: i32, key1: i32, draw: i32, number: i32): void {
  const m0 = i32x4.splat(0xD2511F53);
  const m1 = i32x4.splat(0xCD9E8D57);
  let c0 = i32x4.add(i32x4.splat(number << 2), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(number >>> 30);
  let c2 = i32x4.splat(draw);
  let c3 = i32x4.splat(0);
  for (let round = 0; round < 10; round++) {
    const h0 = high(c0, m0);
    const l0 = i32x4.mul(c0, m0);
    const h1 = high(c2, m1);
    const l1 = i32x4.mul(c2, m1);
    c0 = v128.xor(v128.xor(h1, c1), i32x4.splat(key0));
    c1 = l1;
    c2 = v128.xor(v128.xor(h0, c3), i32x4.splat(key1));
    c3 = l0;
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
  x0 = c0;
  x1 = c1;
  x2 = c2;
  x3 = c3;
}

/** Stores the 16 numbers, or as many of them as are left. */
// @ts-ignore: decorator
@inline
function storeGroup(out: usize, left: i32, a: v128, b: v128, c: v128, d: v128, scratch: usize): void {
  const to = left >= 16 ? out : scratch;
  v128.store(to, a);
  v128.store(to + 16, b);
  v128.store(to + 32, c);
  v128.store(to + 48, d);
  if (left < 16) memory.copy(out, scratch, left << 2);
}

/** 0 where a word is below `threshold` (of 2³²), else `scale`. `scratch` holds 64 bytes, here and below. */
export function dropoutMask(
  n: i32,
  threshold: u32,
  scale: f32,
  key0: i32,
  key1: i32,
  draw: i32,
  out: usize,
  scratch: usize,
): void {
  const t = i32x4.splat(threshold);
  const s = f32x4.splat(scale);
  for (let i = 0; i < n; i += 16) {
    group(key0, key1, draw, i >> 4);
    const a = v128.and(i32x4.ge_u(x0, t), s);
    const b = v128.and(i32x4.ge_u(x1, t), s);
    const c = v128.and(i32x4.ge_u(x2, t), s);
    const d = v128.and(i32x4.ge_u(x3, t), s);
    storeGroup(out, n - i, a, b, c, d, scratch);
    out += 64;
  }
}

/** 24 bits as a number from 0 to 1, 1 left out. */
// @ts-ignore: decorator
@inline
function unit(x: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(x, 8)), f32x4.splat(5.9604644775390625e-8));
}

/** Even numbers from `low` to `low + span`. */
export function randomUniform(
  n: i32,
  low: f32,
  span: f32,
  key0: i32,
  key1: i32,
  draw: i32,
  out: usize,
  scratch: usize,
): void {
  const l = f32x4.splat(low);
  const s = f32x4.splat(span);
  for (let i = 0; i < n; i += 16) {
    group(key0, key1, draw, i >> 4);
    const a = f32x4.add(f32x4.mul(unit(x0), s), l);
    const b = f32x4.add(f32x4.mul(unit(x1), s), l);
    const c = f32x4.add(f32x4.mul(unit(x2), s), l);
    const d = f32x4.add(f32x4.mul(unit(x3), s), l);
    storeGroup(out, n - i, a, b, c, d, scratch);
    out += 64;
  }
}

/** √(−2 ln u) for u from 2⁻²⁴ to 1. */
// @ts-ignore: decorator
@inline
function radius(x: v128): v128 {
  const u = f32x4.add(unit(x), f32x4.splat(5.9604644775390625e-8));
  return f32x4.sqrt(f32x4.mul(f32x4.splat(-2), log4(u)));
}

/** sin(π/2 · t) and cos(π/2 · t) on |t| ≤ ½, by their series. */
// @ts-ignore: decorator
@inline
function sine(t: v128): v128 {
  const r = f32x4.mul(t, f32x4.splat(1.5707963267948966));
  const z = f32x4.mul(r, r);
  let p = f32x4.splat(-1.9515295891e-4);
  p = madd(p, z, f32x4.splat(8.3321608736e-3));
  p = madd(p, z, f32x4.splat(-1.6666654611e-1));
  return madd(f32x4.mul(p, z), r, r);
}

// @ts-ignore: decorator
@inline
function cosine(t: v128): v128 {
  const r = f32x4.mul(t, f32x4.splat(1.5707963267948966));
  const z = f32x4.mul(r, r);
  let p = f32x4.splat(2.443315711809948e-5);
  p = madd(p, z, f32x4.splat(-1.388731625493765e-3));
  p = madd(p, z, f32x4.splat(4.166664568298827e-2));
  p = madd(f32x4.mul(p, z), z, f32x4.splat(1));
  return madd(z, f32x4.splat(-0.5), p);
}

/** Normal numbers, two from each two words (Box & Muller 1958). */
export function randomNormal(
  n: i32,
  mean: f32,
  deviation: f32,
  key0: i32,
  key1: i32,
  draw: i32,
  out: usize,
  scratch: usize,
): void {
  const m = f32x4.splat(mean);
  const s = f32x4.splat(deviation);
  for (let i = 0; i < n; i += 16) {
    group(key0, key1, draw, i >> 4);
    const r0 = f32x4.mul(radius(x0), s);
    const r1 = f32x4.mul(radius(x2), s);
    const q0 = quarter(x1);
    const q1 = quarter(x3);
    const a = madd(r0, alongX(q0), m);
    const b = madd(r0, alongX(f32x4.sub(q0, f32x4.splat(1))), m);
    const c = madd(r1, alongX(q1), m);
    const d = madd(r1, alongX(f32x4.sub(q1, f32x4.splat(1))), m);
    storeGroup(out, n - i, a, b, c, d, scratch);
    out += 64;
  }
}

/** An angle in quarter turns, from 0 to 4. */
// @ts-ignore: decorator
@inline
function quarter(x: v128): v128 {
  return f32x4.mul(unit(x), f32x4.splat(4));
}

/** The cosine of an angle in quarter turns. */
// @ts-ignore: decorator
@inline
function alongX(quarters: v128): v128 {
  const whole = f32x4.nearest(quarters);
  const rest = f32x4.sub(quarters, whole);
  const turn = i32x4.trunc_sat_f32x4_s(whole);
  const odd = i32x4.ne(v128.and(turn, i32x4.splat(1)), i32x4.splat(0));
  const value = v128.bitselect(f32x4.neg(sine(rest)), cosine(rest), odd);
  // Quarter turns 2 and 3 have the other sign.
  return v128.xor(value, i32x4.shl(v128.and(turn, i32x4.splat(2)), 30));
}
