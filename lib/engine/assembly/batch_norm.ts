// Batch normalisation of [rows, channels] while training, and its gradient. The channels go four at a time.
import { get, put } from "./lanes";

/** Rows that are added up by themselves before they join the total: fewer digits are lost in sums of many thousands. */
const BLOCK: i32 = 256;

// @ts-ignore: decorator
@inline
function addTo(total: usize, part: usize, channels: i32): void {
  for (let c = 0; c < channels; c++) {
    const o = (<usize> c) << 2;
    store<f32>(total + o, load<f32>(total + o) + load<f32>(part + o));
    store<f32>(part + o, 0);
  }
}

// @ts-ignore: decorator
@inline
function scaleAll(x: usize, channels: i32, by: f32): void {
  for (let c = 0; c < channels; c++) {
    const o = (<usize> c) << 2;
    store<f32>(x + o, load<f32>(x + o) * by);
  }
}

/** part += x, or its squared distance from the mean. */
// @ts-ignore: decorator
@inline
function gather(squares: bool, o: usize, four: bool, x: usize, mean: usize, part: usize): void {
  let value = get(x + o, four);
  if (squares) {
    value = f32x4.sub(value, get(mean + o, four));
    value = f32x4.mul(value, value);
  }
  put(part + o, f32x4.add(get(part + o, four), value), four);
}

// @ts-ignore: decorator
@inline
function total(squares: bool, rows: i32, channels: i32, x: usize, mean: usize, out: usize, part: usize): void {
  const end = (<usize> channels) << 2;
  const whole = end & ~15;
  memory.fill(out, 0, end);
  memory.fill(part, 0, end);
  for (let r = 0; r < rows; r++) {
    let o: usize = 0;
    for (; o < whole; o += 16) gather(squares, o, true, x, mean, part);
    for (; o < end; o += 4) gather(squares, o, false, x, mean, part);
    x += end;
    if (r % BLOCK == BLOCK - 1) addTo(out, part, channels);
  }
  addTo(out, part, channels);
  scaleAll(out, channels, 1 / <f32> rows);
}

// @ts-ignore: decorator
@inline
function normalizeAt(o: usize, four: bool, x: usize, mean: usize, factor: usize, beta: usize, y: usize): void {
  let value = f32x4.mul(f32x4.sub(get(x + o, four), get(mean + o, four)), get(factor + o, four));
  if (beta) value = f32x4.add(value, get(beta + o, four));
  put(y + o, value, four);
}

/**
 * y = (x − mean) / √(variance + ε) · gamma + beta, with the mean and variance of the rows, which are given too. gamma and beta
 * may be 0: none. `scratch` holds one row.
 */
export function batchNorm(
  rows: i32,
  channels: i32,
  x: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  y: usize,
  mean: usize,
  variance: usize,
  scratch: usize,
): void {
  total(false, rows, channels, x, mean, mean, scratch);
  total(true, rows, channels, x, mean, variance, scratch);
  for (let c = 0; c < channels; c++) {
    const o = (<usize> c) << 2;
    store<f32>(scratch + o, (gamma ? load<f32>(gamma + o) : 1) / sqrt<f32>(load<f32>(variance + o) + epsilon));
  }
  const end = (<usize> channels) << 2;
  const whole = end & ~15;
  for (let r = 0; r < rows; r++) {
    let o: usize = 0;
    for (; o < whole; o += 16) normalizeAt(o, true, x, mean, scratch, beta, y);
    for (; o < end; o += 4) normalizeAt(o, false, x, mean, scratch, beta, y);
    x += end;
    y += end;
  }
}

// @ts-ignore: decorator
@inline
function gatherGradients(
  o: usize,
  four: bool,
  dy: usize,
  x: usize,
  mean: usize,
  sums: usize,
  products: usize,
): void {
  const d = get(dy + o, four);
  put(sums + o, f32x4.add(get(sums + o, four), d), four);
  const product = f32x4.mul(d, f32x4.sub(get(x + o, four), get(mean + o, four)));
  put(products + o, f32x4.add(get(products + o, four), product), four);
}

// @ts-ignore: decorator
@inline
function gradientAt(
  o: usize,
  four: bool,
  dy: usize,
  x: usize,
  mean: usize,
  dx: usize,
  ofSum: usize,
  ofProduct: usize,
  factor: usize,
): void {
  const centred = f32x4.sub(get(x + o, four), get(mean + o, four));
  const rest = f32x4.add(get(ofSum + o, four), f32x4.mul(centred, get(ofProduct + o, four)));
  put(dx + o, f32x4.mul(f32x4.sub(get(dy + o, four), rest), get(factor + o, four)), four);
}

/** The gradients of batchNorm with respect to x, gamma and beta. `scratch` holds three rows. */
export function batchNormGradient(
  rows: i32,
  channels: i32,
  dy: usize,
  x: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  epsilon: f32,
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  scratch: usize,
): void {
  const end = (<usize> channels) << 2;
  const whole = end & ~15;
  const sums = scratch;
  const products = scratch + end;
  const factor = products + end;
  memory.fill(dgamma, 0, end);
  memory.fill(dbeta, 0, end);
  memory.fill(scratch, 0, 2 * end);
  let d = dy;
  let at = x;
  for (let r = 0; r < rows; r++) {
    let o: usize = 0;
    for (; o < whole; o += 16) gatherGradients(o, true, d, at, mean, sums, products);
    for (; o < end; o += 4) gatherGradients(o, false, d, at, mean, sums, products);
    d += end;
    at += end;
    if (r % BLOCK == BLOCK - 1) {
      addTo(dbeta, sums, channels);
      addTo(dgamma, products, channels);
    }
  }
  addTo(dbeta, sums, channels);
  addTo(dgamma, products, channels);
  const share: f32 = 1 / <f32> rows;
  for (let c = 0; c < channels; c++) {
    const o = (<usize> c) << 2;
    const inverse: f32 = 1 / sqrt<f32>(load<f32>(variance + o) + epsilon);
    store<f32>(sums + o, load<f32>(dbeta + o) * share);
    store<f32>(products + o, load<f32>(dgamma + o) * share * inverse * inverse);
    store<f32>(factor + o, (gamma ? load<f32>(gamma + o) : 1) * inverse);
    store<f32>(dgamma + o, load<f32>(dgamma + o) * inverse);
  }
  for (let r = 0; r < rows; r++) {
    let o: usize = 0;
    for (; o < whole; o += 16) gradientAt(o, true, dy, x, mean, dx, sums, products, factor);
    for (; o < end; o += 4) gradientAt(o, false, dy, x, mean, dx, sums, products, factor);
    dy += end;
    x += end;
    dx += end;
  }
}
