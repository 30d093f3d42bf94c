import type { Request } from "./peer.ts";

/** A peer in a process of its own, asked a line at a time. */
export class PeerProcess {
  readonly #begun = performance.now();
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncGenerator<string>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #errors: Promise<string>;

  constructor(command: string, args: string[], env: Record<string, string>) {
    this.#child = new Deno.Command(command, { args, env, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
    this.#lines = linesOf(this.#child.stdout);
    this.#writer = this.#child.stdin.getWriter();
    this.#errors = new Response(this.#child.stderr).text();
  }

  /** Milliseconds since it was started. */
  get age(): number {
    return performance.now() - this.#begun;
  }

  /** The answer; undefined if the peer has none, or has died, which is said once. */
  async ask(request: Request): Promise<number | undefined> {
    try {
      await this.#writer.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`));
      for (;;) {
        const { value, done } = await this.#lines.next();
        if (done) break;
        if (value.startsWith("ANSWER ")) return JSON.parse(value.slice("ANSWER ".length)) ?? undefined;
      }
    } catch {
      // The pipe is broken: its last words follow.
    }
    const words = (await this.#errors).trim();
    if (words) console.error(`\nA peer ended: ${words.split("\n").at(-1)}`);
    return undefined;
  }

  /** Ends the peer. */
  stop(): void {
    this.#writer.close().catch(() => {});
    try {
      this.#child.kill();
    } catch {
      // It has ended by itself.
    }
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of stream) {
    text += decoder.decode(bytes, { stream: true });
    const lines = text.split("\n");
    text = lines.pop()!;
    yield* lines;
  }
}
