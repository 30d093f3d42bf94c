import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../lib/datasets/checksum.ts";
import type { DataFile } from "../../lib/datasets/data_file.ts";
import { DataUnavailableError, fetchFile } from "../../lib/datasets/fetch_file.ts";
import { addressesOf } from "../../lib/datasets/sources.ts";
import { BadServer, type Seen } from "./bad_server.ts";
import { filesIn, put, withPlaces } from "./places.ts";

const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 31 + (i >> 9)) & 255);
const altered = content.with(100, 1);
const checksum = await sha256(content);
const patience = { answer: 60_000, stall: 60_000, pause: 10, attempts: 2 };

/** A file that is published at the given address. */
const published = (address: string): DataFile => ({
  path: "made/up.bin",
  bytes: content.length,
  sha256: checksum,
  addresses: [address],
  keras: "up.bin",
});
const nowhere = published("http://127.0.0.1:9/up.bin");

Deno.test("the nearest source is used: the cache, Keras' folder, the mirror, then the published address", async () => {
  await withPlaces(async ({ cache, keras, mirror, said }) => {
    const server = new BadServer(() => ({ body: content }));
    const file = published(`${server.address}/up.bin`);
    const fetched = async () => assertEquals((await fetchFile([file])).bytes, content);
    await put(`${keras}/up.bin`, content);
    await put(`${mirror}/made/up.bin`, content);
    await fetched();
    assertEquals(await filesIn(cache), [], "what Keras has is not kept twice");
    await Deno.remove(`${keras}/up.bin`);
    await fetched();
    assertEquals(await filesIn(cache), ["datasets/made/up.bin"]);
    await Deno.remove(mirror, { recursive: true });
    await fetched();
    assertEquals(server.seen.length, 0);
    await Deno.remove(cache, { recursive: true });
    await fetched();
    assertEquals(server.seen.length, 1);
    assertEquals(await filesIn(cache), ["datasets/made/up.bin"]);
    assertStringIncludes(said.join("\n"), `made/up.bin from ${new URL(file.addresses[0]).host}: 0.2 MB`);
    await server.close();
  });
});

Deno.test("a mirror can be an address with a path, with or without a slash at its end", async () => {
  await withPlaces(async () => {
    const server = new BadServer(({ path }) =>
      path === "/school/data/made/up.bin" ? { body: content } : { status: 404 }
    );
    for (const slash of ["", "/"]) {
      Deno.env.set("BAEUM_MIRROR", `${server.address}/school/data${slash}`);
      Deno.env.set("BAEUM_CACHE", await Deno.makeTempDir());
      assertEquals((await fetchFile([nowhere])).bytes, content);
      await Deno.remove(Deno.env.get("BAEUM_CACHE")!, { recursive: true });
    }
    await server.close();
  });
});

Deno.test("npm: stands for the registry that npm is told to use", async () => {
  await withPlaces(async () => {
    const server = new BadServer(({ path }) =>
      path === "/npm/some-data/-/some-data-1.0.0.tgz" ? { body: content } : { status: 404 }
    );
    Deno.env.set("npm_config_registry", `${server.address}/npm/`);
    assertEquals((await fetchFile([published("npm:some-data@1.0.0")])).bytes, content);
    await server.close();
  });
});

Deno.test("npm: stands for the registry of the user's npm settings where no variable names one", async () => {
  await withPlaces(async ({ mirror }) => {
    await put(`${mirror}/npmrc`, new TextEncoder().encode("fund=false\nregistry = http://127.0.0.1:9/own/\n"));
    Deno.env.delete("npm_config_registry");
    Deno.env.set("NPM_CONFIG_USERCONFIG", `${mirror}/npmrc`);
    try {
      assertEquals(addressesOf(published("npm:@some/data@1.0.0")), [
        "http://127.0.0.1:9/own/@some/data/-/data-1.0.0.tgz",
      ]);
    } finally {
      Deno.env.delete("NPM_CONFIG_USERCONFIG");
    }
  });
});

Deno.test("an altered or truncated file in the cache is named with both checksums, kept, and replaced", async () => {
  for (const wrong of [altered, content.slice(0, 1000), new Uint8Array()]) {
    await withPlaces(async ({ cache, mirror, said }) => {
      await put(`${cache}/datasets/made/up.bin`, wrong);
      await put(`${mirror}/made/up.bin`, content);
      assertEquals((await fetchFile([nowhere])).bytes, content);
      const message = said.join("\n");
      for (const part of [`${cache}/datasets/made/up.bin`, checksum, await sha256(wrong)]) {
        assertStringIncludes(message, part);
      }
      assertEquals(await Deno.readFile(`${cache}/datasets/made/up.bin`), content);
      assertEquals(await Deno.readFile(`${cache}/datasets/made/up.bin.unverified`), wrong);
      said.length = 0;
      await fetchFile([nowhere]);
      assertEquals(said, [], "the next run is silent");
    });
  }
});

