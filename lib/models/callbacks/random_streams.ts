import { RandomState as Stream } from "baeum/engine";
import { numpyRandom, type random } from "baeum/tensors";
import type { Layer } from "../layer.ts";
import type { Model } from "../model.ts";

/** Where all stands that a training draws by chance, fit for JSON. */
export interface RandomPlaces {
  /** The order of the samples. */
  shuffle: random.RandomStatePlace;
  /** Seed and number of draws of each layer that draws. */
  layers: [seed: number, draws: number][];
}

/** Where a model's training stands. */
export function randomPlaces(model: Model): RandomPlaces {
  return {
    shuffle: numpyRandom().getState(),
    layers: streamsOf(model).map(({ seed, counter }): [number, number] => [seed, counter]),
  };
}

/**
 * Goes on from there.
 *
 * @throws {RangeError} if another number of layers draws.
 */
export function restoreRandomPlaces(model: Model, { shuffle, layers }: RandomPlaces): void {
  const streams = streamsOf(model);
  if (layers.length !== streams.length) {
    throw new RangeError(
      `${streams.length} layers of this model draw by chance. Received: ${layers.length} in the backup`,
    );
  }
  numpyRandom().setState(shuffle);
  if (streams.some((stream, i) => stream.seed !== layers[i][0])) model.steps.forget();
  streams.forEach((stream, i) => [stream.seed, stream.counter] = layers[i]);
}

function streamsOf(layer: Layer): Stream[] {
  const own = "random" in layer && layer.random instanceof Stream ? [layer.random] : [];
  return [...new Set([...own, ...layer.sublayers.flatMap(streamsOf)])];
}
