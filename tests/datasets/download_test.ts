import { assertEquals, assertRejects } from "@std/assert";
import { download, type Patience } from "../../lib/datasets/download.ts";
import type { DataFile } from "../../lib/datasets/data_file.ts";
import { type Answer, BadServer, type Seen } from "./bad_server.ts";

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 255);
const file: DataFile = { path: "made/up.bin", bytes: content.length, sha256: "", addresses: [] };
/** So long that no busy machine is taken for a server that does not answer. */
const patience: Patience = { answer: 60_000, stall: 60_000, pause: 10, attempts: 3 };

/** Downloads from a server that answers as told; gives the bytes and the requests. */
async function from(
  answer: (seen: Seen, count: number) => Answer,
  { signal, stall = patience.stall }: { signal?: AbortSignal; stall?: number } = {},
) {
  const server = new BadServer(answer);
  try {
    const bytes = await download(`${server.address}/up.bin`, file, { patience: { ...patience, stall }, signal });
    return { bytes, seen: server.seen };
  } finally {
    await server.close();
  }
}

function restOf(range: string | undefined): Answer {
  const start = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
  if (start === 0) return { body: content };
  const headers = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
  return { status: 206, headers, body: content.subarray(start) };
}

Deno.test("a download that breaks off is taken up where it ended", async () => {
  const { bytes, seen } = await from(({ range }, count) => ({
    ...restOf(range),
    breakAfter: count < 3 ? 100_000 : undefined,
  }));
  assertEquals(bytes, content);
  assertEquals(seen.map(({ range }) => range), [undefined, "bytes=100000-", "bytes=200000-"]);
});

Deno.test("a download that breaks off begins anew where the server knows no ranges", async () => {
  const { bytes } = await from((_, count) => ({ body: content, breakAfter: count < 3 ? 100_000 : undefined }));
  assertEquals(bytes, content);
});

Deno.test("a download that breaks off each time before it gets anywhere is given up", async () => {
  await assertRejects(() => from(() => ({ body: content, breakAfter: 0 })), Error, "broke off");
});

Deno.test("a download that stalls is taken up where it ended", async () => {
  const { bytes, seen } = await from(({ range }, count) => ({
    ...restOf(range),
    stallAfter: count === 1 ? 50_000 : undefined,
  }), { stall: 2000 });
  assertEquals(bytes, content);
  assertEquals(seen[1].range, "bytes=50000-");
});

Deno.test("a server that accepts the connection and never answers is left after one wait", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const begun = performance.now();
  await assertRejects(
    () => download(`http://127.0.0.1:${listener.addr.port}/`, file, { patience: { ...patience, answer: 400 } }),
    Error,
    "no answer within 0.4 s",
  );
  assertEquals(performance.now() - begun < 20_000, true);
  listener.close();
});

Deno.test("a redirect is followed", async () => {
  const { bytes } = await from(({ path }) =>
    path === "/up.bin" ? { status: 302, headers: { location: "/elsewhere" } } : { body: content }
  );
  assertEquals(bytes, content);
});

Deno.test("404 is final; 500 and 429 are asked again", async () => {
  await assertRejects(() => from(() => ({ status: 404 })), Error, "the server answers 404");
  const { bytes, seen } = await from((_, count) => count < 3 ? { status: [500, 429][count - 1] } : { body: content });
  assertEquals([bytes, seen.length], [content, 3]);
  await assertRejects(() => from(() => ({ status: 503 })), Error, "the server answers 503");
});

Deno.test("a server that announces another length than the file's is refused before its bytes are read", async () => {
  const login = new TextEncoder().encode("<html>Please log in to this network</html>");
  await assertRejects(() => from(() => ({ body: login })), Error, "announces 42 bytes");
});

Deno.test("a server that sends more than the file has is refused", async () => {
  const more = new Uint8Array(content.length + 1);
  await assertRejects(() => from(() => ({ body: more, headers: { "content-length": "" } })), Error, "300001 bytes");
});

Deno.test("a server that sends another part than the one asked for is refused", async () => {
  const wrong = { status: 206, headers: { "content-range": "bytes 5-299999/300000" }, body: content.subarray(5) };
  await assertRejects(
    () => from((_, count) => count === 1 ? { body: content, breakAfter: 1000 } : wrong),
    Error,
    "a part that nobody asked for",
  );
});

Deno.test("an abort ends a download with the signal's reason, while bytes flow and while it waits", async () => {
  for (const answer of [{ body: content, stallAfter: 1000 }, { status: 500 }]) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 15);
    await assertRejects(() => from(() => answer, { signal: controller.signal }), Error, "enough");
  }
});
