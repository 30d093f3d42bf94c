import { image, type Markish, rect, text } from "@observablehq/plot";
import { type ClassIndices, classIndices } from "./class_indices.ts";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { draw } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { vermilion } from "./palette.ts";
import { type Images, toPixels } from "./pixels.ts";
import { pngAddress } from "./png.ts";
import { FONT_SIZE, textWidth } from "./text.ts";

/** What {@linkcode plotImages} can be told. */
export interface PlotImagesOptions {
  /** What each image is: a class index or a text. */
  labels?: ClassIndices | readonly string[];
  /** What each image was taken for. With `labels`, the wrong ones stand out: `✗ 3 (5)`, a 5 taken for a 3. */
  predictions?: ClassIndices | readonly string[];
  /** The names of the classes, to be shown in place of the indices. */
  classNames?: readonly string[];
  /** Images in a row (default: 8, or fewer if there are fewer images). */
  columns?: number;
  /** A heading above the figure. */
  title?: string;
  /** Pixels of an image's width on the page (default 80). */
  size?: number;
  /** The values of black and white (default `[0, 1]` or `[0, 255]`, or all values' smallest and largest). */
  range?: [black: number, white: number];
  /** What the images show, in words (default: their number, size, labels and wrong predictions). */
  alt?: string;
}

const GAP = 10;
const LINE = 16;

/**
 * A grid of images with crisp pixels, and below each what it is and what it was taken for.
 *
 * @param images Tensor or `{ data, shape }` of `[n, height, width]`, `[n, height, width, 1]` (grey) or
 *   `[n, height, width, 3]` (red, green, blue).
 * @throws {RangeError} for images of another shape, for more or fewer labels or predictions than images, and for an
 *   index without a class name.
 *
 * @example
 * ```ts
 * import { tf } from "baeum/tensors";
 * import { plotImages } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = plotImages(tf.randomUniform([2, 28, 28]), { labels: [5, 0], predictions: [3, 0] });
 * assertEquals(figure.alt, "2 images of 28 × 28 pixels. 1 of 2 predictions wrong: 3 (5).");
 * ```
 */
export function plotImages(images: Images, options: PlotImagesOptions = {}): Figure {
  const { title, size = 80, range, classNames } = options;
  const pixels = toPixels(images, range);
  if (pixels.length === 0) throw new RangeError("There is no image to show: the first axis is 0");
  const columns = options.columns ?? Math.min(8, pixels.length);
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`columns is a whole number from 1. Received: ${columns}`);
  }
  const labels = namesOf("labels", pixels.length, options.labels, classNames);
  const predictions = namesOf("predictions", pixels.length, options.predictions, classNames);
  const tall = size * pixels[0].height / pixels[0].width;
  const captions = pixels.map((_, i) => captionOf(labels?.[i], predictions?.[i], size));
  const lines = captions.map(({ text }) => text === "" ? [] : text.split("\n"));
  const wide = Math.max(size, ...lines.flat().map((line) => textWidth(line)));
  const captionHeight = LINE * Math.max(...lines.map(({ length }) => length));
  const cells = pixels.map((picture, i) => ({
    x: (i % columns) * (wide + GAP) + (wide - size) / 2 + MARGIN,
    y: Math.floor(i / columns) * (tall + captionHeight + GAP) + 2,
    src: pngAddress(picture),
    ...captions[i],
  }));
  const width = columns * (wide + GAP) - GAP + 2 * MARGIN;
  const height = cells[cells.length - 1].y + tall + captionHeight + 6;
  const wrong = cells.filter((cell) => cell.wrong);
  const marks: Markish[] = [
    image(cells, {
      x: (cell) => cell.x + size / 2,
      y: (cell) => cell.y + tall / 2,
      src: "src",
      width: size,
      height: tall,
      imageRendering: "pixelated",
    }),
    rect(cells, {
      x1: "x",
      y1: "y",
      x2: (cell) => cell.x + size,
      y2: (cell) => cell.y + tall,
      fill: "none",
      stroke: (cell) => cell.wrong ? vermilion : "currentColor",
      strokeWidth: (cell) => cell.wrong ? 3 : 1,
      strokeOpacity: (cell) => cell.wrong ? 1 : 0.3,
    }),
  ];
  for (const group of [wrong, cells.filter((cell) => !cell.wrong)]) {
    marks.push(text(group, {
      x: (cell) => cell.x + size / 2,
      y: (cell) => cell.y + tall + 5,
      text: "text",
      lineAnchor: "top",
      lineHeight: LINE / FONT_SIZE,
      fill: group === wrong ? vermilion : "currentColor",
      fontWeight: group === wrong ? 700 : undefined,
    }));
  }
  const grid = draw({
    width,
    height,
    margin: 0,
    axis: null,
    x: { type: "identity" },
    y: { type: "identity" },
    color: { type: "identity" },
    opacity: { type: "identity" },
    marks,
  });
  const top = title === undefined ? 0 : TITLE_HEIGHT;
  return compose({
    parts: [{ ...grid, x: 0, y: top }],
    title,
    width,
    height: height + top,
    alt: options.alt ??
      describe(pixels[0], cells.length, { title, labels, predictions, wrong: wrong.map((cell) => cell.text) }),
  });
}

/** What stands below an image; on two lines where one would be wider than the image. */
function captionOf(label: string | undefined, prediction: string | undefined, width: number) {
  if (label === undefined || prediction === undefined || label === prediction) {
    return { wrong: false, text: prediction ?? label ?? "" };
  }
  const line = `✗ ${prediction} (${label})`;
  return { wrong: true, text: textWidth(line) <= width ? line : `✗ ${prediction}\n(${label})` };
}

function namesOf(
  option: string,
  count: number,
  values?: ClassIndices | readonly string[],
  classNames?: readonly string[],
): string[] | undefined {
  if (values === undefined) return undefined;
  const names = isTexts(values) ? [...values] : classIndices(values, option).map((index) => {
    const name = classNames ? classNames[index] : String(index);
    if (name === undefined) {
      throw new RangeError(`${option} holds ${index}, but there are ${classNames?.length} class names`);
    }
    return name;
  });
  if (names.length !== count) {
    throw new RangeError(`${option} has one value for each of the ${count} images. Received: ${names.length}`);
  }
  return names;
}

function isTexts(values: ClassIndices | readonly string[]): values is readonly string[] {
  return Array.isArray(values) && typeof values[0] === "string";
}

function describe(
  { width, height }: { width: number; height: number },
  count: number,
  { title, labels, predictions, wrong }: { title?: string; labels?: string[]; predictions?: string[]; wrong: string[] },
): string {
  const sentences = [`${count} ${count === 1 ? "image" : "images"} of ${width} × ${height} pixels`];
  if (title !== undefined) sentences.unshift(title);
  if (labels && predictions) {
    const list = wrong.length > 0 ? `: ${wrong.map((caption) => caption.slice(2).replace("\n", " ")).join(", ")}` : "";
    sentences.push(`${wrong.length} of ${count} predictions wrong${list}`);
  } else if (labels) sentences.push(`Labels: ${labels.join(", ")}`);
  else if (predictions) sentences.push(`Predictions: ${predictions.join(", ")}`);
  return `${sentences.join(". ")}.`;
}
