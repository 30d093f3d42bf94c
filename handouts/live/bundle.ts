import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ADDRESS } from "./browser/files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What runs in a live page. */
export interface LiveCode {
  /** The page's own script. */
  page: string;
  /** The script of the thread that runs cells. */
  worker: Uint8Array<ArrayBuffer>;
  /** What that asks for, by name: the library with what it needs, a module, and the modules of WebAssembly. */
  files: Record<string, Uint8Array<ArrayBuffer>>;
}

/** Files of the library that need a computer, and what takes their place in a browser. */
const REPLACED: Record<string, string> = {
  "lib/datasets/checksum.ts": "checksum.ts",
  "lib/datasets/fetch_file.ts": "fetch_file.ts",
  "lib/tensors/wasm_path.ts": "wasm_path.ts",
  "lib/tuning/worker_lane.ts": "worker_lane.ts",
};

/** Packages that would make a page too large, and the one of which a page needs only a part. */
const PACKAGES: Record<string, string> = {
  "@viz-js/viz": "viz.ts",
  "h5wasm": "absent.ts",
  "@tensorflow/tfjs": "tfjs.ts",
};

let made: Promise<LiveCode> | undefined;

/** The code of live pages, made once: Deno bundles the library as the notebooks use it, with a few files replaced. */
export function liveCode(): Promise<LiveCode> {
  return made ??= bundle();
}

async function bundle(): Promise<LiveCode> {
  const stage = await Deno.makeTempDir({ prefix: "baeum-live-" });
  try {
    await copy("lib", stage);
    await copy("handouts/live/browser", stage);
    for (const file of ["handouts/ansi.ts", "handouts/escape.ts", "handouts/pattern_names.ts", "deno.lock"]) {
      await Deno.copyFile(join(root, file), join(stage, file));
    }
    for (const [file, instead] of Object.entries(REPLACED)) {
      await Deno.writeTextFile(join(stage, file), `export * from "../../handouts/live/browser/${instead}";\n`);
    }
    await Deno.writeTextFile(join(stage, "deno.json"), await configuration());
    // Alone at first: on a new machine it fetches Deno's bundler, and several that do so at once fail.
    const page = await bundled(stage, "page.ts", "iife");
    const [worker, library] = await Promise.all([
      bundled(stage, "worker.ts", "iife"),
      bundled(stage, "library.ts", "esm"),
    ]);
    // A module from a Blob has no address beside which files could lie.
    const placed = library.replaceAll("import.meta.url", JSON.stringify(ADDRESS));
    const bytes = (text: string) => new TextEncoder().encode(text);
    return { page, worker: bytes(worker), files: { "library.js": bytes(placed), ...await wasmFiles() } };
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

/** The project's configuration, with which Deno finds the very packages that it finds for notebooks. */
async function configuration(): Promise<string> {
  const text = await Deno.readTextFile(join(root, "deno.json"));
  const version = /"npm:@tensorflow\/tfjs@([^"]+)"/.exec(text)![1];
  const parts = ["core", "backend-cpu"].flatMap((part) => {
    const name = `@tensorflow/tfjs-${part}`;
    return [`"${name}": "npm:${name}@${version}",`, `"${name}/": "npm:/${name}@${version}/",`];
  });
  return Object.entries(PACKAGES).reduce(
    (text, [name, instead]) =>
      text.replace(new RegExp(`("${name}": )"[^"]*"`), `$1"./handouts/live/browser/${instead}"`),
    text.replace('"imports": {', `"imports": { ${parts.join(" ")}`),
  );
}

async function bundled(stage: string, entry: string, format: "iife" | "esm"): Promise<string> {
  const output = join(stage, `${entry}.js`);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform=browser",
      `--format=${format}`,
      "--minify",
      // Layers and optimizers are called by the names of their classes, in summaries, figures and files.
      "--keep-names",
      `--output=${output}`,
      join("handouts", "live", "browser", entry),
    ],
    cwd: stage,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`The live pages' code could not be bundled:\n${new TextDecoder().decode(stderr)}`);
  return await Deno.readTextFile(output);
}

/** What only the pages carry whose cells use it: Graphviz, for the figures of models. */
export async function partsFor(sources: readonly string[]): Promise<LiveCode["files"]> {
  if (!sources.some((source) => /\bplotModel\(/.test(source))) return {};
  return { "viz.js": await Deno.readFile(fileURLToPath(import.meta.resolve("@viz-js/viz"))) };
}

async function wasmFiles(): Promise<LiveCode["files"]> {
  const require = createRequire(import.meta.url);
  const tfjs = "tfjs-backend-wasm-simd.wasm";
  const kernels = ["kernels.wasm", "kernels_plain_simd.wasm"];
  return Object.fromEntries(
    await Promise.all([
      [tfjs, require.resolve(`@tensorflow/tfjs-backend-wasm/dist/${tfjs}`)],
      ...kernels.map((name) => [name, join(root, "lib", "engine", "assembly", name)]),
    ].map(async ([name, path]) => [name, await Deno.readFile(path)])),
  );
}

async function copy(folder: string, stage: string): Promise<void> {
  await Deno.mkdir(join(stage, folder), { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
    if (isDirectory) await copy(join(folder, name), stage);
    else if (name.endsWith(".ts")) {
      await Deno.writeTextFile(
        join(stage, folder, name),
        importedAtOnce(await Deno.readTextFile(join(root, folder, name))),
      );
    }
  }
}

/**
 * The module with what it imports when it needs it imported at once: the bundler makes functions of modules that may come later, and
 * those of modules that wait for each other and for something else never end.
 */
function importedAtOnce(text: string): string {
  const names: string[] = [];
  const rest = text.replace(
    /^(?! \*).*/gm,
    (line) => line.replace(/\bimport\("((?:baeum\/|\.|@)[^"]+)"\)/g, (_, name) => `$later${names.push(name) - 1}`),
  );
  return names.map((name, i) => `import * as $later${i} from ${JSON.stringify(name)};\n`).join("") + rest;
}
