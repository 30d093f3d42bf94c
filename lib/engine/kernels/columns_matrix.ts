import { native } from "../native.ts";
import { spreadImages } from "../threads/spread_images.ts";
import { type Geometry, positions, windowSize } from "./convolution_geometry.ts";

/**
 * The columns matrix is made for as many images at a time as fill this. It is to stay in the cache, but each product waits for
 * all of BLAS' threads, which takes long where other programs want the processor too: not too many pieces.
 */
const PIECE_BYTES = 2 ** 22;

/**
 * The matrix of all windows of some images, `[images · positions, numbers in a window]`, with which a convolution is a matrix
 * product; how a batch is cut into pieces for it, and what makes it.
 */
export interface ColumnsMatrix {
  /** Images in a piece; the last piece may have fewer. */
  readonly step: number;
  /** Rows for each image. */
  readonly rows: number;
  readonly width: number;
  /** Memory for one piece. */
  readonly bytes: number;
  /** Without windows (1 × 1, stride 1) the images themselves are the matrix. */
  readonly isImage: boolean;
  /** Whether {@linkcode fill} lays it crosswise, `[numbers in a window, images · positions]`. */
  readonly crosswise: boolean;
  fill(image: number, columns: number, images: number): void;
  /** Adds a matrix (never crosswise) back to the places in the images that it stands for. */
  addBack(image: number, columns: number, images: number): void;
}

/** The columns matrix of a convolution's images. */
export function columnsMatrix(geometry: Geometry): ColumnsMatrix {
  const { images, size, channels, kernel, out, strides, dilations, padding } = geometry;
  const [rows, width] = [positions(geometry), windowSize(geometry)];
  const each = 4 * rows * width;
  const isImage = [...kernel, ...strides].every((one) => one === 1) && padding.every((none) => none === 0) &&
    size.every((length, i) => length === out[i]);
  const step = isImage ? images : Math.max(1, Math.min(images, Math.floor(PIECE_BYTES / Math.max(each, 1))));
  const crosswise = !isImage && channels === 1 && strides[2] === 1;

  const [depth, height, breadth] = size;
  const [kernelDepth, kernelHeight, kernelWidth] = kernel;
  const [outDepth, outHeight, outWidth] = out;
  const [strideDepth, strideHeight, strideWidth] = strides;
  const [dilationDepth, dilationHeight, dilationWidth] = dilations;
  const [front, top, left] = padding;
  // deno-fmt-ignore
  const numbers = [
    depth, height, breadth, channels, kernelDepth, kernelHeight, kernelWidth, outDepth, outHeight, outWidth,
    strideDepth, strideHeight, strideWidth, dilationDepth, dilationHeight, dilationWidth, front, top, left,
  ];
  const imageBytes = 4 * depth * height * breadth * channels;
  const move = (kernel: "im2col" | "col2im") => (image: number, columns: number, n: number) =>
    spreadImages(kernel, [image, columns, n, ...numbers], 2, [imageBytes, each]);
  const fillCrosswise = (image: number, columns: number, n: number) =>
    native.im2row(
      image,
      columns,
      n,
      depth,
      height,
      breadth,
      kernelDepth,
      kernelHeight,
      kernelWidth,
      outDepth,
      outHeight,
      outWidth,
      strideDepth,
      strideHeight,
      dilationDepth,
      dilationHeight,
      dilationWidth,
      front,
      top,
      left,
    );
  return {
    step,
    rows,
    width,
    bytes: isImage ? 0 : step * each,
    isImage,
    crosswise,
    fill: crosswise ? fillCrosswise : move("im2col"),
    addBack: move("col2im"),
  };
}
