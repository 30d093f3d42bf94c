import { zlibSync } from "fflate";
import { crc32 } from "./crc32.ts";

/** Bytes of one image, row by row. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  /** Bytes a pixel: grey (1), grey and opacity (2), red, green and blue (3), those and opacity (4). */
  channels: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** PNG's number for each number of channels. */
const COLOUR_TYPES = [undefined, 0, 4, 2, 6];

/**
 * The image as a PNG file, 8 bits a channel (W3C, "Portable Network Graphics", 2003).
 *
 * @throws {RangeError} if there are not 1 to 4 channels, or more or fewer bytes than the size asks for.
 *
 * @example
 * ```ts
 * import { encodePng } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * const png = encodePng({ data: new Uint8Array([0, 255]), width: 2, height: 1, channels: 1 });
 * assertEquals(new TextDecoder().decode(png.subarray(1, 4)), "PNG");
 * ```
 */
export function encodePng({ data, width, height, channels }: Pixels): Uint8Array<ArrayBuffer> {
  const colourType = COLOUR_TYPES[channels];
  if (colourType === undefined) throw new RangeError(`A PNG has 1 to 4 channels. Received: ${channels}`);
  const stride = width * channels;
  if (data.length !== stride * height) {
    throw new RangeError(`${width} × ${height} pixels are ${stride * height} bytes. Received: ${data.length}`);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colourType], 8);
  // Each row begins with its filter: 0, none.
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return new Uint8Array([
    ...SIGNATURE,
    ...chunk("IHDR", header),
    ...chunk("IDAT", zlibSync(rows, { level: 9 })),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(body, 8);
  view.setUint32(8 + body.length, crc32(bytes.subarray(4, 8 + body.length)));
  return bytes;
}
