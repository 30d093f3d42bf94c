import { Displayed } from "./display.ts";
import { escapeHtml } from "./html.ts";
import { interruptSignal } from "./interrupt.ts";
import { type ProgressLine, progressLine } from "./progress_line.ts";

/** What {@linkcode tensorboard} can be told. */
export interface TensorBoardOptions {
  /** The frame's height in pixels. Default: 800. */
  height?: number;
}

/** A TensorBoard that runs, shown as a frame below the cell. */
export class RunningTensorBoard extends Displayed {
  readonly #process: Deno.ChildProcess;

  /** @param address Where it is, on this machine only. */
  constructor(readonly address: string, process: Deno.ChildProcess, height: number) {
    const link = escapeHtml(address);
    super({
      "text/html":
        `<iframe src="${link}" title="TensorBoard" width="100%" height="${height}" style="border:0"></iframe>` +
        `<p><a href="${link}" target="_blank">TensorBoard in a window of its own</a></p>`,
      "text/plain": `TensorBoard: ${address}`,
    });
    this.#process = process;
  }

  /** Ends it. Without this it ends with the kernel or script. */
  async close(): Promise<void> {
    this.#process.ref();
    await this.#process.stdin.close();
    await this.#process.status;
  }
}

/** By folder and height: a cell that runs again shows the same TensorBoard. */
const running = new Map<string, Promise<RunningTensorBoard>>();

/**
 * Starts the real TensorBoard on a folder of logs and shows it in a frame below the cell, as `%tensorboard --logdir` does.
 *
 * It is reachable from this machine only and ends with the kernel. It reads the folder anew every few seconds, so a training
 * can be watched. The first call of all installs it into the project's `.venv`.
 *
 * @param folder The logs; is made if it is not there.
 * @throws {Error} if it cannot be installed or started; the message has its last lines.
 *
 * @example
 * ```ts ignore
 * import { tensorboard } from "baeum/notebook";
 *
 * await tensorboard("my_logs");
 * ```
 */
export function tensorboard(folder: string, { height = 800 }: TensorBoardOptions = {}): Promise<RunningTensorBoard> {
  Deno.mkdirSync(folder, { recursive: true });
  const path = Deno.realPathSync(folder);
  const key = `${height} ${path}`;
  const board = running.get(key) ?? start(path, height, () => running.delete(key));
  running.set(key, board);
  return board;
}

async function start(folder: string, height: number, forget: () => void): Promise<RunningTensorBoard> {
  const line = progressLine();
  try {
    const log = await Deno.makeTempFile({ prefix: "baeum-tensorboard-" });
    const process = launch(folder, log);
    process.status.then(forget);
    // Its being there must not keep a script from ending; with the script, its standard input ends, and so does it.
    process.unref();
    try {
      return new RunningTensorBoard(await addressOf(process, log, line), process, height);
    } finally {
      await Deno.remove(log);
    }
  } catch (error) {
    forget();
    throw error;
  } finally {
    line.close();
  }
}

/** The launcher installs TensorBoard where it is missing. What it says goes to a file, which nobody has to keep reading. */
function launch(folder: string, log: string): Deno.ChildProcess {
  const launcher = decodeURIComponent(new URL("../../baeum", import.meta.url).pathname);
  const command = 'exec "$0" tensorboard "$@" >"$BAEUM_LOG" 2>&1';
  return new Deno.Command("sh", {
    args: ["-c", command, launcher, folder, "--host", "127.0.0.1", "--port", "0"],
    env: { BAEUM_LOG: log, BAEUM_WATCH_STDIN: "1" },
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function addressOf(process: Deno.ChildProcess, log: string, line: ProgressLine): Promise<string> {
  const signal = interruptSignal();
  let ended = false;
  process.status.then(() => ended = true);
  while (true) {
    const last = ended;
    const said = await Deno.readTextFile(log);
    const address = /TensorBoard \S+ at (http:\S+)/.exec(said)?.[1];
    if (address) return address;
    if (last) throw new Error(`TensorBoard did not start:\n${said.trim().split("\n").slice(-8).join("\n")}`);
    const installing = /^Adding .*/m.exec(said)?.[0];
    if (installing) line.update(installing);
    if (signal?.aborted) {
      process.kill();
      throw signal.reason;
    }
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
