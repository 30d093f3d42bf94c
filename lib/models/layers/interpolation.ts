import { tf } from "baeum/tensors";

/** How the pixels between those of an image are found, apart from taking the nearest. */
export type Interpolation = "bilinear" | "bicubic" | "lanczos3" | "lanczos5";

/** How many pixels to each side a method looks at, and with what weight at a distance. */
const kernels: Record<Interpolation, { radius: number; weight: (distance: number) => number }> = {
  bilinear: { radius: 1, weight: (d) => Math.max(0, 1 - d) },
  bicubic: { radius: 2, weight: cubic },
  lanczos3: { radius: 3, weight: (d) => lanczos(d, 3) },
  lanczos5: { radius: 5, weight: (d) => lanczos(d, 5) },
};

/** Keys' cubic with a = −0.5 (Keys 1981). */
function cubic(d: number): number {
  const a = -0.5;
  if (d >= 2) return 0;
  return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
}

function lanczos(d: number, radius: number): number {
  if (d > radius) return 0;
  if (d <= 1e-3) return 1;
  return radius * Math.sin(Math.PI * d) * Math.sin(Math.PI * d / radius) / (Math.PI * d) ** 2;
}

/** TensorFlow looks the cubic's weights up in a table of 1024 distances. */
const CUBIC_STEPS = 1024;

/**
 * What each of `length · factor` new pixels takes from each of `length` old ones: `[length · factor, length]`, rows that sum
 * to 1. The centres of the pixels correspond; beyond the border there is nothing, and what is left of a row is scaled up.
 */
export function interpolationMatrix(length: number, factor: number, method: Interpolation): tf.Tensor2D {
  const { radius, weight } = kernels[method];
  const matrix = new Float32Array(length * factor * length);
  for (let i = 0; i < length * factor; i++) {
    const row = matrix.subarray(i * length, (i + 1) * length);
    let at = (i + 0.5) / factor - 0.5;
    if (method === "bicubic") at = Math.floor(at) + Math.round((at - Math.floor(at)) * CUBIC_STEPS) / CUBIC_STEPS;
    const [first, last] = [Math.max(0, Math.ceil(at - radius)), Math.min(length - 1, Math.floor(at + radius))];
    let total = 0;
    for (let j = first; j <= last; j++) total += row[j] = weight(Math.abs(j - at));
    for (let j = first; j <= last; j++) row[j] /= total;
  }
  return tf.tensor2d(matrix, [length * factor, length]);
}

/** Images `[batch, height, width, channels]` made larger by whole factors. */
export function enlarge(x: tf.Tensor, [down, across]: number[], method: Interpolation): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  // Elsewhere tfjs' gradient takes the pixels' corners for their centres.
  if (method === "bilinear" && tf.getBackend() === "wasm") {
    return tf.image.resizeBilinear(x as tf.Tensor4D, [height * down, width * across], false, true);
  }
  const rows = interpolationMatrix(height, down, method).expandDims(0);
  const columns = interpolationMatrix(width, across, method).expandDims(0);
  const taller = tf.matMul(rows, x.reshape([batch, height, width * channels]));
  const wider = tf.matMul(columns, taller.reshape([batch * height * down, width, channels]));
  return wider.reshape([batch, height * down, width * across, channels]);
}
