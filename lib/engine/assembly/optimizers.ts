// One pass over a weight for each update: every number is read once and written once.
// The formulas are Keras 3's, in its order of operations; offsets are in bytes, n counts numbers.
import { madd } from "./exponential";

/** param += −rate · grad */
export function sgd(n: i32, param: usize, grad: usize, rate: f32): void {
  const r = f32x4.splat(-rate);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = (<usize> i) << 2;
    v128.store(param + o, madd(v128.load(grad + o), r, v128.load(param + o)));
  }
  for (; i < n; i++) {
    const o = (<usize> i) << 2;
    store<f32>(param + o, load<f32>(param + o) - rate * load<f32>(grad + o));
  }
}

/** momentum = decay · momentum − rate · grad; param += momentum, or what Nesterov's look ahead makes of it. */
export function sgdMomentum(
  n: i32,
  param: usize,
  grad: usize,
  momentum: usize,
  rate: f32,
  decay: f32,
  nesterov: i32,
): void {
  const r = f32x4.splat(-rate);
  const d = f32x4.splat(decay);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = (<usize> i) << 2;
    const step = f32x4.mul(v128.load(grad + o), r);
    const m = madd(v128.load(momentum + o), d, step);
    v128.store(momentum + o, m);
    const move = nesterov ? madd(m, d, step) : m;
    v128.store(param + o, f32x4.add(v128.load(param + o), move));
  }
  for (; i < n; i++) {
    const o = (<usize> i) << 2;
    const step = -rate * load<f32>(grad + o);
    const m = load<f32>(momentum + o) * decay + step;
    store<f32>(momentum + o, m);
    store<f32>(param + o, load<f32>(param + o) + (nesterov ? m * decay + step : m));
  }
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
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = (<usize> i) << 2;
    const g = v128.load(grad + o);
    const m0 = v128.load(m + o);
    const v0 = v128.load(v + o);
    const m1 = madd(f32x4.sub(g, m0), b1, m0);
    const v1 = madd(f32x4.sub(f32x4.mul(g, g), v0), b2, v0);
    v128.store(m + o, m1);
    v128.store(v + o, v1);
    const step = f32x4.div(f32x4.mul(m1, a), f32x4.add(f32x4.sqrt(v1), e));
    v128.store(param + o, f32x4.sub(v128.load(param + o), step));
  }
  for (; i < n; i++) {
    const o = (<usize> i) << 2;
    const g = load<f32>(grad + o);
    const m0 = load<f32>(m + o);
    const v0 = load<f32>(v + o);
    const m1 = m0 + (g - m0) * oneMinusBeta1;
    const v1 = v0 + (g * g - v0) * oneMinusBeta2;
    store<f32>(m + o, m1);
    store<f32>(v + o, v1);
    store<f32>(param + o, load<f32>(param + o) - m1 * alpha / (sqrt<f32>(v1) + epsilon));
  }
}
