// Depthwise convolution: every channel has windows of its own, `multiplier` of them. Its two gradients walk the same way.
//
// x is [images, height, width, channels], the filter [kernel height, kernel width, channels, multiplier], y [images, out
// height, out width, channels · multiplier]. Whatever is asked for, it is the sum of the products of the other two.
import { madd } from "./exponential";

const FORWARD: i32 = 0;
const INPUT: i32 = 1;
const FILTER: i32 = 2;

/** target += a · b for one place in the window, all channels. */
// @ts-ignore: decorator
@inline
function place(kind: i32, channels: i32, multiplier: i32, x: usize, f: usize, y: usize): void {
  if (multiplier == 1) {
    let c = channels;
    for (; c >= 4; c -= 4) {
      if (kind == FORWARD) v128.store(y, madd(v128.load(x), v128.load(f), v128.load(y)));
      else if (kind == INPUT) v128.store(x, madd(v128.load(y), v128.load(f), v128.load(x)));
      else v128.store(f, madd(v128.load(x), v128.load(y), v128.load(f)));
      x += 16;
      f += 16;
      y += 16;
    }
    for (; c > 0; c--) {
      if (kind == FORWARD) store<f32>(y, load<f32>(y) + load<f32>(x) * load<f32>(f));
      else if (kind == INPUT) store<f32>(x, load<f32>(x) + load<f32>(y) * load<f32>(f));
      else store<f32>(f, load<f32>(f) + load<f32>(x) * load<f32>(y));
      x += 4;
      f += 4;
      y += 4;
    }
    return;
  }
  for (let c = 0; c < channels; c++) {
    for (let m = 0; m < multiplier; m++) {
      if (kind == FORWARD) store<f32>(y, load<f32>(y) + load<f32>(x) * load<f32>(f));
      else if (kind == INPUT) store<f32>(x, load<f32>(x) + load<f32>(y) * load<f32>(f));
      else store<f32>(f, load<f32>(f) + load<f32>(x) * load<f32>(y));
      f += 4;
      y += 4;
    }
    x += 4;
  }
}

// @ts-ignore: decorator
@inline
function walk(
  kind: i32, x: usize, filter: usize, y: usize, images: i32, height: i32, width: i32, channels: i32, multiplier: i32,
  kernelHeight: i32, kernelWidth: i32, outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32,
  dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
): void {
  const xPixel = (<usize> channels) << 2;
  const yPixel = (<usize> (channels * multiplier)) << 2;
  for (let b = 0; b < images; b++) {
    for (let oh = 0; oh < outHeight; oh++) {
      for (let ow = 0; ow < outWidth; ow++) {
        for (let kh = 0; kh < kernelHeight; kh++) {
          const i = oh * strideHeight - top + kh * dilationHeight;
          if (i < 0 || i >= height) continue;
          for (let kw = 0; kw < kernelWidth; kw++) {
            const j = ow * strideWidth - left + kw * dilationWidth;
            if (j < 0 || j >= width) continue;
            const at = x + <usize> (i * width + j) * xPixel;
            place(kind, channels, multiplier, at, filter + <usize> (kh * kernelWidth + kw) * yPixel, y);
          }
        }
        y += yPixel;
      }
    }
    x += <usize> (height * width) * xPixel;
  }
}

/** y += x ∗ filter. */
export function depthwise(
  x: usize, filter: usize, y: usize, images: i32, height: i32, width: i32, channels: i32, multiplier: i32,
  kernelHeight: i32, kernelWidth: i32, outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32,
  dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
): void {
  walk(
    FORWARD, x, filter, y, images, height, width, channels, multiplier, kernelHeight, kernelWidth, outHeight,
    outWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left,
  );
}

/** x += what dy and the filter give for it. */
export function depthwiseInputGradient(
  x: usize, filter: usize, y: usize, images: i32, height: i32, width: i32, channels: i32, multiplier: i32,
  kernelHeight: i32, kernelWidth: i32, outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32,
  dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
): void {
  walk(
    INPUT, x, filter, y, images, height, width, channels, multiplier, kernelHeight, kernelWidth, outHeight, outWidth,
    strideHeight, strideWidth, dilationHeight, dilationWidth, top, left,
  );
}

/** filter += what x and dy give for it. */
export function depthwiseFilterGradient(
  x: usize, filter: usize, y: usize, images: i32, height: i32, width: i32, channels: i32, multiplier: i32,
  kernelHeight: i32, kernelWidth: i32, outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32,
  dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
): void {
  walk(
    FILTER, x, filter, y, images, height, width, channels, multiplier, kernelHeight, kernelWidth, outHeight, outWidth,
    strideHeight, strideWidth, dilationHeight, dilationWidth, top, left,
  );
}
