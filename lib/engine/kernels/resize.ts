import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";

interface ResizeAttributes {
  alignCorners: boolean;
  halfPixelCenters?: boolean;
  size: [height: number, width: number];
}

/** How many old positions a new one stands for; with aligned corners the first and last correspond. */
function ratio(old: number, now: number, alignCorners: boolean): number {
  return alignCorners && now > 1 ? (old - 1) / (now - 1) : old / now;
}

/** The sizes and ratios that the assembly wants, from the images' shape and the new size. */
function numbersOf(shape: number[], [outHeight, outWidth]: number[], { alignCorners }: ResizeAttributes) {
  const [images, height, width, channels] = shape;
  return [
    images,
    height,
    width,
    channels,
    outHeight,
    outWidth,
    ratio(height, outHeight, alignCorners),
    ratio(width, outWidth, alignCorners),
  ] as const;
}

function attributesOf(attributes: Record<string, unknown>): ResizeAttributes {
  return attributes as unknown as ResizeAttributes;
}

for (const name of ["ResizeBilinear", "ResizeNearestNeighbor"]) {
  defineKernel({
    name,
    supports: ({ images }) => images.dtype === "float32",
    outputs: ({ images }, attributes) => {
      const [count, , , channels] = images.shape;
      return [{ shape: [count, ...attributesOf(attributes).size, channels], dtype: "float32" }];
    },
    bind: ({ images }, [out], given) => {
      const attributes = attributesOf(given);
      const numbers = numbersOf(images.shape, attributes.size, attributes);
      const { alignCorners, halfPixelCenters = false } = attributes;
      const [x, y] = [images.offset, out.offset];
      if (name === "ResizeBilinear") return () => native.resizeBilinear(...numbers, halfPixelCenters, x, y);
      return () => native.resizeNearest(...numbers, alignCorners, halfPixelCenters, x, y);
    },
  });
}

for (const name of ["ResizeBilinearGrad", "ResizeNearestNeighborGrad"]) {
  defineKernel({
    name,
    supports: ({ images, dy }) => images.dtype === "float32" && dy.dtype === "float32",
    outputs: ({ images }) => [{ shape: images.shape, dtype: "float32" }],
    bind: ({ images, dy }, [dx], given) => {
      const attributes = attributesOf(given);
      const numbers = numbersOf(images.shape, dy.shape.slice(1, 3), attributes);
      const { alignCorners, halfPixelCenters = false } = attributes;
      const [n, x, y] = [dx.size, dx.offset, dy.offset];
      const run = name === "ResizeBilinearGrad"
        ? () => native.resizeBilinearGradient(...numbers, halfPixelCenters, x, y)
        : () => native.resizeNearestGradient(...numbers, alignCorners, halfPixelCenters, x, y);
      return () => {
        native.fill(n, 0, x);
        run();
      };
    },
  });
}
