// Reductions of [outer, n, inner] along n.
// With inner = 1 the numbers lie side by side; otherwise whole rows of `inner` are gathered, four numbers at a time.

/** The sum, times `scale` (1, or 1 / n for a mean). Long sums are kept in eight parts, so that few digits are lost. */
export function sum(outer: i32, n: i32, inner: i32, x: usize, out: usize, scale: f32): void {
  if (inner == 1) {
    for (let k = 0; k < outer; k++) {
      let a = f32x4.splat(0);
      let b = f32x4.splat(0);
      let i = 0;
      for (; i + 8 <= n; i += 8) {
        const o = (<usize> i) << 2;
        a = f32x4.add(a, v128.load(x + o));
        b = f32x4.add(b, v128.load(x + o, 16));
      }
      a = f32x4.add(a, b);
      let total = (f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1)) +
        (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
      for (; i < n; i++) total += load<f32>(x + ((<usize> i) << 2));
      store<f32>(out + ((<usize> k) << 2), total * scale);
      x += (<usize> n) << 2;
    }
    return;
  }
  const row = (<usize> inner) << 2;
  const s = f32x4.splat(scale);
  for (let k = 0; k < outer; k++) {
    memory.fill(out, 0, row);
    for (let i = 0; i < n; i++) {
      let c = 0;
      for (; c + 4 <= inner; c += 4) {
        const o = (<usize> c) << 2;
        v128.store(out + o, f32x4.add(v128.load(out + o), v128.load(x + o)));
      }
      for (; c < inner; c++) {
        const o = (<usize> c) << 2;
        store<f32>(out + o, load<f32>(out + o) + load<f32>(x + o));
      }
      x += row;
    }
    if (scale != 1) {
      let c = 0;
      for (; c + 4 <= inner; c += 4) {
        const o = (<usize> c) << 2;
        v128.store(out + o, f32x4.mul(v128.load(out + o), s));
      }
      for (; c < inner; c++) {
        const o = (<usize> c) << 2;
        store<f32>(out + o, load<f32>(out + o) * scale);
      }
    }
    out += row;
  }
}

/** The largest; NaN if there is one. */
export function max(outer: i32, n: i32, inner: i32, x: usize, out: usize): void {
  for (let k = 0; k < outer; k++) {
    for (let c = 0; c < inner; c++) {
      let best: f32 = -Infinity;
      for (let i = 0; i < n; i++) {
        const v = load<f32>(x + ((<usize> (i * inner + c)) << 2));
        if (v > best || v != v) best = v;
        if (best != best) break;
      }
      store<f32>(out + ((<usize> c) << 2), best);
    }
    x += (<usize> n * inner) << 2;
    out += (<usize> inner) << 2;
  }
}

/** Where the largest is, the first of equals. */
export function argMax(outer: i32, n: i32, x: usize, out: usize): void {
  for (let k = 0; k < outer; k++) {
    let best = load<f32>(x);
    let at = 0;
    for (let i = 1; i < n; i++) {
      const v = load<f32>(x + ((<usize> i) << 2));
      if (v > best) {
        best = v;
        at = i;
      }
    }
    store<i32>(out + ((<usize> k) << 2), at);
    x += (<usize> n) << 2;
  }
}