Deno.test("a wrong file in Keras' folder or the mirror is never touched, and never used", async () => {
  await withPlaces(async ({ cache, keras, mirror, said }) => {
    await put(`${keras}/up.bin`, altered);
    await put(`${mirror}/made/up.bin`, new Uint8Array(300_000));
    const error = await assertRejects(() => fetchFile([nowhere], { patience }), DataUnavailableError);
    assertStringIncludes(error.message, await sha256(altered));
    assertStringIncludes(error.message, "300000 bytes");
    assertEquals(said, [], "the error says it all");
    assertEquals(await Deno.readFile(`${keras}/up.bin`), altered);
    assertEquals(await filesIn(cache), []);
  });
});

Deno.test("wrong bytes from a server are not used and not kept, and the next alternative is tried", async () => {
  await withPlaces(async ({ cache }) => {
    const server = new BadServer(({ path }) => ({ body: path === "/bad" ? altered : content }));
    const bad = published(`${server.address}/bad`);
    const good = { ...published(`${server.address}/good`), path: "made/other.bin" };
    assertEquals((await fetchFile([bad, good])).file, good);
    assertEquals(await filesIn(cache), ["datasets/made/other.bin"]);
    await server.close();
  });
});

Deno.test("without any source the error says which file to put where, and what each source answered", async () => {
  await withPlaces(async ({ cache, keras }) => {
    const error = await assertRejects(() => fetchFile([nowhere], { patience }), DataUnavailableError);
    for (
      const part of [
        `- Keras' folder: no ${keras}/up.bin`,
        "- 127.0.0.1:9: http://127.0.0.1:9/up.bin: ",
        `download ${nowhere.addresses[0]}`,
        checksum,
        `save it as ${cache}/datasets/made/up.bin`,
      ]
    ) assertStringIncludes(error.message, part);
  });
});

Deno.test("a cache that cannot be written is named in one warning, and the data is given all the same", async () => {
  await withPlaces(async ({ cache, mirror, said }) => {
    await put(cache, new Uint8Array(1)); // a file stands where the folder would be
    await put(`${mirror}/made/up.bin`, content);
    assertEquals((await fetchFile([nowhere])).bytes, content);
    assertEquals(said.length, 1);
    assertStringIncludes(said[0], `made/up.bin cannot be kept in ${cache}/datasets/made: `);
  });
});

const canMount = Deno.build.os === "linux" && Deno.uid() === 0 && await mount("-o", "size=64k", "/mnt");
if (canMount) await new Deno.Command("umount", { args: ["/mnt"] }).output();
else console.log("skipped: a full disk leaves nothing half-written (needs root and mount)");

async function mount(...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command("mount", { args: ["-t", "tmpfs", "tmpfs", ...args] }).output()).success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "a full or read-only disk leaves nothing half-written: one warning, and the data is given all the same",
  ignore: !canMount,
  fn: async () => {
    for (const option of ["size=64k", "ro"]) {
      await withPlaces(async ({ cache, mirror, said }) => {
        await Deno.mkdir(cache);
        await mount("-o", option, cache);
        try {
          await put(`${mirror}/made/up.bin`, content);
          const server = new BadServer(() => ({ body: content }));
          for (const file of [nowhere, published(`${server.address}/up.bin`)]) {
            said.length = 0;
            assertEquals((await fetchFile([file])).bytes, content);
            assertEquals(await filesIn(cache), []);
            assertEquals(said.filter((text) => text.includes("cannot be kept in")).length, 1);
            await Deno.remove(mirror, { recursive: true }).catch(() => {});
          }
          await server.close();
        } finally {
          await new Deno.Command("umount", { args: [cache] }).output();
        }
      });
    }
  },
});

