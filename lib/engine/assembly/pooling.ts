// Pooling over windows of [images, depth, height, width, channels], four channels at a time, and its gradients.
// Positions outside the images take no part: an average is over those inside.
import { get, larger, put } from "./lanes";

const MAX: i32 = 0;
const AVERAGE: i32 = 1;
const MAX_GRADIENT: i32 = 2;
const AVERAGE_GRADIENT: i32 = 3;

/** What one number of a window does: `x` and `dx` point to it, in four channels or one. */
// @ts-ignore: decorator
@inline
function visit(
  kind: i32, fresh: bool, four: bool, x: usize, dx: usize, so: v128, given: v128, largest: v128,
): v128 {
  if (kind == MAX) return larger(get(x, four), so);
  if (kind == AVERAGE) return f32x4.add(so, get(x, four));
  if (kind == AVERAGE_GRADIENT) {
    put(dx, fresh ? given : f32x4.add(get(dx, four), given), four);
    return so;
  }
  // The first of equals takes it all; where the largest is NaN, it is the first NaN. `so` marks who still waits for it.
  const here = get(x, four);
  const same = v128.or(f32x4.eq(here, largest), v128.and(f32x4.ne(here, here), f32x4.ne(largest, largest)));
  const share = v128.and(given, v128.and(same, so));
  put(dx, fresh ? share : f32x4.add(get(dx, four), share), four);
  return v128.andnot(so, same);
}

/** One window, for four channels or one: `x` and `y` (and `dx`, `dy`) point to the channel in image and output. */
// @ts-ignore: decorator
@inline
function window(
  kind: i32, fresh: bool, four: bool, x: usize, y: usize, dx: usize, dy: usize, depth: i32, height: i32, width: i32,
  plane: usize, row: usize, pixel: usize,
): void {
  const share: f32 = 1 / <f32> (depth * height * width);
  let so = f32x4.splat(kind == MAX ? -Infinity : 0);
  let given = so;
  let largest = so;
  if (kind == MAX_GRADIENT) {
    given = get(dy, four);
    largest = get(y, four);
    so = i32x4.splat(-1);
  } else if (kind == AVERAGE_GRADIENT) given = f32x4.mul(get(dy, four), f32x4.splat(share));
  if (depth == 1 && height == 2 && width == 2) {
    so = visit(kind, fresh, four, x, dx, so, given, largest);
    so = visit(kind, fresh, four, x + pixel, dx + pixel, so, given, largest);
    so = visit(kind, fresh, four, x + row, dx + row, so, given, largest);
    so = visit(kind, fresh, four, x + row + pixel, dx + row + pixel, so, given, largest);
  } else {
    for (let z = 0; z < depth; z++) {
      for (let i = 0; i < height; i++) {
        let at = <usize> z * plane + <usize> i * row;
        for (let j = 0; j < width; j++) {
          so = visit(kind, fresh, four, x + at, dx + at, so, given, largest);
          at += pixel;
        }
      }
    }
  }
  if (kind == MAX) put(y, so, four);
  else if (kind == AVERAGE) put(y, f32x4.mul(so, f32x4.splat(share)), four);
}

// @ts-ignore: decorator
@inline
function pool(
  kind: i32, fresh: bool, x: usize, y: usize, dx: usize, dy: usize, images: i32, depth: i32, height: i32, width: i32,
  channels: i32, kernelDepth: i32, kernelHeight: i32, kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32,
  strideDepth: i32, strideHeight: i32, strideWidth: i32, front: i32, top: i32, left: i32,
): void {
  const pixel = (<usize> channels) << 2;
  const row = <usize> width * pixel;
  const plane = <usize> height * row;
  const image = <usize> depth * plane;
  for (let b = 0; b < images; b++) {
    for (let od = 0; od < outDepth; od++) {
      const d0 = max(0, od * strideDepth - front);
      const d1 = min(depth, od * strideDepth - front + kernelDepth);
      for (let oh = 0; oh < outHeight; oh++) {
        const h0 = max(0, oh * strideHeight - top);
        const h1 = min(height, oh * strideHeight - top + kernelHeight);
        for (let ow = 0; ow < outWidth; ow++) {
          const w0 = max(0, ow * strideWidth - left);
          const w1 = min(width, ow * strideWidth - left + kernelWidth);
          const at = <usize> d0 * plane + <usize> h0 * row + <usize> w0 * pixel;
          const dn = d1 - d0;
          const hn = h1 - h0;
          const wn = w1 - w0;
          let c = 0;
          for (; c + 4 <= channels; c += 4) {
            const o = at + ((<usize> c) << 2);
            window(kind, fresh, true, x + o, y, dx + o, dy, dn, hn, wn, plane, row, pixel);
            y += 16;
            dy += 16;
          }
          for (; c < channels; c++) {
            const o = at + ((<usize> c) << 2);
            window(kind, fresh, false, x + o, y, dx + o, dy, dn, hn, wn, plane, row, pixel);
            y += 4;
            dy += 4;
          }
        }
      }
    }
    x += image;
    dx += image;
  }
}

