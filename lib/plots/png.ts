import { encodePng, type Pixels } from "baeum/formats";

/** The image as a `data:` address of a PNG. */
export function pngAddress(pixels: Pixels): string {
  const letters = Array.from(encodePng(pixels), (byte) => String.fromCharCode(byte));
  return `data:image/png;base64,${btoa(letters.join(""))}`;
}
