// One pass over a weight for each update: every number is read once and written once.
// The formulas are Keras 3's, in its order of operations; offsets are in bytes, n counts numbers.
import { madd } from "./exponential";
import { get, larger, put, wholeBytes } from "./lanes";

// @ts-ignore: decorator
@inline
function sgdAt(o: usize, four: bool, param: usize, grad: usize, r: v128): void {
  put(param + o, madd(get(grad + o, four), r, get(param + o, four)), four);
}

/** param −= rate · grad */
export function sgd(n: i32, param: usize, grad: usize, rate: f32): void {
  const r = f32x4.splat(-rate);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) sgdAt(o, true, param, grad, r);
  for (; o < end; o += 4) sgdAt(o, false, param, grad, r);
}

// @ts-ignore: decorator
@inline
function momentumAt(
  o: usize,
  four: bool,
  param: usize,
  grad: usize,
  momentum: usize,
  r: v128,
  d: v128,
  nesterov: bool,
): void {
  const step = f32x4.mul(get(grad + o, four), r);
  const m = madd(get(momentum + o, four), d, step);
  put(momentum + o, m, four);
  put(param + o, f32x4.add(get(param + o, four), nesterov ? madd(m, d, step) : m), four);
}

/** momentum = decay · momentum − rate · grad; param += momentum, or what Nesterov's look ahead makes of it. */
export function sgdMomentum(
  n: i32,
  param: usize,
  grad: usize,
  momentum: usize,
  rate: f32,
  decay: f32,
  nesterov: bool,
): void {
  const r = f32x4.splat(-rate);
  const d = f32x4.splat(decay);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) momentumAt(o, true, param, grad, momentum, r, d, nesterov);
  for (; o < end; o += 4) momentumAt(o, false, param, grad, momentum, r, d, nesterov);
}

// @ts-ignore: decorator
@inline
function adamAt(
  o: usize,
  four: bool,
  param: usize,
  grad: usize,
  m: usize,
  v: usize,
  largest: usize,
  a: v128,
  b1: v128,
  b2: v128,
  e: v128,
): void {
  const g = get(grad + o, four);
  const m0 = get(m + o, four);
  const v0 = get(v + o, four);
  const m1 = madd(f32x4.sub(g, m0), b1, m0);
  let v1 = madd(f32x4.sub(f32x4.mul(g, g), v0), b2, v0);
  put(m + o, m1, four);
  put(v + o, v1, four);
  if (largest) {
    v1 = larger(get(largest + o, four), v1);
    put(largest + o, v1, four);
  }
  const step = f32x4.div(f32x4.mul(m1, a), f32x4.add(f32x4.sqrt(v1), e));
  put(param + o, f32x4.sub(get(param + o, four), step), four);
}

/** m += (g − m)(1 − β₁); v += (g² − v)(1 − β₂); param −= m · alpha / (√v + ε). */
export function adam(
  n: i32,
  param: usize,
  grad: usize,
  m: usize,
  v: usize,
  alpha: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  epsilon: f32,
): void {
  const a = f32x4.splat(alpha);
  const b1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(oneMinusBeta2);
  const e = f32x4.splat(epsilon);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  // Two vectors at a time: a seventh fewer instructions, which counts where the core is shared.
  for (const pairs = wholeBytes(n & ~7); o < pairs; o += 32) {
    adamAt(o, true, param, grad, m, v, 0, a, b1, b2, e);
    adamAt(o + 16, true, param, grad, m, v, 0, a, b1, b2, e);
  }
  for (const whole = wholeBytes(n); o < whole; o += 16) adamAt(o, true, param, grad, m, v, 0, a, b1, b2, e);
  for (; o < end; o += 4) adamAt(o, false, param, grad, m, v, 0, a, b1, b2, e);
}

/** As adam, with the largest v so far in place of v. */
export function adamMax(
  n: i32,
  param: usize,
  grad: usize,
  m: usize,
  v: usize,
  largest: usize,
  alpha: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  epsilon: f32,
): void {
  const a = f32x4.splat(alpha);
  const b1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(oneMinusBeta2);
  const e = f32x4.splat(epsilon);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) adamAt(o, true, param, grad, m, v, largest, a, b1, b2, e);
  for (; o < end; o += 4) adamAt(o, false, param, grad, m, v, largest, a, b1, b2, e);
}

// @ts-ignore: decorator
@inline
function adamaxAt(
  o: usize,
  four: bool,
  param: usize,
  grad: usize,
  m: usize,
  u: usize,
  r: v128,
  b1: v128,
  b2: v128,
  c: v128,
  e: v128,
): void {
  const g = get(grad + o, four);
  const m0 = get(m + o, four);
  const m1 = madd(f32x4.sub(g, m0), b1, m0);
  const u1 = larger(f32x4.mul(b2, get(u + o, four)), f32x4.abs(g));
  put(m + o, m1, four);
  put(u + o, u1, four);
  const step = f32x4.div(f32x4.mul(r, m1), f32x4.mul(c, f32x4.add(u1, e)));
  put(param + o, f32x4.sub(get(param + o, four), step), four);
}

