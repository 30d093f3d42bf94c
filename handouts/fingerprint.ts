import { join } from "node:path";
import { fileURLToPath } from "node:url";

let converter: Promise<string> | undefined;

/** Stands for a value and the converter itself: another one for other data, other code, other styles or other packages. */
export async function fingerprint(value: unknown): Promise<string> {
  converter ??= converterText();
  return await digest(JSON.stringify(value) + await converter);
}

async function converterText(): Promise<string> {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const files = [...await filesOf(folder), join(folder, "..", "deno.json"), join(folder, "..", "deno.lock")];
  const texts = await Promise.all(files.sort().map((file) => Deno.readTextFile(file)));
  return await digest(texts.join("\0"));
}

let library: Promise<string> | undefined;

/** Stands for the library, which live pages carry. */
export function libraryFingerprint(): Promise<string> {
  return library ??= (async () => {
    const files = (await filesOf(fileURLToPath(new URL("../lib", import.meta.url)))).sort();
    return await digest((await Promise.all(files.map((file) => Deno.readTextFile(file)))).join("\0"));
  })();
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
