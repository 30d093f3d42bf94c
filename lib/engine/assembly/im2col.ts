// Convolutions as matrix products: each output position becomes a row with all numbers that its window covers.
//
// Images are [images, depth, height, width, channels]; plain images have a depth of 1. A row of the columns matrix is
// [kernel depth, kernel height, kernel width, channels]. Strides, dilations and paddings count positions.

// @ts-ignore: decorator
@inline
function copyNumbers(from: usize, to: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
  for (; n > 0; n--) {
    store<f32>(to, load<f32>(from));
    from += 4;
    to += 4;
  }
}

// @ts-ignore: decorator
@inline
function addNumbers(from: usize, to: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += 16;
    to += 16;
  }
  for (; n > 0; n--) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    from += 4;
    to += 4;
  }
}

// @ts-ignore: decorator
@inline
function zeroNumbers(to: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(to, f32x4.splat(0));
    to += 16;
  }
  for (; n > 0; n--) {
    store<f32>(to, 0);
    to += 4;
  }
}

/** One row of the window: the part inside the image is copied (or added back), the rest is zero. */
// @ts-ignore: decorator
@inline
function windowRow(
  back: bool, image: usize, columns: usize, left: i32, width: i32, channels: i32, kernelWidth: i32, dilation: i32,
): void {
  if (dilation == 1) {
    const first = max(0, -left);
    const end = max(first, min(kernelWidth, width - left));
    const from = image + ((<usize> ((left + first) * channels)) << 2);
    const at = columns + ((<usize> (first * channels)) << 2);
    if (back) addNumbers(at, from, (end - first) * channels);
    else {
      zeroNumbers(columns, first * channels);
      copyNumbers(from, at, (end - first) * channels);
      zeroNumbers(columns + ((<usize> (end * channels)) << 2), (kernelWidth - end) * channels);
    }
    return;
  }
  for (let k = 0; k < kernelWidth; k++) {
    const x = left + k * dilation;
    const from = image + ((<usize> (x * channels)) << 2);
    if (x < 0 || x >= width) {
      if (!back) zeroNumbers(columns, channels);
    } else if (back) addNumbers(columns, from, channels);
    else copyNumbers(from, columns, channels);
    columns += (<usize> channels) << 2;
  }
}

// @ts-ignore: decorator
@inline
function walk(
  back: bool, image: usize, columns: usize, images: i32, depth: i32, height: i32, width: i32, channels: i32,
  kernelDepth: i32, kernelHeight: i32, kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32,
  strideDepth: i32, strideHeight: i32, strideWidth: i32, dilationDepth: i32, dilationHeight: i32, dilationWidth: i32, front: i32,
  top: i32, left: i32,
): void {
  const rowBytes = (<usize> (width * channels)) << 2;
  const windowBytes = (<usize> (kernelWidth * channels)) << 2;
  for (let b = 0; b < images; b++) {
    for (let od = 0; od < outDepth; od++) {
      for (let oh = 0; oh < outHeight; oh++) {
        for (let ow = 0; ow < outWidth; ow++) {
          const x = ow * strideWidth - left;
          for (let kd = 0; kd < kernelDepth; kd++) {
            const z = od * strideDepth - front + kd * dilationDepth;
            const inDepth = z >= 0 && z < depth;
            for (let kh = 0; kh < kernelHeight; kh++) {
              const y = oh * strideHeight - top + kh * dilationHeight;
              if (inDepth && y >= 0 && y < height) {
                const row = image + <usize> (z * height + y) * rowBytes;
                windowRow(back, row, columns, x, width, channels, kernelWidth, dilationWidth);
              } else if (!back) zeroNumbers(columns, kernelWidth * channels);
              columns += windowBytes;
            }
          }
        }
      }
    }
    image += <usize> (depth * height) * rowBytes;
  }
}

/** The columns matrix of a stack of images. */
export function im2col(
  image: usize, columns: usize, images: i32, depth: i32, height: i32, width: i32, channels: i32, kernelDepth: i32,
  kernelHeight: i32, kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32, strideDepth: i32,
  strideHeight: i32, strideWidth: i32, dilationDepth: i32, dilationHeight: i32, dilationWidth: i32, front: i32, top: i32, left: i32,
): void {
  walk(
    false, image, columns, images, depth, height, width, channels, kernelDepth, kernelHeight, kernelWidth, outDepth,
    outHeight, outWidth, strideDepth, strideHeight, strideWidth, dilationDepth, dilationHeight, dilationWidth, front,
    top, left,
  );
}

/** Adds each number of a columns matrix to the place in the images that it stands for. */
export function col2im(
  image: usize, columns: usize, images: i32, depth: i32, height: i32, width: i32, channels: i32, kernelDepth: i32,
  kernelHeight: i32, kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32, strideDepth: i32,
  strideHeight: i32, strideWidth: i32, dilationDepth: i32, dilationHeight: i32, dilationWidth: i32, front: i32, top: i32, left: i32,
): void {
  walk(
    true, image, columns, images, depth, height, width, channels, kernelDepth, kernelHeight, kernelWidth, outDepth,
    outHeight, outWidth, strideDepth, strideHeight, strideWidth, dilationDepth, dilationHeight, dilationWidth, front,
    top, left,
  );
}

/**
 * The columns matrix laid crosswise, one row for each place in the window, for images of one channel and steps of 1 along
 * the width: whole rows of the image are copied, where windows of a few numbers would be.
 */
export function im2row(
  image: usize, columns: usize, images: i32, depth: i32, height: i32, width: i32, kernelDepth: i32, kernelHeight: i32,
  kernelWidth: i32, outDepth: i32, outHeight: i32, outWidth: i32, strideDepth: i32, strideHeight: i32,
  dilationDepth: i32, dilationHeight: i32, dilationWidth: i32, front: i32, top: i32, left: i32,
): void {
  const rowBytes = (<usize> width) << 2;
  for (let kd = 0; kd < kernelDepth; kd++) {
    for (let kh = 0; kh < kernelHeight; kh++) {
      for (let kw = 0; kw < kernelWidth; kw++) {
        const x = kw * dilationWidth - left;
        const first = min(outWidth, max(0, -x));
        const end = max(first, min(outWidth, width - x));
        for (let b = 0; b < images; b++) {
          for (let od = 0; od < outDepth; od++) {
            const z = od * strideDepth - front + kd * dilationDepth;
            for (let oh = 0; oh < outHeight; oh++) {
              const y = oh * strideHeight - top + kh * dilationHeight;
              if (z < 0 || z >= depth || y < 0 || y >= height) zeroNumbers(columns, outWidth);
              else {
                const row = image + <usize> ((b * depth + z) * height + y) * rowBytes;
                zeroNumbers(columns, first);
                copyNumbers(row + ((<usize> (x + first)) << 2), columns + ((<usize> first) << 2), end - first);
                zeroNumbers(columns + ((<usize> end) << 2), outWidth - end);
              }
              columns += (<usize> outWidth) << 2;
            }
          }
        }
      }
    }
  }
}
