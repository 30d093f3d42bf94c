/** Loads MNIST from the cache as a lesson does. */
import { mnist } from "baeum/datasets";
import { tf } from "baeum/tensors";
import { serve } from "./peer.ts";

await tf.ready();
await serve({
  async round() {
    const begin = performance.now();
    const { train, test } = await mnist.load();
    const milliseconds = performance.now() - begin;
    tf.dispose([train.x, train.y, test.x, test.y]);
    return milliseconds;
  },
});
