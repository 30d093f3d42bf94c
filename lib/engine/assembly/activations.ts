// Activations with a parameter or a branch, and the gradients that tfjs has kernels for.
import { exp4, madd } from "./exponential";
import { get, larger, put, smaller, wholeBytes } from "./lanes";

/** e^x − 1: by its series near 0, where the difference would lose its digits. */
// @ts-ignore: decorator
@inline
function expMinusOne(x: v128): v128 {
  let p = f32x4.splat(1.98412698e-4);
  p = madd(p, x, f32x4.splat(1.38888889e-3));
  p = madd(p, x, f32x4.splat(8.33333333e-3));
  p = madd(p, x, f32x4.splat(4.16666667e-2));
  p = madd(p, x, f32x4.splat(1.66666667e-1));
  p = madd(p, x, f32x4.splat(0.5));
  const near = madd(f32x4.mul(p, x), x, x);
  const far = f32x4.sub(exp4(x), f32x4.splat(1));
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), f32x4.splat(0.5)));
}

const LEAKY_RELU: i32 = 0;
const ELU: i32 = 1;
const SELU: i32 = 2;
const CLIP: i32 = 3;
const STEP: i32 = 4;
const RECIPROCAL: i32 = 5;
const RSQRT: i32 = 6;

// @ts-ignore: decorator
@inline
function apply(kind: i32, x: v128, a: v128, b: v128): v128 {
  const zero = f32x4.splat(0);
  if (kind == LEAKY_RELU) return v128.bitselect(f32x4.mul(x, a), x, f32x4.lt(x, zero));
  if (kind == ELU) return v128.bitselect(expMinusOne(x), x, f32x4.lt(x, zero));
  if (kind == SELU) return v128.bitselect(f32x4.mul(expMinusOne(x), a), f32x4.mul(x, b), f32x4.lt(x, zero));
  if (kind == CLIP) return smaller(larger(x, a), b);
  if (kind == STEP) {
    const step = v128.bitselect(f32x4.splat(1), a, f32x4.gt(x, zero));
    return v128.bitselect(x, step, f32x4.ne(x, x));
  }
  if (kind == RECIPROCAL) return f32x4.div(f32x4.splat(1), x);
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
}

// @ts-ignore: decorator
@inline
function all(kind: i32, n: i32, x: usize, out: usize, a: f32, b: f32): void {
  const va = f32x4.splat(a);
  const vb = f32x4.splat(b);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) put(out + o, apply(kind, get(x + o, true), va, vb), true);
  for (; o < end; o += 4) put(out + o, apply(kind, get(x + o, false), va, vb), false);
}

/** x, or alpha · x below 0. */
export function leakyRelu(n: i32, x: usize, out: usize, alpha: f32): void {
  all(LEAKY_RELU, n, x, out, alpha, 0);
}

/** x, or e^x − 1 below 0. */
export function elu(n: i32, x: usize, out: usize): void {
  all(ELU, n, x, out, 0, 0);
}

/** scale · x, or scale · alpha · (e^x − 1) below 0 (Klambauer et al. 2017). */
export function selu(n: i32, x: usize, out: usize): void {
  all(SELU, n, x, out, 1.7580993408473768, 1.0507009873554805);
}

/** x, at least `low` and at most `high`. */
export function clip(n: i32, x: usize, out: usize, low: f32, high: f32): void {
  all(CLIP, n, x, out, low, high);
}

/** 1 above 0, else alpha; NaN stays NaN. */
export function step(n: i32, x: usize, out: usize, alpha: f32): void {
  all(STEP, n, x, out, alpha, 0);
}

export function reciprocal(n: i32, x: usize, out: usize): void {
  all(RECIPROCAL, n, x, out, 0, 0);
}

export function rsqrt(n: i32, x: usize, out: usize): void {
  all(RSQRT, n, x, out, 0, 0);
}

/** dy, or dy · (y + 1) where y is below 0. */
export function eluGradient(n: i32, dy: usize, y: usize, dx: usize): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) {
    const d = v128.load(dy + o);
    const out = v128.load(y + o);
    v128.store(dx + o, v128.bitselect(d, f32x4.mul(d, f32x4.add(out, one)), f32x4.ge(out, zero)));
  }
  for (; o < end; o += 4) {
    const d = load<f32>(dy + o);
    const out = load<f32>(y + o);
    store<f32>(dx + o, out >= 0 ? d : d * (out + 1));
  }
}
