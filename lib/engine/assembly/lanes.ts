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
