// Images [images, height, width, channels] in another size, and the gradients.
import { madd } from "./exponential";
import { get, put, wholeBytes } from "./lanes";

/** The place in the old image that a row (or column) of the new one looks at; with `half`, pixels' centres correspond. */
// @ts-ignore: decorator
@inline
function source(at: i32, ratio: f32, half: bool): f32 {
  return half ? (<f32> at + 0.5) * ratio - 0.5 : <f32> at * ratio;
}

/** One pixel between four, for four channels or one; back: its gradient shared among the four. */
// @ts-ignore: decorator
@inline
function between(
  back: bool,
  four: bool,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  out: usize,
  down: v128,
  right: v128,
): void {
  if (!back) {
    const p = get(a, four);
    const q = get(c, four);
    const top = madd(f32x4.sub(get(b, four), p), right, p);
    const bottom = madd(f32x4.sub(get(d, four), q), right, q);
    put(out, madd(f32x4.sub(bottom, top), down, top), four);
    return;
  }
  const one = f32x4.splat(1);
  const given = get(out, four);
  const lower = f32x4.mul(given, down);
  const upper = f32x4.sub(given, lower);
  const left = f32x4.sub(one, right);
  put(a, madd(upper, left, get(a, four)), four);
  put(b, madd(upper, right, get(b, four)), four);
  put(c, madd(lower, left, get(c, four)), four);
  put(d, madd(lower, right, get(d, four)), four);
}

// @ts-ignore: decorator
@inline
function bilinear(
  back: bool,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  ratioHeight: f32,
  ratioWidth: f32,
  half: bool,
  x: usize,
  y: usize,
): void {
  const pixel = (<usize> channels) << 2;
  const row = <usize> width * pixel;
  const whole = wholeBytes(channels);
  for (let b = 0; b < images; b++) {
    for (let i = 0; i < outHeight; i++) {
      const v = source(i, ratioHeight, half);
      const top = max(0, <i32> floor(v));
      const bottom = max(0, min(height - 1, <i32> ceil(v)));
      const down = f32x4.splat(v < 0 ? 0 : v - <f32> top);
      for (let j = 0; j < outWidth; j++) {
        const u = source(j, ratioWidth, half);
        const left = max(0, <i32> floor(u));
        const right = max(0, min(width - 1, <i32> ceil(u)));
        const along = f32x4.splat(u < 0 ? 0 : u - <f32> left);
        const p = x + <usize> top * row + <usize> left * pixel;
        const q = x + <usize> top * row + <usize> right * pixel;
        const r = x + <usize> bottom * row + <usize> left * pixel;
        const s = x + <usize> bottom * row + <usize> right * pixel;
        let o: usize = 0;
        for (; o < whole; o += 16) between(back, true, p + o, q + o, r + o, s + o, y + o, down, along);
        for (; o < pixel; o += 4) between(back, false, p + o, q + o, r + o, s + o, y + o, down, along);
        y += pixel;
      }
    }
    x += <usize> height * row;
  }
}

/** y = x in another size, bilinear. */
export function resizeBilinear(
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  ratioHeight: f32,
  ratioWidth: f32,
  half: bool,
  x: usize,
  y: usize,
): void {
  bilinear(false, images, height, width, channels, outHeight, outWidth, ratioHeight, ratioWidth, half, x, y);
}

/** dx += the gradient of resizeBilinear. */
export function resizeBilinearGradient(
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  ratioHeight: f32,
  ratioWidth: f32,
  half: bool,
  dx: usize,
  dy: usize,
): void {
  bilinear(true, images, height, width, channels, outHeight, outWidth, ratioHeight, ratioWidth, half, dx, dy);
}

/** The row (or column) of the old image that one of the new takes its numbers from. */
// @ts-ignore: decorator
@inline
function nearestTo(at: i32, ratio: f32, round: bool, half: bool, last: i32): i32 {
  const place = half ? (<f32> at + 0.5) * ratio : <f32> at * ratio;
  // As JavaScript rounds: halves up.
  const whole = <i32> floor(round ? place + 0.5 : place);
  return max(0, min(last, whole));
}

// @ts-ignore: decorator
@inline
function nearest(
  back: bool,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  ratioHeight: f32,
  ratioWidth: f32,
  round: bool,
  half: bool,
  x: usize,
  y: usize,
): void {
  const pixel = (<usize> channels) << 2;
  const row = <usize> width * pixel;
  const whole = wholeBytes(channels);
  for (let b = 0; b < images; b++) {
    for (let i = 0; i < outHeight; i++) {
      const line = x + <usize> nearestTo(i, ratioHeight, round, half, height - 1) * row;
      for (let j = 0; j < outWidth; j++) {
        const from = line + <usize> nearestTo(j, ratioWidth, round, half, width - 1) * pixel;
        let o: usize = 0;
        if (back) {
          for (; o < whole; o += 16) v128.store(from + o, f32x4.add(v128.load(from + o), v128.load(y + o)));
          for (; o < pixel; o += 4) store<f32>(from + o, load<f32>(from + o) + load<f32>(y + o));
        } else {
          for (; o < whole; o += 16) v128.store(y + o, v128.load(from + o));
          for (; o < pixel; o += 4) store<f32>(y + o, load<f32>(from + o));
        }
        y += pixel;
      }
    }
    x += <usize> height * row;
  }
}

/** y = x in another size, each pixel that of the nearest. */
export function resizeNearest(
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  ratioHeight: f32,
  ratioWidth: f32,
  round: bool,
  half: bool,
  x: usize,
  y: usize,
): void {
  nearest(false, images, height, width, channels, outHeight, outWidth, ratioHeight, ratioWidth, round, half, x, y);
}

/** dx += the gradient of resizeNearest. */
export function resizeNearestGradient(
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  ratioHeight: f32,
  ratioWidth: f32,
  round: bool,
  half: bool,
  dx: usize,
  dy: usize,
): void {
  nearest(true, images, height, width, channels, outHeight, outWidth, ratioHeight, ratioWidth, round, half, dx, dy);
}
