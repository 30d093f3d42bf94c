// Written by scripts/build_kernels.ts.
export interface NativeKernels {
  abs(n: number, x: number, out: number): void;
  activationBiasGradient(dy: number, y: number, dz: number, dbias: number, rows: number, columns: number, kind: number): void;
  adam(n: number, param: number, grad: number, m: number, v: number, alpha: number, oneMinusBeta1: number, oneMinusBeta2: number, epsilon: number): void;
  add(r: number, c: number, a: number, ar: number, as: number, b: number, br: number, bs: number, o: number): void;
  argMax(outer: number, n: number, x: number, out: number): void;
  biasActivation(y: number, bias: number, rows: number, columns: number, kind: number, scratch: number): void;
  boolToFloat(n: number, x: number, out: number): void;
  div(r: number, c: number, a: number, ar: number, as: number, b: number, br: number, bs: number, o: number): void;
  equalFloats(n: number, a: number, b: number, out: number): void;
  equalWords(n: number, a: number, b: number, out: number): void;
  exp(n: number, x: number, out: number): void;
  fill(n: number, value: number, out: number): void;
  gemmPacked(transposeA: boolean, transposeB: boolean, m: number, n: number, k: number, a: number, b: number, c: number, beta: number, scratch: number): void;
  gemmScratchBytes(): number;
  gemmSmall(transposeA: boolean, transposeB: boolean, m: number, n: number, k: number, a: number, b: number, c: number, beta: number): void;
  intToFloat(n: number, x: number, out: number): void;
  log(n: number, x: number, out: number): void;
  max(outer: number, n: number, inner: number, x: number, out: number): void;
  maximum(r: number, c: number, a: number, ar: number, as: number, b: number, br: number, bs: number, o: number): void;
  minimum(r: number, c: number, a: number, ar: number, as: number, b: number, br: number, bs: number, o: number): void;
  mul(r: number, c: number, a: number, ar: number, as: number, b: number, br: number, bs: number, o: number): void;
  neg(n: number, x: number, out: number): void;
  relu(n: number, x: number, out: number): void;
  sgd(n: number, param: number, grad: number, rate: number): void;
  sgdMomentum(n: number, param: number, grad: number, momentum: number, rate: number, decay: number, nesterov: number): void;
  sigmoid(n: number, x: number, out: number): void;
  softmax(rows: number, n: number, x: number, out: number): void;
  softmaxCrossEntropy(rows: number, n: number, t: number, z: number, loss: number, gradient: number): void;
  sparseSoftmaxCrossEntropy(rows: number, n: number, t: number, z: number, loss: number, gradient: number): void;
  sqrt(n: number, x: number, out: number): void;
  square(n: number, x: number, out: number): void;
  squaredDifference(r: number, c: number, a: number, ar: number, as: number, b: number, br: number, bs: number, o: number): void;
  sub(r: number, c: number, a: number, ar: number, as: number, b: number, br: number, bs: number, o: number): void;
  sum(outer: number, n: number, inner: number, x: number, out: number, scale: number): void;
  tanh(n: number, x: number, out: number): void;
}
