/** Writes a file so that nobody ever sees half of it: beside it first, then under its name. */
export async function writeAtomically(path: string | URL, bytes: Uint8Array): Promise<void> {
  const temporary = `${path instanceof URL ? path.href : path}.${crypto.randomUUID()}.part`;
  const beside = path instanceof URL ? new URL(temporary) : temporary;
  try {
    await Deno.writeFile(beside, bytes);
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
}
