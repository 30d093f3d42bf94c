/**
 * Compiles the engine's kernels from AssemblyScript to WASM, with relaxed SIMD and without.
 *
 * `deno task build:kernels` writes the files; with `--check` it only says whether they match their source.
 */
import asc from "assemblyscript/asc";

const folder = new URL("../lib/engine/assembly/", import.meta.url);
const builds = [
  { file: "kernels.wasm", flags: ["--enable", "relaxed-simd", "--use", "RELAXED=1"] },
  { file: "kernels_plain_simd.wasm", flags: ["--use", "RELAXED=0"] },
];

/** The WASM of one build. */
async function compile(flags: string[]): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const messages: string[] = [];
  const { error } = await asc.main(
    [
      "index.ts",
      "-O3",
      "--enable",
      "simd",
      ...flags,
      "--importMemory",
      "--noAssert",
      "--runtime",
      "stub",
      "-o",
      "out.wasm",
    ],
    {
      readFile: (name: string) => {
        try {
          return Deno.readTextFileSync(new URL(name, folder));
        } catch {
          return null;
        }
      },
      writeFile: (name: string, contents: Uint8Array) => {
        if (name === "out.wasm") binary = contents;
      },
      listFiles: () => [],
      stderr: { write: (text: string) => void messages.push(text) },
    },
  );
  if (error || !binary) throw new Error(`The kernels do not compile.\n${messages.join("")}`, { cause: error });
  return binary;
}

/** Compiles all builds and compares them with the files. */
export async function staleBuilds(): Promise<string[]> {
  const stale: string[] = [];
  for (const { file, flags } of builds) {
    const fresh = await compile(flags);
    const there = await Deno.readFile(new URL(file, folder)).catch(() => new Uint8Array());
    if (fresh.length !== there.length || fresh.some((byte, i) => byte !== there[i])) stale.push(file);
  }
  return stale;
}

if (import.meta.main) {
  if (Deno.args.includes("--check")) {
    const stale = await staleBuilds();
    if (stale.length > 0) {
      console.error(`Not built from the source as it is: ${stale.join(", ")}. Run: deno task build:kernels`);
      Deno.exit(1);
    }
  } else {
    for (const { file, flags } of builds) {
      const binary = await compile(flags);
      await Deno.writeFile(new URL(file, folder), binary);
      console.log(`${file}: ${binary.length} bytes`);
    }
  }
}