/** The largest of each window; NaN if there is one. */
export function maxPool(
  x: usize, y: usize, images: i32, depth: i32, height: i32, width: i32, channels: i32, kernelDepth: i32,
  kernelHeight: i32, kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32, strideDepth: i32, strideHeight: i32,
  strideWidth: i32, front: i32, top: i32, left: i32,
): void {
  pool(
    MAX, false, x, y, 0, 0, images, depth, height, width, channels, kernelDepth, kernelHeight, kernelWidth, outDepth,
    outHeight, outWidth, strideDepth, strideHeight, strideWidth, front, top, left,
  );
}

/** The mean of each window. */
export function averagePool(
  x: usize, y: usize, images: i32, depth: i32, height: i32, width: i32, channels: i32, kernelDepth: i32,
  kernelHeight: i32, kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32, strideDepth: i32, strideHeight: i32,
  strideWidth: i32, front: i32, top: i32, left: i32,
): void {
  pool(
    AVERAGE, false, x, y, 0, 0, images, depth, height, width, channels, kernelDepth, kernelHeight, kernelWidth,
    outDepth, outHeight, outWidth, strideDepth, strideHeight, strideWidth, front, top, left,
  );
}

/** dx += dy at the largest of each window; with `fresh`, for windows apart from each other, dx is written anew there. */
export function maxPoolGradient(
  fresh: bool, x: usize, y: usize, dx: usize, dy: usize, images: i32, depth: i32, height: i32, width: i32,
  channels: i32, kernelDepth: i32, kernelHeight: i32, kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32,
  strideDepth: i32, strideHeight: i32, strideWidth: i32, front: i32, top: i32, left: i32,
): void {
  if (fresh) {
    pool(
      MAX_GRADIENT, true, x, y, dx, dy, images, depth, height, width, channels, kernelDepth, kernelHeight,
      kernelWidth, outDepth, outHeight, outWidth, strideDepth, strideHeight, strideWidth, front, top, left,
    );
  } else {
    pool(
      MAX_GRADIENT, false, x, y, dx, dy, images, depth, height, width, channels, kernelDepth, kernelHeight,
      kernelWidth, outDepth, outHeight, outWidth, strideDepth, strideHeight, strideWidth, front, top, left,
    );
  }
}

/** dx += dy, shared among each window; `fresh` as in maxPoolGradient. */
export function averagePoolGradient(
  fresh: bool, dx: usize, dy: usize, images: i32, depth: i32, height: i32, width: i32, channels: i32,
  kernelDepth: i32, kernelHeight: i32, kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32, strideDepth: i32,
  strideHeight: i32, strideWidth: i32, front: i32, top: i32, left: i32,
): void {
  if (fresh) {
    pool(
      AVERAGE_GRADIENT, true, 0, 0, dx, dy, images, depth, height, width, channels, kernelDepth, kernelHeight,
      kernelWidth, outDepth, outHeight, outWidth, strideDepth, strideHeight, strideWidth, front, top, left,
    );
  } else {
    pool(
      AVERAGE_GRADIENT, false, 0, 0, dx, dy, images, depth, height, width, channels, kernelDepth, kernelHeight,
      kernelWidth, outDepth, outHeight, outWidth, strideDepth, strideHeight, strideWidth, front, top, left,
    );
  }
}
