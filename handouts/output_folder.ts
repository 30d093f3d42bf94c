import { dirname, join } from "node:path";

const STATE = ".baeum-handouts.json";

/** A folder of made files that remembers what each was made from, so that nothing is made twice. */
export class OutputFolder {
  private constructor(readonly path: string, private readonly keys: Record<string, string>) {}

  /** Opens a folder, which need not be there. */
  static async open(path: string): Promise<OutputFolder> {
    let keys: Record<string, string> = {};
    try {
      keys = JSON.parse(await Deno.readTextFile(join(path, STATE)));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound || error instanceof SyntaxError)) throw error;
    }
    return new OutputFolder(path, keys);
  }

  /** Whether a file is there that was made by {@linkcode make}. */
  async has(file: string): Promise<boolean> {
    if (this.keys[file] === undefined) return false;
    try {
      return (await Deno.stat(join(this.path, file))).isFile;
    } catch {
      return false;
    }
  }

  /** Whether a file is there and was made from the same: `key` stands for all that it is made from. */
  async isFresh(file: string, key: string): Promise<boolean> {
    return this.keys[file] === key && await this.has(file);
  }

  /** Writes a file in one step, so that a build that is stopped leaves whole files. */
  async write(file: string, content: string | Uint8Array, key: string): Promise<void> {
    const path = join(this.path, file);
    await Deno.mkdir(dirname(path), { recursive: true });
    replace(path, content);
    this.keys[file] = key;
    replace(join(this.path, STATE), JSON.stringify(this.keys, null, 1));
  }
}

/** Synchronous: nothing comes between the two steps, not even Ctrl-C. */
function replace(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.part`;
  Deno.writeFileSync(temporary, typeof content === "string" ? new TextEncoder().encode(content) : content);
  Deno.renameSync(temporary, path);
}
