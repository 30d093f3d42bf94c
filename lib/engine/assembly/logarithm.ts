// log for four numbers at once, after Cephes' logf: x = m · 2ⁿ with m around 1, and a polynomial for log m.
// Within 2 units in the last place; −infinity at 0, NaN below, subnormal numbers count as 0.
import { madd } from "./exponential";

// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const one = f32x4.splat(1);
  let n = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  // The mantissa as a number from 0.5 to 1.
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const small = f32x4.lt(m, f32x4.splat(0.707106781186547524));
  n = f32x4.sub(n, v128.and(one, small));
  m = f32x4.sub(f32x4.add(m, v128.and(m, small)), one);
  const z = f32x4.mul(m, m);
  let p = f32x4.splat(7.0376836292e-2);
  p = madd(p, m, f32x4.splat(-1.1514610310e-1));
  p = madd(p, m, f32x4.splat(1.1676998740e-1));
  p = madd(p, m, f32x4.splat(-1.2420140846e-1));
  p = madd(p, m, f32x4.splat(1.4249322787e-1));
  p = madd(p, m, f32x4.splat(-1.6668057665e-1));
  p = madd(p, m, f32x4.splat(2.0000714765e-1));
  p = madd(p, m, f32x4.splat(-2.4999993993e-1));
  p = madd(p, m, f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(m, z), p);
  y = madd(n, f32x4.splat(-2.12194440e-4), y);
  y = madd(z, f32x4.splat(-0.5), y);
  y = f32x4.add(m, y);
  y = madd(n, f32x4.splat(0.693359375), y);
  const tiny = f32x4.splat(1.17549435e-38);
  const infinity = f32x4.splat(Infinity);
  y = v128.bitselect(f32x4.splat(-Infinity), y, f32x4.lt(x, tiny));
  y = v128.bitselect(f32x4.splat(NaN), y, f32x4.lt(x, f32x4.splat(0)));
  y = v128.bitselect(infinity, y, f32x4.eq(x, infinity));
  return v128.bitselect(x, y, f32x4.ne(x, x));
}