/** Answers ranges, and stalls after so many bytes of the first answer. */
const resumable = (stallAfter: number) => ({ range }: Seen, count: number) => {
  const start = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
  const headers: Record<string, string> = start > 0
    ? { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` }
    : {};
  return {
    status: start > 0 ? 206 : 200,
    headers,
    body: content.subarray(start),
    stallAfter: count === 1 ? stallAfter : undefined,
  };
};
const part = "datasets/made/up.bin.part";
const sizeOf = (path: string) => Deno.stat(path).then(({ size }) => size, () => 0);

Deno.test("an abort rejects with the signal's reason, and the next load asks for the rest only", async () => {
  await withPlaces(async ({ cache, said }) => {
    const server = new BadServer(resumable(50_000));
    const file = published(`${server.address}/up.bin`);
    const controller = new AbortController();
    const loading = assertRejects(() => fetchFile([file], { signal: controller.signal }), DOMException, "no more");
    while (await sizeOf(`${cache}/${part}`) < 50_000) await new Promise((resume) => setTimeout(resume, 10));
    controller.abort(new DOMException("no more", "AbortError"));
    await loading;
    await assertRejects(() => fetchFile([file], { signal: AbortSignal.abort(new Error("not now")) }), Error, "not now");
    assertEquals(await filesIn(cache), [part]);
    assertEquals(await Deno.readFile(`${cache}/${part}`), content.slice(0, 50_000));
    assertEquals((await fetchFile([file])).bytes, content);
    assertEquals(server.seen.map(({ range }) => range), [undefined, "bytes=50000-"]);
    assertEquals(await filesIn(cache), ["datasets/made/up.bin"]);
    assertStringIncludes(said.join("\n"), "(0.050 MB were there already)");
    await server.close();
  });
});

Deno.test("what another source began is gone on with, and a complete part needs no request", async () => {
  await withPlaces(async ({ cache }) => {
    const server = new BadServer(resumable(0));
    await put(`${cache}/${part}`, content);
    assertEquals((await fetchFile([published(`${server.address}/up.bin`)])).bytes, content);
    assertEquals(server.seen.length, 0);
    assertEquals(await filesIn(cache), ["datasets/made/up.bin"]);
    await server.close();
  });
});

Deno.test("a part with wrong bytes, or longer than the file, is dropped and the download begins anew", async () => {
  for (const wrong of [altered.slice(0, 1000), altered, new Uint8Array([...content, 1])]) {
    await withPlaces(async ({ cache }) => {
      const server = new BadServer((seen) => ({ ...resumable(0)(seen, 2) }));
      await put(`${cache}/${part}`, wrong);
      assertEquals((await fetchFile([published(`${server.address}/up.bin`)])).bytes, content);
      assertEquals(server.seen.at(-1)!.range, undefined);
      assertEquals(await filesIn(cache), ["datasets/made/up.bin"]);
      assertEquals(await Deno.readFile(`${cache}/datasets/made/up.bin`), content);
      await server.close();
    });
  }
});

Deno.test("wrong bytes from a server leave no part behind, and no server is asked for the rest of them", async () => {
  await withPlaces(async ({ cache }) => {
    const server = new BadServer(() => ({ body: altered }));
    await assertRejects(() => fetchFile([published(`${server.address}/up.bin`)]), DataUnavailableError);
    assertEquals([await filesIn(cache), server.seen.length], [[], 1]);
    await server.close();
  });
});

Deno.test("a part that another process is writing is not gone on with, and goes once the whole is there", async () => {
  await withPlaces(async ({ cache }) => {
    const server = new BadServer(() => ({ body: content }));
    await put(`${cache}/${part}`, content.slice(0, 10));
    using other = Deno.openSync(`${cache}/${part}`, { read: true, write: true });
    other.lockSync(true);
    assertEquals((await fetchFile([published(`${server.address}/up.bin`)])).bytes, content);
    assertEquals(server.seen[0].range, undefined);
    assertEquals(other.statSync().size, 10);
    assertEquals(await filesIn(cache), ["datasets/made/up.bin"]);
    await server.close();
  });
});

Deno.test("many loads at once give every one the right bytes and leave one file", async () => {
  await withPlaces(async ({ cache }) => {
    const server = new BadServer(() => ({ body: content }));
    const file = published(`${server.address}/up.bin`);
    const all = await Promise.all(Array.from({ length: 8 }, () => fetchFile([file])));
    for (const { bytes } of all) assertEquals(bytes, content);
    assertEquals(await filesIn(cache), ["datasets/made/up.bin"]);
    await server.close();
  });
});

Deno.test("what a killed process left half-written is swept away after an hour, not before", async () => {
  await withPlaces(async ({ cache, mirror }) => {
    await put(`${mirror}/made/up.bin`, content);
    const [old, fresh] = ["old", "fresh"].map((name) => `${cache}/datasets/made/up.bin.${name}.tmp`);
    await put(old, new Uint8Array(5));
    await put(fresh, new Uint8Array(5));
    await Deno.utime(old, new Date(), new Date(Date.now() - 2 * 3_600_000));
    await fetchFile([nowhere]);
    assertEquals(await filesIn(cache), ["datasets/made/up.bin", "datasets/made/up.bin.fresh.tmp"]);
  });
});
