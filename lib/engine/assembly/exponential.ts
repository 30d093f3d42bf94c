// exp for four numbers at once, after Cephes' expf: x = n·ln 2 + r, and a polynomial for e^r on |r| ≤ ln 2 / 2.
// Within 2 units in the last place from −87.3 to 88.7; 0 below, infinity above, NaN stays NaN.

// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return RELAXED ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** Added to a number of moderate size, it leaves the nearest whole number in the low bits of the sum. */
export const MAGIC: f32 = 12582912;

/** e^x for |x| ≤ 87.3, where 2ⁿ has an exponent of its own; NaN stays NaN. */
// @ts-ignore: decorator
@inline
function expWithin(x: v128): v128 {
  const shifted = madd(x, f32x4.splat(1.44269504088896341), f32x4.splat(MAGIC));
  const n = f32x4.sub(shifted, f32x4.splat(MAGIC));
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.12194440e-4), r);
  let p = f32x4.splat(1.9875691500e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  // Adding n to the exponent's bits multiplies by 2ⁿ.
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const low = f32x4.splat(-87.33654);
  const high = f32x4.splat(88.72283);
  // e^x = (e^(x/2))², which is in range up to the largest float.
  const half = f32x4.mul(f32x4.pmax(low, f32x4.pmin(high, x)), f32x4.splat(0.5));
  const far = f32x4.gt(f32x4.abs(x), f32x4.splat(87));
  let y = expWithin(f32x4.pmax(f32x4.splat(-87), f32x4.pmin(f32x4.splat(87), x)));
  if (v128.any_true(far)) {
    const root = expWithin(half);
    y = v128.bitselect(f32x4.mul(root, root), y, far);
    y = v128.bitselect(f32x4.splat(Infinity), y, f32x4.gt(x, high));
    y = v128.andnot(y, f32x4.lt(x, low));
  }
  return v128.bitselect(x, y, f32x4.ne(x, x));
}
