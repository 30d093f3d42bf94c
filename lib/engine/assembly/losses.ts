// Losses that are means along rows, with their gradients in the same pass.
import { exp4 } from "./exponential";
import { get, put } from "./lanes";
import { log4 } from "./logarithm";

// @ts-ignore: decorator
@inline
function total(sums: v128): f32 {
  return (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
}

/** loss[r] = mean((y − t)²), gradient = 2 (y − t) / n. */
export function meanSquaredError(rows: i32, n: i32, t: usize, y: usize, loss: usize, gradient: usize): void {
  const twice = f32x4.splat(2 / <f32> n);
  for (let r = 0; r < rows; r++) {
    let sums = f32x4.splat(0);
    let rest: f32 = 0;
    let i = 0;
    for (; i + 4 <= n; i += 4) {
      const d = f32x4.sub(v128.load(y), v128.load(t));
      sums = f32x4.add(sums, f32x4.mul(d, d));
      v128.store(gradient, f32x4.mul(d, twice));
      y += 16;
      t += 16;
      gradient += 16;
    }
    for (; i < n; i++) {
      const d = load<f32>(y) - load<f32>(t);
      rest += d * d;
      store<f32>(gradient, d * (2 / <f32> n));
      y += 4;
      t += 4;
      gradient += 4;
    }
    store<f32>(loss, (total(sums) + rest) / <f32> n);
    loss += 4;
  }
}

/** max(z, 0) − z·t + log(1 + e^−|z|), which overflows nowhere; the gradient, (σ(z) − t) · share, is stored. */
// @ts-ignore: decorator
@inline
function sigmoidCrossEntropyAt(four: bool, t: usize, z: usize, gradient: usize, share: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const x = get(z, four);
  const target = get(t, four);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  // log(1 + e) with the digits of a small e.
  const u = f32x4.add(one, e);
  const small = f32x4.eq(u, one);
  const log = v128.bitselect(e, f32x4.div(f32x4.mul(log4(u), e), f32x4.sub(u, one)), small);
  const sigmoid = f32x4.div(v128.bitselect(e, one, f32x4.lt(x, zero)), u);
  put(gradient, f32x4.mul(f32x4.sub(sigmoid, target), share), four);
  return f32x4.add(f32x4.sub(f32x4.pmax(x, zero), f32x4.mul(x, target)), log);
}

/** The mean along each row of the cross-entropy of targets t and σ(z), and its gradient with respect to z. */
export function sigmoidCrossEntropy(rows: i32, n: i32, t: usize, z: usize, loss: usize, gradient: usize): void {
  const share = f32x4.splat(1 / <f32> n);
  for (let r = 0; r < rows; r++) {
    let sums = f32x4.splat(0);
    let rest: f32 = 0;
    let i = 0;
    for (; i + 4 <= n; i += 4) {
      sums = f32x4.add(sums, sigmoidCrossEntropyAt(true, t, z, gradient, share));
      t += 16;
      z += 16;
      gradient += 16;
    }
    for (; i < n; i++) {
      rest += f32x4.extract_lane(sigmoidCrossEntropyAt(false, t, z, gradient, share), 0);
      t += 4;
      z += 4;
      gradient += 4;
    }
    store<f32>(loss, (total(sums) + rest) / <f32> n);
    loss += 4;
  }
}
