/** A layer of a benchmark's network, in the words that Keras, tfjs and Baeum share. */
export interface LayerSpec {
  type: "dense" | "conv2d" | "maxPooling2d" | "flatten";
  units?: number;
  filters?: number;
  kernelSize?: number;
  poolSize?: number;
  activation?: "relu" | "sigmoid" | "softmax";
}

/** A training that every peer runs in the same way. */
export interface Network {
  name: string;
  title: string;
  /** The shape of one sample. */
  input: number[];
  layers: LayerSpec[];
  loss: "mse" | "categorical_crossentropy";
  optimizer: "adam" | "sgd";
  outputs: number;
  /** Samples a step. */
  batch: number;
  /** Steps an epoch. */
  batches: number;
  /** Epochs a round. */
  epochs: number;
}

/** The networks of the table. */
export const networks: Network[] = JSON.parse(Deno.readTextFileSync(new URL("networks.json", import.meta.url)));

/** Samples and targets that nobody can learn by heart: the work is the same as on real data. */
export function randomData(
  { input, outputs, batch, batches }: Network,
): { x: Float32Array; y: Float32Array; n: number } {
  const n = batch * batches;
  const width = input.reduce((a, b) => a * b, 1);
  let state = 1;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const x = Float32Array.from({ length: n * width }, draw);
  const y = new Float32Array(n * outputs);
  for (let i = 0; i < n; i++) {
    if (outputs === 1) y[i] = draw();
    else y[i * outputs + Math.floor(draw() * outputs)] = 1;
  }
  return { x, y, n };
}
