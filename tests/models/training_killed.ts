import { callbacks, layers, sequential } from "baeum/models";
import { seed, tf } from "baeum/tensors";

/** A process that trains, says each epoch's number and loss in a line, and may be killed at any time. */
export function network(number = 5) {
  seed(number);
  const model = sequential({
    layers: [
      layers.dense({ units: 16, activation: "relu", inputShape: [4] }),
      layers.dropout({ rate: 0.3 }),
      layers.reshape({ targetShape: [4, 4] }),
      layers.lstm({ units: 3, dropout: 0.2 }),
      layers.dense({ units: 1 }),
    ],
  });
  model.compile({ loss: "mse", optimizer: "adam" });
  return model;
}

export const x = tf.randomUniform([64, 4], -1, 1, "float32", 1);
export const y = x.sum(1, true).square();
export const options = { epochs: 12, batchSize: 8, verbose: 0 as const, validationSplit: 0.25 };

if (import.meta.main) {
  const write = new TextEncoder();
  const say = callbacks.lambdaCallback({
    onEpochEnd: (epoch, { loss, val_loss }) => {
      Deno.stdout.writeSync(write.encode(JSON.stringify([epoch, loss, val_loss]) + "\n"));
    },
  });
  // After so many epochs it waits for its end.
  let left = Number(Deno.args[1]);
  const wait = callbacks.lambdaCallback({
    onEpochBegin: () => left-- > 0 ? undefined : new Promise((resume) => setTimeout(resume, 600_000)),
  });
  await network().fit(x, y, { ...options, callbacks: [say, callbacks.backupAndRestore(Deno.args[0]), wait] });
}
