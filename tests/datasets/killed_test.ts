import { assert, assertEquals } from "@std/assert";
import { sha256 } from "../../lib/datasets/checksum.ts";
import { filesIn, withPlaces } from "./places.ts";

const content = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 31 + (i >> 9)) & 255);
const ROUNDS = 50;

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
      await Promise.all([victim.begun, besides?.begun]);
      await new Promise((resume) => setTimeout(resume, 3 * round));
      killed += victim.kill();
      const witness = besides ?? start(script);
      assertEquals(await witness.last(), checksum);
      await victim.last();
      const left = await filesIn(cache);
      assert(left.every((name) => /^datasets\/made\/up\.bin(\.part|\.[\w-]+\.tmp)?$/.test(name)), left.join());
      assertEquals(await sha256(await Deno.readFile(`${cache}/datasets/made/up.bin`)), checksum);
      await Deno.remove(`${cache}/datasets/made/up.bin`);
    }
    assert(resumed > 0, "none went on where a killed one had been");
    assert(killed > ROUNDS / 4, `only ${killed} were killed while at work`);
  });
  await server.shutdown();
});

let resumed = 0;

/** The file, or the rest of it. */
function answer(request: Request): Response {
  const start = Number(/bytes=(\d+)-/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
  if (start === 0) return new Response(slowly(0));
  resumed++;
  const headers = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
  return new Response(slowly(start), { status: 206, headers });
}

/** The bytes in pieces, some 100 ms in all. */
function slowly(start: number): ReadableStream<Uint8Array> {
  let sent = start;
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resume) => setTimeout(resume, 1));
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