/** m += (g − m)(1 − β₁); u = max(β₂ · u, |g|); param −= rate · m / (correction · (u + ε)). */
export function adamax(
  n: i32,
  param: usize,
  grad: usize,
  m: usize,
  u: usize,
  rate: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  correction: f32,
  epsilon: f32,
): void {
  const r = f32x4.splat(rate);
  const b1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(beta2);
  const c = f32x4.splat(correction);
  const e = f32x4.splat(epsilon);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) adamaxAt(o, true, param, grad, m, u, r, b1, b2, c, e);
  for (; o < end; o += 4) adamaxAt(o, false, param, grad, m, u, r, b1, b2, c, e);
}

// @ts-ignore: decorator
@inline
function nadamAt(
  o: usize,
  four: bool,
  param: usize,
  grad: usize,
  m: usize,
  v: usize,
  r: v128,
  b1: v128,
  b2: v128,
  ofM: v128,
  ofG: v128,
  c: v128,
  e: v128,
): void {
  const g = get(grad + o, four);
  const m0 = get(m + o, four);
  const v0 = get(v + o, four);
  const m1 = madd(f32x4.sub(g, m0), b1, m0);
  const v1 = madd(f32x4.sub(f32x4.mul(g, g), v0), b2, v0);
  put(m + o, m1, four);
  put(v + o, v1, four);
  const mean = madd(ofM, m1, f32x4.mul(ofG, g));
  const step = f32x4.div(f32x4.mul(mean, r), f32x4.add(f32x4.sqrt(f32x4.div(v1, c)), e));
  put(param + o, f32x4.sub(get(param + o, four), step), four);
}

/** As adam, with ofM · m + ofG · g for the mean and v / correction for the mean square. */
export function nadam(
  n: i32,
  param: usize,
  grad: usize,
  m: usize,
  v: usize,
  rate: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  ofM: f32,
  ofG: f32,
  correction: f32,
  epsilon: f32,
): void {
  const r = f32x4.splat(rate);
  const b1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(oneMinusBeta2);
  const wm = f32x4.splat(ofM);
  const wg = f32x4.splat(ofG);
  const c = f32x4.splat(correction);
  const e = f32x4.splat(epsilon);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) nadamAt(o, true, param, grad, m, v, r, b1, b2, wm, wg, c, e);
  for (; o < end; o += 4) nadamAt(o, false, param, grad, m, v, r, b1, b2, wm, wg, c, e);
}

// @ts-ignore: decorator
@inline
function lionAt(
  o: usize,
  four: bool,
  param: usize,
  grad: usize,
  m: usize,
  r: v128,
  b1: v128,
  b2: v128,
  c1: v128,
  c2: v128,
): void {
  const g = get(grad + o, four);
  const m0 = get(m + o, four);
  const x = f32x4.add(f32x4.mul(m0, b1), f32x4.mul(g, c1));
  const zero = f32x4.splat(0);
  const up = v128.and(f32x4.gt(x, zero), r);
  const down = v128.and(f32x4.lt(x, zero), r);
  const nan = v128.andnot(x, f32x4.eq(x, x));
  const step = f32x4.add(f32x4.sub(up, down), nan);
  put(param + o, f32x4.sub(get(param + o, four), step), four);
  put(m + o, f32x4.add(f32x4.mul(m0, b2), f32x4.mul(g, c2)), four);
}

/** param −= rate · sign(β₁ · m + (1 − β₁) · g); m = β₂ · m + (1 − β₂) · g. */
export function lion(n: i32, param: usize, grad: usize, m: usize, rate: f32, beta1: f32, beta2: f32): void {
  const r = f32x4.splat(rate);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(1 - beta1);
  const c2 = f32x4.splat(1 - beta2);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) lionAt(o, true, param, grad, m, r, b1, b2, c1, c2);
  for (; o < end; o += 4) lionAt(o, false, param, grad, m, r, b1, b2, c1, c2);
}

/** param −= param · decay · rate, weight decay apart from the gradient. */
export function weightDecay(n: i32, param: usize, decay: f32, rate: f32): void {
  const d = f32x4.splat(decay);
  const r = f32x4.splat(rate);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) {
    const p = v128.load(param + o);
    v128.store(param + o, f32x4.sub(p, f32x4.mul(f32x4.mul(p, d), r)));
  }
  for (; o < end; o += 4) {
    const p = load<f32>(param + o);
    store<f32>(param + o, p - p * decay * rate);
  }
}
