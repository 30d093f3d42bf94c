/**
 * What a peer is asked: to train a network once more (milliseconds a step), to make it and train a single step (milliseconds
 * for both), to predict {@linkcode PREDICTED} samples (milliseconds), whether it is ready, or how much memory it took.
 */
export type Request = { network: string } | { first: string } | { predict: string } | { ready: true } | {
  memory: true;
};

/** As many samples as MNIST has for tests. */
export const PREDICTED = 10_000;

/** What a peer can do. */
export interface Peer {
  /** Trains a round and gives milliseconds a step; undefined if it cannot train the network. */
  round(network: string): Promise<number | undefined>;
  /** Makes a network anew and trains one step. */
  first?(network: string): Promise<void>;
  /** Predicts {@linkcode PREDICTED} samples, and gives milliseconds. */
  predict?(network: string): Promise<number>;
}

/** Answers requests from standard input, a JSON line each, until it closes. */
export async function serve({ round, first, predict }: Peer): Promise<void> {
  const answerTo = async (request: Request) => {
    if ("memory" in request) return peakMiB();
    if ("ready" in request) return 0;
    if ("network" in request) return await round(request.network);
    if ("predict" in request) return await predict?.(request.predict);
    const begin = performance.now();
    await first?.(request.first);
    return first && performance.now() - begin;
  };
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of Deno.stdin.readable) {
    text += decoder.decode(bytes, { stream: true });
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      const request: Request = JSON.parse(text.slice(0, end));
      text = text.slice(end + 1);
      console.log(`ANSWER ${JSON.stringify(await answerTo(request) ?? null)}`);
    }
  }
}

/** The most memory that this process has held, in MiB: `VmHWM` on Linux, what it holds now elsewhere. */
function peakMiB(): number {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"));
    if (peak) return Number(peak[1]) / 1024;
  } catch {
    // Not Linux.
  }
  return Deno.memoryUsage().rss / 2 ** 20;
}
