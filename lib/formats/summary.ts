import type { tf } from "baeum/tensors";
import { encodePng } from "./png.ts";
import { bytesField, type Field, integerField, message } from "./protobuf.ts";

/** TensorFlow's numbers of data types (tensorflow/core/framework/types.proto). */
const DataType = { float: 1, double: 2, string: 7 };
/** How TensorBoard keeps a summary's values (tensorboard/compat/proto/summary.proto). */
const DataClass = { scalar: 1, tensor: 2, blobs: 3 };

/** Numbers of any shape. */
export type Numbers = tf.Tensor | ArrayLike<number>;

/** Images of one size, `[images, height, width, channels]`: float32 from 0 to 1, or int32 from 0 to 255. */
export type SummaryImages = tf.Tensor4D;

/** One number. */
export function scalarSummary(tag: string, value: number): Field {
  const content = new Uint8Array(4);
  new DataView(content.buffer).setFloat32(0, value, true);
  return summary(tag, "scalars", DataClass.scalar, tensor(DataType.float, [], bytesField(4, content)));
}

/** How numbers are spread, in buckets of the same width: left edge, right edge, count. */
export function histogramSummary(tag: string, values: Numbers, buckets: number): Field {
  const edges = bucketsOf("dataSync" in values ? values.dataSync() : values, buckets);
  const content = bytesField(4, new Uint8Array(edges.buffer));
  return summary(tag, "histograms", DataClass.tensor, tensor(DataType.double, [buckets, 3], content));
}

/** Images as PNG files, behind their width and height. */
export function imageSummary(tag: string, images: SummaryImages, maxOutputs: number): Field {
  const [count, height, width, channels] = images.shape;
  if (images.rank !== 4 || channels < 1 || channels > 4) {
    throw new RangeError(
      `images have the shape [images, height, width, channels] with 1 to 4 channels. Received: [${images.shape}]`,
    );
  }
  const bytes = bytesOf(images);
  const size = height * width * channels;
  const pngs = Array.from(
    { length: Math.min(count, maxOutputs) },
    (_, i) => encodePng({ data: bytes.subarray(i * size, (i + 1) * size), width, height, channels }),
  );
  return summary(tag, "images", DataClass.blobs, strings([2 + pngs.length], [`${width}`, `${height}`, ...pngs]));
}

/** Text in Markdown; a list becomes a table with a row for each. */
export function textSummary(tag: string, text: string | readonly string[]): Field {
  const list = typeof text === "string" ? [text] : text;
  return summary(tag, "text", DataClass.tensor, strings(typeof text === "string" ? [] : [list.length], list));
}

/** A model's layers and what they are joined to, as Keras' `model.to_json()` says it. */
export function modelSummary(tag: string, json: string): Field {
  return summary(tag, "graph_keras_model", DataClass.blobs, strings([], [json]), "1");
}

/** Event.summary { value { tag, tensor, metadata { plugin_data { plugin_name, content }, data_class } } } */
function summary(tag: string, plugin: string, dataClass: number, value: Field, content = ""): Field {
  const pluginData = message(bytesField(1, plugin), bytesField(2, content));
  const metadata = message(bytesField(1, pluginData), integerField(4, dataClass));
  return bytesField(5, bytesField(1, message(bytesField(1, tag), value, bytesField(9, metadata))));
}

/** Value.tensor { dtype, tensor_shape { dim { size } … }, content } */
function tensor(dtype: number, shape: number[], content: Field): Field {
  const dimensions = shape.map((size) => bytesField(2, integerField(1, size)));
  return bytesField(8, message(integerField(1, dtype), bytesField(2, message(...dimensions)), content));
}

function strings(shape: number[], values: readonly (string | Uint8Array)[]): Field {
  return tensor(DataType.string, shape, message(...values.map((value) => bytesField(8, value))));
}

/**
 * As TensorBoard's `_buckets`: numbers that are all the same are counted in the last bucket, which then has no width.
 * What is not finite is left out.
 */
function bucketsOf(values: ArrayLike<number>, count: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(count * 3);
  let [low, high, finite] = [Infinity, -Infinity, 0];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
    finite++;
  }
  if (finite === 0) return result;
  const width = (high - low) / count;
  for (let i = 0; i < count; i++) {
    result[3 * i] = low + i * width;
    result[3 * i + 1] = i === count - 1 ? high : low + (i + 1) * width;
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    const bucket = width > 0 ? Math.min(count - 1, Math.floor((values[i] - low) / width)) : count - 1;
    result[3 * bucket + 2]++;
  }
  return result;
}

/** As `tf.image.convert_image_dtype(images, tf.uint8, saturate=True)` for float32. */
function bytesOf(images: SummaryImages): Uint8Array {
  const isWhole = images.dtype !== "float32";
  return Uint8Array.from(
    images.dataSync(),
    (value) => Math.min(255, Math.max(0, isWhole ? value : Math.floor(value * 255.5))),
  );
}
