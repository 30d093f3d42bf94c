/** Runs a test with a cache, a home, a mirror and a registry of its own, and gives back the environment afterwards. */
export async function withPlaces(run: (places: Places) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "baeum-datasets-" });
  const places: Places = {
    cache: `${folder}/cache`,
    keras: `${folder}/keras/datasets`,
    mirror: `${folder}/mirror`,
    said: [],
  };
  const settings = {
    BAEUM_CACHE: places.cache,
    KERAS_HOME: `${folder}/keras`,
    BAEUM_MIRROR: places.mirror,
    // Nothing listens on the discard port, so no test reaches the real registry by mistake.
    npm_config_registry: "http://127.0.0.1:9/",
  };
  const before = Object.keys(settings).map((name) => [name, Deno.env.get(name)] as const);
  for (const [name, value] of Object.entries(settings)) Deno.env.set(name, value);
  const { warn, log } = console;
  console.warn = console.log = (...texts: unknown[]) => void places.said.push(texts.join(" "));
  try {
    await run(places);
  } finally {
    Object.assign(console, { warn, log });
    for (const [name, value] of before) value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
    await Deno.remove(folder, { recursive: true });
  }
}

/** The folders of one test, and what was printed. */
export interface Places {
  cache: string;
  keras: string;
  mirror: string;
  said: string[];
}

/** All files below a folder, by their path within it; none if there is no such folder. */
export async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) files.push(...(await filesIn(`${folder}/${name}`)).map((file) => `${name}/${file}`));
      else files.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}

/** Writes a file and the folders above it. */
export async function put(path: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeFile(path, bytes);
}
