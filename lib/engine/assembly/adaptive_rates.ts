// Optimizers that scale each weight's step by the gradients it has seen: Adagrad, Adadelta, RMSprop, Ftrl.
// The formulas are Keras 3's, in its order of operations; offsets are in bytes, n counts numbers.
import { exp4, madd } from "./exponential";
import { get, put, wholeBytes } from "./lanes";
import { log4 } from "./logarithm";

// @ts-ignore: decorator
@inline
function adagradAt(o: usize, four: bool, param: usize, grad: usize, accumulator: usize, r: v128, e: v128): void {
  const g = get(grad + o, four);
  const a = madd(g, g, get(accumulator + o, four));
  put(accumulator + o, a, four);
  const step = f32x4.div(f32x4.mul(r, g), f32x4.sqrt(f32x4.add(a, e)));
  put(param + o, f32x4.sub(get(param + o, four), step), four);
}

/** accumulator += g²; param −= rate · g / √(accumulator + ε). */
export function adagrad(n: i32, param: usize, grad: usize, accumulator: usize, rate: f32, epsilon: f32): void {
  const r = f32x4.splat(rate);
  const e = f32x4.splat(epsilon);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) adagradAt(o, true, param, grad, accumulator, r, e);
  for (; o < end; o += 4) adagradAt(o, false, param, grad, accumulator, r, e);
}

// @ts-ignore: decorator
@inline
function adadeltaAt(
  o: usize,
  four: bool,
  param: usize,
  grad: usize,
  squares: usize,
  deltas: usize,
  r: v128,
  d: v128,
  c: v128,
  e: v128,
): void {
  const g = get(grad + o, four);
  const s = f32x4.add(f32x4.mul(d, get(squares + o, four)), f32x4.mul(c, f32x4.mul(g, g)));
  const x = get(deltas + o, four);
  const root = f32x4.sqrt(f32x4.add(x, e));
  const delta = f32x4.neg(f32x4.div(f32x4.mul(root, g), f32x4.sqrt(f32x4.add(s, e))));
  put(squares + o, s, four);
  put(deltas + o, f32x4.add(f32x4.mul(d, x), f32x4.mul(c, f32x4.mul(delta, delta))), four);
  put(param + o, f32x4.add(get(param + o, four), f32x4.mul(r, delta)), four);
}

/** s = ρ·s + (1 − ρ)·g²; δ = −√(x + ε) / √(s + ε) · g; x = ρ·x + (1 − ρ)·δ²; param += rate · δ. */
export function adadelta(
  n: i32,
  param: usize,
  grad: usize,
  squares: usize,
  deltas: usize,
  rate: f32,
  rho: f32,
  oneMinusRho: f32,
  epsilon: f32,
): void {
  const r = f32x4.splat(rate);
  const d = f32x4.splat(rho);
  const c = f32x4.splat(oneMinusRho);
  const e = f32x4.splat(epsilon);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) adadeltaAt(o, true, param, grad, squares, deltas, r, d, c, e);
  for (; o < end; o += 4) adadeltaAt(o, false, param, grad, squares, deltas, r, d, c, e);
}

// @ts-ignore: decorator
@inline
function rmspropAt(
  o: usize,
  four: bool,
  param: usize,
  grad: usize,
  velocity: usize,
  momentum: usize,
  average: usize,
  r: v128,
  d: v128,
  c: v128,
  k: v128,
  e: v128,
): void {
  const g = get(grad + o, four);
  const v = f32x4.add(f32x4.mul(d, get(velocity + o, four)), f32x4.mul(c, f32x4.mul(g, g)));
  put(velocity + o, v, four);
  let denominator = v;
  if (average) {
    const a = f32x4.add(f32x4.mul(d, get(average + o, four)), f32x4.mul(c, g));
    put(average + o, a, four);
    denominator = f32x4.sub(v, f32x4.mul(a, a));
  }
  let step = f32x4.div(f32x4.mul(r, g), f32x4.sqrt(f32x4.add(denominator, e)));
  if (momentum) {
    step = f32x4.add(f32x4.mul(k, get(momentum + o, four)), step);
    put(momentum + o, step, four);
  }
  put(param + o, f32x4.sub(get(param + o, four), step), four);
}

/**
 * v = ρ·v + (1 − ρ)·g²; param −= rate · g / √(v + ε). With `average` (0: none) its square is taken off v; with `momentum`
 * (0: none) steps are gathered in it.
 */
export function rmsprop(
  n: i32,
  param: usize,
  grad: usize,
  velocity: usize,
  momentum: usize,
  average: usize,
  rate: f32,
  rho: f32,
  oneMinusRho: f32,
  keep: f32,
  epsilon: f32,
): void {
  const r = f32x4.splat(rate);
  const d = f32x4.splat(rho);
  const c = f32x4.splat(oneMinusRho);
  const k = f32x4.splat(keep);
  const e = f32x4.splat(epsilon);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  const whole = wholeBytes(n);
  if (!momentum && !average) {
    for (; o < whole; o += 16) rmspropAt(o, true, param, grad, velocity, 0, 0, r, d, c, k, e);
  } else {
    for (; o < whole; o += 16) rmspropAt(o, true, param, grad, velocity, momentum, average, r, d, c, k, e);
  }
  for (; o < end; o += 4) rmspropAt(o, false, param, grad, velocity, momentum, average, r, d, c, k, e);
}

// @ts-ignore: decorator
@inline
function raise(x: v128, power: f32): v128 {
  return power == 0.5 ? f32x4.sqrt(x) : exp4(f32x4.mul(f32x4.splat(power), log4(x)));
}

// @ts-ignore: decorator
@inline
function ftrlAt(
  o: usize,
  four: bool,
  param: usize,
  grad: usize,
  accumulator: usize,
  linear: usize,
  r: v128,
  power: f32,
  l1: v128,
  twiceL2: v128,
  shrinkage: v128,
): void {
  const g = get(grad + o, four);
  const p = get(param + o, four);
  const a0 = get(accumulator + o, four);
  const a1 = f32x4.add(a0, f32x4.mul(g, g));
  const raised = raise(a1, power);
  const change = f32x4.div(f32x4.sub(raised, raise(a0, power)), r);
  const used = f32x4.add(g, f32x4.mul(shrinkage, p));
  const z = f32x4.add(get(linear + o, four), f32x4.sub(used, f32x4.mul(change, p)));
  const quadratic = f32x4.add(f32x4.div(raised, r), twiceL2);
  const clipped = f32x4.min(f32x4.max(z, f32x4.neg(l1)), l1);
  put(linear + o, z, four);
  put(accumulator + o, a1, four);
  put(param + o, f32x4.div(f32x4.sub(clipped, z), quadratic), four);
}

/** Follow the regularized leader; `power` is −learning_rate_power, l2 already has β / (2 · rate) added. */
export function ftrl(
  n: i32,
  param: usize,
  grad: usize,
  accumulator: usize,
  linear: usize,
  rate: f32,
  power: f32,
  l1: f32,
  l2: f32,
  shrinkage: f32,
): void {
  const r = f32x4.splat(rate);
  const b1 = f32x4.splat(l1);
  const b2 = f32x4.splat(2 * l2);
  const s = f32x4.splat(2 * shrinkage);
  const end = (<usize> n) << 2;
  let o: usize = 0;
  for (const whole = wholeBytes(n); o < whole; o += 16) ftrlAt(o, true, param, grad, accumulator, linear, r, power, b1, b2, s);
  for (; o < end; o += 4) ftrlAt(o, false, param, grad, accumulator, linear, r, power, b1, b2, s);
}
