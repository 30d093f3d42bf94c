// What follows a dense layer's product, in one pass: bias and activation forward, their gradients backward.
import { sigmoids, tanhs } from "./saturating";

const LINEAR: i32 = 0;
const RELU: i32 = 1;
const SIGMOID: i32 = 2;
const TANH: i32 = 3;

/** `y[r, c] = activation(y[r, c] + bias[c])`, where it lies, for columns of a matrix whose rows are `line` numbers long. */
export function biasActivation(y: usize, bias: usize, rows: i32, columns: i32, line: i32, kind: i32): void {
  for (let r = 0; r < rows; r++) {
    if (kind == LINEAR) sums(columns, y, bias, false);
    else if (kind == RELU) sums(columns, y, bias, true);
    else if (kind == SIGMOID) sigmoids(columns, y, bias, y, true);
    else tanhs(columns, y, bias, y, true);
    y += (<usize> line) << 2;
  }
}

// @ts-ignore: decorator
@inline
function sums(n: i32, y: usize, bias: usize, positive: bool): void {
  const end = y + ((<usize> n) << 2);
  for (; y + 16 <= end; y += 16) {
    const sum = f32x4.add(v128.load(y), v128.load(bias));
    // pmax(a, b) is a unless a < b: a NaN goes on.
    v128.store(y, positive ? f32x4.pmax(sum, f32x4.splat(0)) : sum);
    bias += 16;
  }
  for (; y < end; y += 4) {
    const sum = load<f32>(y) + load<f32>(bias);
    store<f32>(y, positive && sum < 0 ? 0 : sum);
    bias += 4;
  }
}

// @ts-ignore: decorator
@inline
function gradient4(dy: v128, y: v128, kind: i32): v128 {
  if (kind == LINEAR) return dy;
  if (kind == RELU) return v128.and(dy, f32x4.gt(y, f32x4.splat(0)));
  const one = f32x4.splat(1);
  if (kind == SIGMOID) return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(one, y)));
  return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y)));
}

// @ts-ignore: decorator
@inline
function gradient(dy: f32, y: f32, kind: i32): f32 {
  if (kind == LINEAR) return dy;
  if (kind == RELU) return y > 0 ? dy : 0;
  if (kind == SIGMOID) return dy * (y * (1 - y));
  return dy * (1 - y * y);
}

/** dz = dy · activation′, and dbias[c] = Σ dz[·, c], for columns of matrices whose rows are `line` numbers long. */
export function activationBiasGradient(
  dy: usize,
  y: usize,
  dz: usize,
  dbias: usize,
  rows: i32,
  columns: i32,
  line: i32,
  kind: i32,
): void {
  if (kind == LINEAR) activationBiasGradientOf(dy, y, dz, dbias, rows, columns, line, LINEAR);
  else if (kind == RELU) activationBiasGradientOf(dy, y, dz, dbias, rows, columns, line, RELU);
  else if (kind == SIGMOID) activationBiasGradientOf(dy, y, dz, dbias, rows, columns, line, SIGMOID);
  else activationBiasGradientOf(dy, y, dz, dbias, rows, columns, line, TANH);
}

// @ts-ignore: decorator
@inline
function activationBiasGradientOf(
  dy: usize,
  y: usize,
  dz: usize,
  dbias: usize,
  rows: i32,
  columns: i32,
  line: i32,
  kind: i32,
): void {
  memory.fill(dbias, 0, (<usize> columns) << 2);
  for (let r = 0; r < rows; r++) {
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const o = (<usize> c) << 2;
      const d = gradient4(v128.load(dy + o), v128.load(y + o), kind);
      v128.store(dz + o, d);
      v128.store(dbias + o, f32x4.add(v128.load(dbias + o), d));
    }
    for (; c < columns; c++) {
      const o = (<usize> c) << 2;
      const d = gradient(load<f32>(dy + o), load<f32>(y + o), kind);
      store<f32>(dz + o, d);
      store<f32>(dbias + o, load<f32>(dbias + o) + d);
    }
    const row = (<usize> line) << 2;
    dy += row;
    y += row;
    dz += row;
  }
}
