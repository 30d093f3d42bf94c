// The thread of a live page in which the cells run, so that Stop can end even an endless loop.
import { Session } from "./cells.ts";
import { ABSENT } from "./absent_parts.ts";
import { standInForDeno } from "./deno.ts";
import { ADDRESS, keepFiles, keptFile } from "./files.ts";
import { inspect } from "./inspect.ts";
import type { Files, FromWorker, ToWorker } from "./messages.ts";

const tell = (message: FromWorker) =>
  (self as unknown as { postMessage(message: FromWorker): void }).postMessage(message);

const INTERRUPT = Symbol.for("baeum.interrupt");
let stop = new AbortController();
const shared = globalThis as unknown as { [INTERRUPT]: AbortSignal };

function prepare(files: Files): void {
  keepFiles(files);
  standInForDeno((type, { data, transient }) => {
    const { display_id } = (transient ?? {}) as { display_id?: string };
    tell({
      type: "display",
      data: data as Record<string, string>,
      id: display_id,
      isUpdate: type === "update_display_data",
    });
    return Promise.resolve();
  });
  shared[INTERRUPT] = stop.signal;
  globalThis.fetch = (input) => {
    const name = String(input instanceof Request ? input.url : input);
    if (name.startsWith("blob:") || name.startsWith("data:")) return browserFetch(input);
    const bytes = name.startsWith(ADDRESS) ? keptFile(name.slice(name.lastIndexOf("/") + 1)) : undefined;
    return bytes ? Promise.resolve(new Response(bytes)) : Promise.reject(new TypeError(`${name}: ${ABSENT}`));
  };
  const print = (name: "stdout" | "stderr") => (...values: unknown[]) =>
    tell({ type: "stream", name, text: `${values.map((value) => inspect(value)).join(" ")}\n` });
  Object.assign(console, {
    log: print("stdout"),
    info: print("stdout"),
    debug: print("stdout"),
    warn: print("stderr"),
    error: print("stderr"),
  });
}

const browserFetch = globalThis.fetch.bind(globalThis);

async function open(files: Files): Promise<Session> {
  prepare(files);
  // Only now: the library looks for all this as soon as it is there. A page from a disk may start no thread with a module, but a
  // thread may import one.
  const library = new Blob([keptFile("library.js")!], { type: "text/javascript" });
  const { modules }: typeof import("./library.ts") = await import(URL.createObjectURL(library));
  return new Session((name) => {
    const found = modules[name.replace(/^npm:/, "").replace(/(?<=.)@[\d.]+$/, "")];
    if (!found) throw new Error(`${name}: ${ABSENT}`);
    return found;
  });
}

let session: Promise<Session> | undefined;

async function run(source: string): Promise<void> {
  const begin = performance.now();
  const milliseconds = () => performance.now() - begin;
  try {
    const value = await (await session!).run(source);
    if (value !== undefined) tell({ type: "display", data: await picturesOf(value) });
    tell({ type: "done", milliseconds: milliseconds() });
  } catch (error) {
    tell({ type: "done", milliseconds: milliseconds(), error: String(error) });
  }
}

/** As the kernel shows a cell's last value. */
async function picturesOf(value: unknown): Promise<Record<string, string>> {
  const display = (value as { [key: symbol]: unknown } | null)?.[Symbol.for("Jupyter.display")];
  if (typeof display === "function") return await display.call(value);
  const { outerHTML } = Object(value) as { outerHTML?: unknown };
  return typeof outerHTML === "string" ? { "text/html": outerHTML } : { "text/plain": inspect(value, 4, [null]) };
}

const hear = ({ data }: MessageEvent<ToWorker>): void => {
  if (data.type === "start") {
    session = open(data.files);
    session.then(
      () => tell({ type: "ready" }),
      (error) => tell({ type: "done", milliseconds: 0, error: String(error) }),
    );
  } else if (data.type === "run") run(data.source);
  else {
    stop.abort(new DOMException("멈췄습니다.", "AbortError"));
    stop = new AbortController();
    shared[INTERRUPT] = stop.signal;
  }
};

// The type of this place is a window's.
Object.assign(globalThis, { onmessage: hear });
