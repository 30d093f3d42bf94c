import { join } from "node:path";
import { fileURLToPath } from "node:url";

let converter: Promise<string> | undefined;

/** Stands for a value and the converter itself: another one for other data, other code, other styles or other packages. */
export async function fingerprint(value: unknown): Promise<string> {
  converter ??= converterDigest();
  return await digest(JSON.stringify(value) + await converter);
}

let library: Promise<string> | undefined;

/** Stands for the library, which live pages carry. */
export function libraryFingerprint(): Promise<string> {
  return library ??= filesOf(at("../lib")).then(contentDigest);
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function converterDigest(): Promise<string> {
  return await contentDigest([...await filesOf(at(".")), at("../deno.json"), at("../deno.lock")]);
}

async function contentDigest(files: readonly string[]): Promise<string> {
  const texts = await Promise.all(files.toSorted().map((file) => Deno.readTextFile(file)));
  return await digest(texts.join("\0"));
}

async function filesOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await filesOf(join(folder, name)));
    else found.push(join(folder, name));
  }
  return found;
}

async function digest(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}
