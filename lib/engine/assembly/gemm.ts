// C = op(A) · op(B) + beta · C, row-major float32, for where there is no BLAS.
//
// As BLIS does it: blocks of A and B are copied into panels that the innermost loop reads from end to end.
import { MR, NR, tile } from "./gemm_tile";

/** A block of A, MC × KC, stays in the second-level cache; a panel of B, KC × NR, in the first. */
const KC: i32 = 400;
const MC: i32 = 120;
const NC: i32 = 1024;

/** Bytes of scratch memory that {@linkcode gemmPacked} needs: the block of A, that of B, and one tile. */
export function gemmScratchBytes(): i32 {
  return (MC * KC + NC * KC + MR * NR) << 2;
}

/** Copies a matrix block, `width` of whose lines lie `stride` bytes apart, into a panel of `full` numbers for each p. */
// @ts-ignore: decorator
@inline
function packAlong(k: i32, width: i32, full: i32, from: usize, stride: usize, to: usize): void {
  // The lines run along p: lay four of them crosswise at a time.
  let line = 0;
  for (; line + 4 <= width; line += 4) {
    const s0 = from + <usize> line * stride;
    const s1 = s0 + stride;
    const s2 = s1 + stride;
    const s3 = s2 + stride;
    let t = to + ((<usize> line) << 2);
    let p = 0;
    for (; p + 4 <= k; p += 4) {
      const o = (<usize> p) << 2;
      const x0 = v128.load(s0 + o);
      const x1 = v128.load(s1 + o);
      const x2 = v128.load(s2 + o);
      const x3 = v128.load(s3 + o);
      const l0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
      const l1 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
      const h0 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
      const h1 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
      const step = (<usize> full) << 2;
      v128.store(t, v128.shuffle<f64>(l0, l1, 0, 2));
      v128.store(t + step, v128.shuffle<f64>(l0, l1, 1, 3));
      v128.store(t + 2 * step, v128.shuffle<f64>(h0, h1, 0, 2));
      v128.store(t + 3 * step, v128.shuffle<f64>(h0, h1, 1, 3));
      t += 4 * step;
    }
    for (; p < k; p++) {
      const o = (<usize> p) << 2;
      store<f32>(t, load<f32>(s0 + o));
      store<f32>(t, load<f32>(s1 + o), 4);
      store<f32>(t, load<f32>(s2 + o), 8);
      store<f32>(t, load<f32>(s3 + o), 12);
      t += (<usize> full) << 2;
    }
  }
  for (; line < full; line++) {
    const s = from + <usize> line * stride;
    let t = to + ((<usize> line) << 2);
    for (let p = 0; p < k; p++) {
      store<f32>(t, line < width ? load<f32>(s + ((<usize> p) << 2)) : 0);
      t += (<usize> full) << 2;
    }
  }
}

