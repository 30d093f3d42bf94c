// Loops over n numbers take four at a time and then what is left one by one, by the same code.

/** Four numbers, or one of them four times. */
// @ts-ignore: decorator
@inline
export function get(at: usize, four: bool): v128 {
  return four ? v128.load(at) : v128.load32_splat(at);
}

/** Stores four numbers, or the first of them. */
// @ts-ignore: decorator
@inline
export function put(at: usize, x: v128, four: bool): void {
  if (four) v128.store(at, x);
  else v128.store32_lane(at, x, 0);
}

/** The bytes of all whole vectors among n numbers. */
// @ts-ignore: decorator
@inline
export function wholeBytes(n: i32): usize {
  return (<usize> (n & ~3)) << 2;
}

/** The larger of two; NaN if one is. A third of the instructions that f32x4.max, which tells −0 from 0, is made into. */
// @ts-ignore: decorator
@inline
export function larger(a: v128, b: v128): v128 {
  return v128.bitselect(b, f32x4.pmax(a, b), f32x4.ne(b, b));
}

/** The smaller of two; NaN if one is. As larger. */
// @ts-ignore: decorator
@inline
export function smaller(a: v128, b: v128): v128 {
  return v128.bitselect(b, f32x4.pmin(a, b), f32x4.ne(b, b));
}
