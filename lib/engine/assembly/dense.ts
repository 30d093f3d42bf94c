// What follows a dense layer's product, in one pass: bias and activation forward, their gradients backward.
import { sigmoid4, tanh4 } from "./exponential";

const LINEAR: i32 = 0;
const RELU: i32 = 1;
const SIGMOID: i32 = 2;
const TANH: i32 = 3;

// @ts-ignore: decorator
@inline
function activate4(x: v128, kind: i32): v128 {
  if (kind == LINEAR) return x;
  // pmax(a, b) is a unless a < b: a NaN goes on.
  if (kind == RELU) return f32x4.pmax(x, f32x4.splat(0));
  if (kind == SIGMOID) return sigmoid4(x);
  return tanh4(x);
}

/** y[r, c] = activation(y[r, c] + bias[c]), where it lies. `scratch` holds 16 bytes for what does not fill a vector. */
export function biasActivation(y: usize, bias: usize, rows: i32, columns: i32, kind: i32, scratch: usize): void {
  if (kind == LINEAR) biasActivationOf(y, bias, rows, columns, LINEAR, scratch);
  else if (kind == RELU) biasActivationOf(y, bias, rows, columns, RELU, scratch);
  else if (kind == SIGMOID) biasActivationOf(y, bias, rows, columns, SIGMOID, scratch);
  else biasActivationOf(y, bias, rows, columns, TANH, scratch);
}

// @ts-ignore: decorator
@inline
function biasActivationOf(y: usize, bias: usize, rows: i32, columns: i32, kind: i32, scratch: usize): void {
  for (let r = 0; r < rows; r++) {
    let c = 0;
    // Four at a time share what an exponential needs of constants, and hide each other's latency.
    for (; c + 16 <= columns; c += 16) {
      const at = y + ((<usize> c) << 2);
      const by = bias + ((<usize> c) << 2);
      const y0 = activate4(f32x4.add(v128.load(at), v128.load(by)), kind);
      const y1 = activate4(f32x4.add(v128.load(at, 16), v128.load(by, 16)), kind);
      const y2 = activate4(f32x4.add(v128.load(at, 32), v128.load(by, 32)), kind);
      const y3 = activate4(f32x4.add(v128.load(at, 48), v128.load(by, 48)), kind);
      v128.store(at, y0);
      v128.store(at, y1, 16);
      v128.store(at, y2, 32);
      v128.store(at, y3, 48);
    }
    for (; c + 4 <= columns; c += 4) {
      const o = (<usize> c) << 2;
      v128.store(y + o, activate4(f32x4.add(v128.load(y + o), v128.load(bias + o)), kind));
    }
    if (c < columns) {
      const left = columns - c;
      for (let k = 0; k < left; k++) {
        const o = (<usize> (c + k)) << 2;
        store<f32>(scratch + ((<usize> k) << 2), load<f32>(y + o) + load<f32>(bias + o));
      }
      v128.store(scratch, activate4(v128.load(scratch), kind));
      for (let k = 0; k < left; k++) {
        store<f32>(y + ((<usize> (c + k)) << 2), load<f32>(scratch + ((<usize> k) << 2)));
      }
    }
    y += (<usize> columns) << 2;
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