/** As packAlong for lines that run across: the `width` numbers of one p lie side by side, the next p `stride` bytes on. */
// @ts-ignore: decorator
@inline
function packAcross(k: i32, width: i32, full: i32, from: usize, stride: usize, to: usize): void {
  const end = to + ((<usize> (full * k)) << 2);
  if (width == full) {
    for (; to != end; from += stride) {
      v128.store(to, v128.load(from));
      to += 16;
      if (full == 8) {
        v128.store(to, v128.load(from, 16));
        to += 16;
      } else {
        store<f32>(to, load<f32>(from, 16));
        to += 4;
      }
    }
  } else {
    for (; to != end; from += stride) {
      for (let i = 0; i < full; i++) {
        store<f32>(to, i < width ? load<f32>(from + ((<usize> i) << 2)) : 0);
        to += 4;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function packA(transposed: bool, m: i32, k: i32, a: usize, row: usize, to: usize): void {
  for (let i = 0; i < m; i += MR) {
    const width = min(MR, m - i);
    if (transposed) packAcross(k, width, MR, a + ((<usize> i) << 2), row, to);
    else packAlong(k, width, MR, a + <usize> i * row, row, to);
    to += (<usize> (MR * k)) << 2;
  }
}

// @ts-ignore: decorator
@inline
function packB(transposed: bool, k: i32, n: i32, b: usize, row: usize, to: usize): void {
  for (let j = 0; j < n; j += NR) {
    const width = min(NR, n - j);
    if (transposed) packAlong(k, width, NR, b + <usize> j * row, row, to);
    else packAcross(k, width, NR, b + ((<usize> j) << 2), row, to);
    to += (<usize> (NR * k)) << 2;
  }
}

/**
 * One block of C from packed blocks of A and B. Number (i, j) of C is at `c + i·row + 4j`, with `across` at `c + j·row + 4i`.
 *
 * `spare` holds a tile for the ragged right and lower edges.
 */
function multiplyBlocks(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  row: usize,
  across: bool,
  add: bool,
  spare: usize,
): void {
  const aPanel = (<usize> (MR * k)) << 2;
  const bPanel = (<usize> (NR * k)) << 2;
  const down: usize = across ? 4 : row;
  const right: usize = across ? row : 4;
  for (let j = 0; j < n; j += NR) {
    const columns = min(NR, n - j);
    let ap = a;
    for (let i = 0; i < m; i += MR) {
      const rows = min(MR, m - i);
      const to = c + <usize> i * down + <usize> j * right;
      const whole = rows == MR && columns == NR;
      tile(k, ap, b, whole ? to : spare, whole ? row : NR << 2, whole && add, whole && across);
      if (!whole) {
        for (let r = 0; r < rows; r++) {
          for (let s = 0; s < columns; s++) {
            const at = to + <usize> r * down + <usize> s * right;
            const value = load<f32>(spare + ((<usize> (r * NR + s)) << 2));
            store<f32>(at, add ? load<f32>(at) + value : value);
          }
        }
      }
      ap += aPanel;
    }
    b += bPanel;
  }
}

function scale(n: i32, c: usize, by: f32): void {
  // Zero times what is there would keep a NaN of unused memory.
  if (by == 0) memory.fill(c, 0, (<usize> n) << 2);
  else if (by != 1) {
    for (let i = 0; i < n; i++) {
      const at = c + ((<usize> i) << 2);
      store<f32>(at, load<f32>(at) * by);
    }
  }
}

/** The product by panels; `scratch` holds gemmScratchBytes. */
export function gemmPacked(
  transposeA: bool,
  transposeB: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  beta: f32,
  scratch: usize,
): void {
  gemmPart(transposeA, transposeB, m, n, k, a, transposeA ? m : k, b, transposeB ? k : n, c, n, beta, scratch);
}

/**
 * As gemmPacked for parts of larger matrices, whose lines are `aLine`, `bLine` and `cLine` numbers apart.
 *
 * Cutting C into parts does not change what comes out: each number of C is summed in the same order.
 */
export function gemmPart(
  transposeA: bool,
  transposeB: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aLine: i32,
  b: usize,
  bLine: i32,
  c: usize,
  cLine: i32,
  beta: f32,
  scratch: usize,
): void {
  const aRow = (<usize> aLine) << 2;
  const bRow = (<usize> bLine) << 2;
  const cRow = (<usize> cLine) << 2;
  if (k == 0 || (beta != 0 && beta != 1)) {
    for (let i = 0; i < m; i++) scale(n, c + <usize> i * cRow, beta);
  }
  const add = beta != 0;
  if (isBetterAcross(m, n, k)) {
    addBlocks(!transposeB, !transposeA, n, m, k, b, bRow, a, aRow, c, cRow, true, add, scratch);
  } else addBlocks(transposeA, transposeB, m, n, k, a, aRow, b, bRow, c, cRow, false, add, scratch);
}

/**
 * Whether Bᵀ · Aᵀ, written down across, is computed sooner than A · B: it may fit whole tiles better.
 *
 * To write a tile down across takes as long as some 3 more numbers of k.
 */
export function isBetterAcross(m: i32, n: i32, k: i32): bool {
  return padded(n, MR) * padded(m, NR) * <i64> (k + 3) < padded(m, MR) * padded(n, NR) * <i64> k;
}

/** A length filled up to whole tiles. */
// @ts-ignore: decorator
@inline
function padded(length: i32, by: i32): i64 {
  return <i64> ((length + by - 1) / by * by);
}

/** C block by block, each summed up over pieces of k. */
function addBlocks(
  transposeA: bool,
  transposeB: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  across: bool,
  addFirst: bool,
  scratch: usize,
): void {
  const bBlock = scratch + ((<usize> (MC * KC)) << 2);
  const spare = bBlock + ((<usize> (NC * KC)) << 2);
  // Pieces of k of about the same length: a short last one would not be worth a pass over C.
  const pieces = (k + KC - 1) / KC;
  const piece = pieces > 0 ? (k + pieces - 1) / pieces : 1;
  for (let j = 0; j < n; j += NC) {
    const nc = min(NC, n - j);
    for (let p = 0; p < k; p += piece) {
      const kc = min(piece, k - p);
      const add = p > 0 || addFirst;
      const bAt = transposeB ? b + <usize> j * bRow + ((<usize> p) << 2) : b + <usize> p * bRow + ((<usize> j) << 2);
      packB(transposeB, kc, nc, bAt, bRow, bBlock);
      for (let i = 0; i < m; i += MC) {
        const mc = min(MC, m - i);
        const aAt = transposeA ? a + <usize> p * aRow + ((<usize> i) << 2) : a + <usize> i * aRow + ((<usize> p) << 2);
        packA(transposeA, mc, kc, aAt, aRow, scratch);
        const to = across ? c + <usize> j * cRow + ((<usize> i) << 2) : c + <usize> i * cRow + ((<usize> j) << 2);
        multiplyBlocks(mc, nc, kc, scratch, bBlock, to, cRow, across, add, spare);
      }
    }
  }
}
