// Numbers moved to other places: slices, concatenations, transposes. Sizes count rows or numbers, steps count bytes.

/** A block of rows of `bytes` bytes, up to three levels of them, from one place with steps of its own to another. */
export function copyBlock(
  outer: i32,
  middle: i32,
  rows: i32,
  bytes: i32,
  from: usize,
  fromOuter: i32,
  fromMiddle: i32,
  fromRow: i32,
  to: usize,
  toOuter: i32,
  toMiddle: i32,
  toRow: i32,
): void {
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < middle; j++) {
      let a = from + i * fromOuter + j * fromMiddle;
      let b = to + i * toOuter + j * toMiddle;
      for (let k = 0; k < rows; k++) {
        copyRow(a, b, bytes);
        a += fromRow;
        b += toRow;
      }
    }
  }
}

/** memory.copy is a call into the engine, which short rows are not worth. */
// @ts-ignore: decorator
@inline
function copyRow(from: usize, to: usize, bytes: i32): void {
  if (bytes > 256) {
    memory.copy(to, from, bytes);
    return;
  }
  let left = bytes;
  for (; left >= 16; left -= 16) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
  for (; left >= 4; left -= 4) {
    store<i32>(to, load<i32>(from));
    from += 4;
    to += 4;
  }
  for (; left > 0; left--) {
    store<u8>(to, load<u8>(from));
    from += 1;
    to += 1;
  }
}

/** Words in another order of axes: out[i, j, k, l] = x[i · s₀ + j · s₁ + k · s₂ + l · s₃]. */
export function permute(
  n0: i32,
  n1: i32,
  n2: i32,
  n3: i32,
  s0: i32,
  s1: i32,
  s2: i32,
  s3: i32,
  x: usize,
  out: usize,
): void {
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) {
      for (let k = 0; k < n2; k++) {
        let at = x + i * s0 + j * s1 + k * s2;
        for (let l = 0; l < n3; l++) {
          store<i32>(out, load<i32>(at));
          at += s3;
          out += 4;
        }
      }
    }
  }
}
