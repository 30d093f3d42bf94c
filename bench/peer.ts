/** What a peer is asked: to train a network once more, or to say how much memory it took. */
export type Request = { network: string } | { memory: true };

/** Answers requests from standard input, a JSON line each, until it closes. `round` gives milliseconds a step. */
export async function serve(round: (network: string) => Promise<number>): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of Deno.stdin.readable) {
    text += decoder.decode(bytes, { stream: true });
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      const request: Request = JSON.parse(text.slice(0, end));
      text = text.slice(end + 1);
      const answer = "memory" in request ? peakMiB() : await round(request.network);
      console.log(`ANSWER ${JSON.stringify(answer)}`);
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
