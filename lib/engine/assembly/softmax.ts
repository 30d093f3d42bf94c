// Softmax and its cross-entropy along rows, with the largest logit taken off first.
import { exp4 } from "./exponential";
import { log4 } from "./logarithm";

// @ts-ignore: decorator
@inline
function largest(x: usize, n: i32): f32 {
  let best = load<f32>(x);
  for (let i = 1; i < n; i++) best = max<f32>(best, load<f32>(x + ((<usize> i) << 2)));
  return best;
}

/** out = exp(x − max), and its sum. */
// @ts-ignore: decorator
@inline
function exponentials(x: usize, out: usize, n: i32, peak: f32): f32 {
  const p = f32x4.splat(peak);
  let sums = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = (<usize> i) << 2;
    const e = exp4(f32x4.sub(v128.load(x + o), p));
    v128.store(out + o, e);
    sums = f32x4.add(sums, e);
  }
  let total = (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  for (; i < n; i++) {
    const o = (<usize> i) << 2;
    const e = f32x4.extract_lane(exp4(f32x4.splat(load<f32>(x + o) - peak)), 0);
    store<f32>(out + o, e);
    total += e;
  }
  return total;
}

// @ts-ignore: decorator
@inline
function scaleRow(x: usize, n: i32, by: f32): void {
  const s = f32x4.splat(by);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = (<usize> i) << 2;
    v128.store(x + o, f32x4.mul(v128.load(x + o), s));
  }
  for (; i < n; i++) {
    const o = (<usize> i) << 2;
    store<f32>(x + o, load<f32>(x + o) * by);
  }
}

/** out = softmax(x) along each row. */
export function softmax(rows: i32, n: i32, x: usize, out: usize): void {
  const row = (<usize> n) << 2;
  for (let r = 0; r < rows; r++) {
    scaleRow(out, n, 1 / exponentials(x, out, n, largest(x, n)));
    x += row;
    out += row;
  }
}

/** loss[r] = −Σ t · log softmax(z), gradient = softmax(z) · Σt − t; targets t are one row for each sample. */
export function softmaxCrossEntropy(rows: i32, n: i32, t: usize, z: usize, loss: usize, gradient: usize): void {
  const row = (<usize> n) << 2;
  for (let r = 0; r < rows; r++) {
    const peak = largest(z, n);
    const total = exponentials(z, gradient, n, peak);
    const logTotal = f32x4.extract_lane(log4(f32x4.splat(total)), 0);
    let weight: f32 = 0;
    let sum: f32 = 0;
    for (let i = 0; i < n; i++) {
      const o = (<usize> i) << 2;
      const target = load<f32>(t + o);
      weight += target;
      sum += target * (load<f32>(z + o) - peak - logTotal);
    }
    const scale = weight / total;
    for (let i = 0; i < n; i++) {
      const o = (<usize> i) << 2;
      store<f32>(gradient + o, load<f32>(gradient + o) * scale - load<f32>(t + o));
    }
    store<f32>(loss + ((<usize> r) << 2), -sum);
    t += row;
    z += row;
    gradient += row;
  }
}

/** As softmaxCrossEntropy, with a class number for each sample; one outside 0 … n − 1 gives NaN. */
export function sparseSoftmaxCrossEntropy(rows: i32, n: i32, t: usize, z: usize, loss: usize, gradient: usize): void {
  const row = (<usize> n) << 2;
  for (let r = 0; r < rows; r++) {
    const peak = largest(z, n);
    const total = exponentials(z, gradient, n, peak);
    const at = load<i32>(t + ((<usize> r) << 2));
    scaleRow(gradient, n, 1 / total);
    if (at < 0 || at >= n) {
      store<f32>(loss + ((<usize> r) << 2), NaN);
      scaleRow(gradient, n, NaN);
    } else {
      const o = (<usize> at) << 2;
      const logTotal = f32x4.extract_lane(log4(f32x4.splat(total)), 0);
      store<f32>(loss + ((<usize> r) << 2), logTotal + peak - load<f32>(z + o));
      store<f32>(gradient + o, load<f32>(gradient + o) - 1);
    }
    z += row;
    gradient += row;
  }
}
