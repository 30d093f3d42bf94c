// Rows by number: taken out of a table, and added back into one.

/**
 * out[i] = x[indices[i]], rows of `bytes` bytes, for each of `outer` tables of n rows. Gives how many indices are outside
 * 0 … n − 1; their rows are left as they are.
 */
export function gatherRows(outer: i32, n: i32, bytes: i32, count: i32, x: usize, indices: usize, out: usize): i32 {
  let outside = 0;
  for (let t = 0; t < outer; t++) {
    for (let i = 0; i < count; i++) {
      const at = load<i32>(indices + ((<usize> i) << 2));
      if (<u32> at < <u32> n) {
        const from = x + <usize> at * <usize> bytes;
        if (bytes == 4) store<i32>(out, load<i32>(from));
        else memory.copy(out, from, bytes);
      } else outside++;
      out += bytes;
    }
    x += <usize> n * <usize> bytes;
  }
  return outside;
}

/** out[ids[i]] += x[i], rows of `width` numbers, n rows in `out`, which is made zero first. Ids outside it are left out. */
export function segmentSum(count: i32, width: i32, n: i32, x: usize, ids: usize, out: usize): void {
  const bytes = (<usize> width) << 2;
  memory.fill(out, 0, <usize> n * bytes);
  for (let i = 0; i < count; i++) {
    const id = load<i32>(ids + ((<usize> i) << 2));
    if (<u32> id < <u32> n) {
      let to = out + <usize> id * bytes;
      let from = x;
      let left = width;
      for (; left >= 4; left -= 4) {
        v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
        to += 16;
        from += 16;
      }
      for (; left > 0; left--) {
        store<f32>(to, load<f32>(to) + load<f32>(from));
        to += 4;
        from += 4;
      }
    }
    x += bytes;
  }
}
