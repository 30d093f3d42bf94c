/**
 * Compiles the engine's kernels from AssemblyScript to WASM, with relaxed SIMD and without, and writes down their types.
 *
 * `deno task build:kernels` writes the files; with `--check` it only says whether they match their source.
 */
import asc from "assemblyscript/asc";

const folder = new URL("../lib/engine/assembly/", import.meta.url);
const builds = [
  { file: "kernels.wasm", flags: ["--enable", "relaxed-simd", "--use", "RELAXED=1"] },
  { file: "kernels_plain_simd.wasm", flags: ["--use", "RELAXED=0"] },
];

interface Compiled {
  binary: Uint8Array;
  /** The exports, as the compiler declares them. */
  declarations: string;
}

/** The WASM of one build. */
async function compile(flags: string[]): Promise<Compiled> {
  const written = new Map<string, unknown>();
  const messages: string[] = [];
  const { error } = await asc.main(
    [
      "index.ts",
      "-O3",
      "--enable",
      "simd",
      ...flags,
      "--importMemory",
      // A memory of which one page is sure to be there needs no check that it is larger than a load's offset.
      "--initialMemory",
      "1",
      "--noAssert",
      "--runtime",
      "stub",
      "--bindings",
      "raw",
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
      writeFile: (name: string, contents: unknown) => void written.set(name, contents),
      listFiles: () => [],
      stderr: { write: (text: string) => void messages.push(text) },
    },
  );
  const [binary, declarations] = [written.get("out.wasm"), written.get("out.d.ts")];
  if (error || !(binary instanceof Uint8Array) || typeof declarations !== "string") {
    throw new Error(`The kernels do not compile.\n${messages.join("")}`, { cause: error });
  }
  return { binary, declarations };
}

/** The exports as an interface: offsets in bytes, sizes in numbers. */
function interfaceOf(declarations: string): string {
  const methods = [...declarations.matchAll(/export function (.*);/g)].map(([, method]) => `  ${method};\n`);
  return `// Written by scripts/build_kernels.ts.\nexport interface NativeKernels {\n${methods.toSorted().join("")}}\n`;
}

/** Every file that comes out of the source, by name. */
async function build(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { file, flags } of builds) {
    const { binary, declarations } = await compile(flags);
    files.set(file, binary);
    files.set("kernels.d.ts", new TextEncoder().encode(interfaceOf(declarations)));
  }
  return files;
}

/** The files that do not match the source as it is. */
export async function staleBuilds(): Promise<string[]> {
  const stale: string[] = [];
  for (const [file, fresh] of await build()) {
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
    for (const [file, bytes] of await build()) {
      await Deno.writeFile(new URL(file, folder), bytes);
      console.log(`${file}: ${bytes.length} bytes`);
    }
  }
}
