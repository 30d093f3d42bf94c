/** What a server does with a request: answers, breaks off, stalls. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** So much of the body is sent before the connection breaks off. */
  breakAfter?: number;
  /** So much of the body is sent before nothing more comes. */
  stallAfter?: number;
}

/** A request as the server saw it: its path and the range it asked for. */
export interface Seen {
  path: string;
  range: string | undefined;
}

/**
 * A real server on a local port that misbehaves as it is told: it speaks HTTP by hand, so that it can announce what it
 * does not send.
 */
export class BadServer {
  readonly seen: Seen[] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #open = new Set<Deno.Conn>();
  readonly #serving: Promise<void>;

  constructor(readonly answer: (seen: Seen, count: number) => Answer) {
    this.#serving = this.#serve();
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#listener.addr as Deno.NetAddr).port}`;
  }

  async close(): Promise<void> {
    this.#listener.close();
    for (const connection of this.#open) connection.close();
    await this.#serving;
  }

  async #serve(): Promise<void> {
    const handled: Promise<void>[] = [];
    try {
      for await (const connection of this.#listener) handled.push(this.#handle(connection));
    } catch {
      // Closed.
    }
    await Promise.all(handled);
  }

  async #handle(connection: Deno.Conn): Promise<void> {
    this.#open.add(connection);
    try {
      const request = await readRequest(connection);
      const seen = { path: request.split(" ")[1], range: /^range: *(.*)$/im.exec(request)?.[1].trim() };
      this.seen.push(seen);
      const { status = 200, headers = {}, body = new Uint8Array(), breakAfter, stallAfter } = this.answer(
        seen,
        this.seen.length,
      );
      const lines = Object.entries({ "content-length": String(body.length), connection: "close", ...headers })
        .filter(([, value]) => value !== "").map(([name, value]) => `${name}: ${value}\r\n`);
      await writeAll(connection, new TextEncoder().encode(`HTTP/1.1 ${status} Told So\r\n${lines.join("")}\r\n`));
      await writeAll(connection, body.subarray(0, breakAfter ?? stallAfter ?? body.length));
      if (stallAfter !== undefined) return;
      this.#open.delete(connection);
      connection.close();
    } catch {
      // The other side hung up.
    }
  }
}

async function readRequest(connection: Deno.Conn): Promise<string> {
  let text = "";
  const buffer = new Uint8Array(4096);
  while (!text.includes("\r\n\r\n")) {
    const count = await connection.read(buffer);
    if (count === null) throw new Error("the request ended early");
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return text;
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}
