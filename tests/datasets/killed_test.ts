import { assert, assertEquals } from "@std/assert";
import { sha256 } from "../../lib/datasets/checksum.ts";
import { filesIn, withPlaces } from "./places.ts";

const content = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 31 + (i >> 9)) & 255);
const ROUNDS = 50;
/** In the first rounds the server waits in the middle for the victim's end; in the others the clock says when that is. */
const HELD = 20;

Deno.test("a process killed at any moment of a load leaves neither wrong bytes nor a lock for the next", async () => {
  const checksum = await sha256(content);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  const address = `http://127.0.0.1:${server.addr.port}/up.bin`;
  const file = { path: "made/up.bin", bytes: content.length, sha256: checksum, addresses: [address] };
  const script = `
    import { fetchFile } from ${JSON.stringify(import.meta.resolve("../../lib/datasets/fetch_file.ts"))};
    import { sha256 } from ${JSON.stringify(import.meta.resolve("../../lib/datasets/checksum.ts"))};
    console.log("begun");
    const { bytes } = await fetchFile([${JSON.stringify(file)}]);
    console.log(await sha256(bytes));`;
  await withPlaces(async ({ cache }) => {
    let killed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const victim = start(script);
      // By turns the second process loads at the same time, and after the first was killed.
      const besides = round % 2 === 0 ? start(script) : undefined;
      held = round < HELD ? { at: 100_000 * (1 + round), until: Promise.withResolvers<void>() } : undefined;
      await Promise.all([victim.begun, besides?.begun]);
      if (held) { while (!await hasPart(cache)) await new Promise((resume) => setTimeout(resume, 1)); }
      else await new Promise((resume) => setTimeout(resume, 3 * (round - HELD)));
      killed += victim.kill();
      held?.until.resolve();
      const witness = besides ?? start(script);
      assertEquals(await witness.last(), checksum);
      await victim.last();
      const left = await filesIn(cache);
      assert(left.every((name) => /^datasets\/made\/up\.bin(\.part|\.[\w-]+\.tmp)?$/.test(name)), left.join());
      assertEquals(await sha256(await Deno.readFile(`${cache}/datasets/made/up.bin`)), checksum);
      await Deno.remove(`${cache}/datasets/made/up.bin`);
    }
    assert(resumed > 0, "none went on where a killed one had been");
    assert(killed >= HELD, `only ${killed} were killed while at work`);
  });
  await server.shutdown();
});

let resumed = 0;
let held: { at: number; until: PromiseWithResolvers<void> } | undefined;

async function hasPart(cache: string): Promise<boolean> {
  for (const name of await filesIn(cache)) {
    if (name.endsWith(".part") && (await Deno.stat(`${cache}/${name}`)).size > 0) return true;
  }
  return false;
}

/** The file, or the rest of it. */
function answer(request: Request): Response {
  const start = Number(/bytes=(\d+)-/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
  if (start === 0) return new Response(slowly(0));
  resumed++;
  const headers = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
  return new Response(slowly(start), { status: 206, headers });
}

/** The bytes in pieces, some 100 ms in all, or more where the server waits. */
function slowly(start: number): ReadableStream<Uint8Array> {
  let sent = start;
  const wait = held;
  return new ReadableStream({
    async pull(controller) {
      await (wait && sent >= wait.at ? wait.until.promise : new Promise((resume) => setTimeout(resume, 1)));
      controller.enqueue(content.subarray(sent, sent += 60_000));
      if (sent >= content.length) controller.close();
    },
  });
}

/** A process that loads the file and prints its checksum. */
function start(script: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    cwd: new URL("../..", import.meta.url),
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const readUntil = async (isEnough: () => boolean) => {
    while (!isEnough()) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
    }
  };
  return {
    begun: readUntil(() => text.includes("begun")),
    /** Whether there was still something to kill. */
    kill: () => {
      try {
        child.kill("SIGKILL");
        return 1;
      } catch {
        return 0;
      }
    },
    last: async () => {
      await readUntil(() => false);
      await child.status;
      return text.trim().split("\n").at(-1);
    },
  };
}
