import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder, homeFolder, kerasFolder } from "./cache_folder.ts";
import type { DataFile } from "./data_file.ts";

/** A place where a file may be. */
export interface Source {
  file: DataFile;
  /** What the place is called in messages. */
  name: string;
  /** A path, or an address that begins with http. */
  place: string;
  /** Whether what is found here goes to the cache. */
  keep: boolean;
}

/** Whether a place is to be asked over the network. */
export const isAddress = (place: string): boolean => /^https?:\/\//.test(place);

/** Where a file is kept once it was downloaded. */
export const cachePath = (file: DataFile): string => join(cacheFolder(), file.path);

/** Where a download keeps what has come so far. */
export const partialPath = (file: DataFile): string => `${cachePath(file)}.part`;

/**
 * All places where one of the files may be, nearest first: the cache, Keras' folder, the mirror that `BAEUM_MIRROR`
 * names (a folder, or an address that folders are appended to), the published addresses.
 *
 * @param alternatives Files any of which will do, the preferred one first.
 */
export function sourcesOf(alternatives: DataFile[]): Source[] {
  const mirror = Deno.env.get("BAEUM_MIRROR");
  return [
    ...alternatives.map((file) => ({ file, name: "cache", place: cachePath(file), keep: false })),
    ...alternatives.flatMap((file) =>
      file.keras ? [{ file, name: "Keras' folder", place: join(kerasFolder(), file.keras), keep: false }] : []
    ),
    ...alternatives.flatMap((file) =>
      mirror ? [{ file, name: "BAEUM_MIRROR", place: within(mirror, file.mirrored ?? file.path), keep: true }] : []
    ),
    ...alternatives.flatMap((file) =>
      addressesOf(file).map((place) => ({ file, name: new URL(place).host, place, keep: true }))
    ),
  ];
}

/** The published addresses, with `npm:` resolved to the registry that npm is told to use. */
export function addressesOf({ addresses }: DataFile): string[] {
  const registry = Deno.env.get("npm_config_registry") || Deno.env.get("NPM_CONFIG_REGISTRY") ||
    registryOfUser() || "https://registry.npmjs.org/";
  return addresses.map((address) => {
    const [, name, version] = /^npm:(.+)@(.+)$/.exec(address) ?? [];
    if (!name) return address;
    return within(registry, `${name}/-/${name.replace(/^@[^/]+\//, "")}-${version}.tgz`);
  });
}

/** The registry that the user's npm settings name; of those settings nothing else is looked at. */
function registryOfUser(): string | undefined {
  try {
    const settings = Deno.readTextFileSync(Deno.env.get("NPM_CONFIG_USERCONFIG") || join(homeFolder(), ".npmrc"));
    return /^\s*registry\s*=\s*"?(https?:[^\s"]+)/m.exec(settings)?.[1];
  } catch {
    // No settings, or none that may be read: npm's own registry it is.
    return undefined;
  }
}

function within(base: string, path: string): string {
  if (isAddress(base)) return `${base.replace(/\/+$/, "")}/${path}`;
  return join(base.startsWith("file:") ? fileURLToPath(base) : base, path);
}
