// Rows by number: taken out of a table, and added back into one.
import { get, put, wholeBytes } from "./lanes";

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

// @ts-ignore: decorator
@inline
function copyAt(
  o: usize,
  four: bool,
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
): void {
  put(y0 + o, get(x0 + o, four), four);
  put(y1 + o, get(x1 + o, four), four);
  put(y2 + o, get(x2 + o, four), four);
  put(y3 + o, get(x3 + o, four), four);
}

/**
 * out[i] = from[rows[i]], rows of `bytes` bytes, a multiple of 4.
 *
 * Rows taken at random come from far memory. Four at a time are fetched while each waits: a third less time than one by one.
 */
export function copyRows(count: i32, bytes: i32, from: usize, rows: usize, out: usize): void {
  const end = <usize> bytes;
  const whole = wholeBytes(bytes >> 2);
  for (; count >= 4; count -= 4) {
    const x0 = from + <usize> load<u32>(rows) * end;
    const x1 = from + <usize> load<u32>(rows, 4) * end;
    const x2 = from + <usize> load<u32>(rows, 8) * end;
    const x3 = from + <usize> load<u32>(rows, 12) * end;
    const y1 = out + end;
    const y2 = y1 + end;
    const y3 = y2 + end;
    let o: usize = 0;
    for (; o < whole; o += 16) copyAt(o, true, x0, x1, x2, x3, out, y1, y2, y3);
    for (; o < end; o += 4) copyAt(o, false, x0, x1, x2, x3, out, y1, y2, y3);
    out = y3 + end;
    rows += 16;
  }
  for (; count > 0; count--) {
    memory.copy(out, from + <usize> load<u32>(rows) * end, end);
    out += end;
    rows += 4;
  }
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
