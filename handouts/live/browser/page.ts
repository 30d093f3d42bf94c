/// <reference lib="dom" />
// A live page: buttons beside the cells, and a thread that runs them.
import { ABSENT } from "./absent_parts.ts";
import { fromBase85 } from "./base85.ts";
import { Editor } from "./editor.ts";
import { element } from "./element.ts";
import type { Kind } from "./colours.ts";
import type { Files, FromWorker, ToWorker } from "./messages.ts";
import { Outputs, textBox } from "./outputs.ts";

/** Said below an error that may come from a cell before, which needed what no browser has. */
const FOLLOWS = "앞에서 실행하지 못한 셀의 결과가 필요한 셀일 수 있습니다. JupyterLab에서는 그대로 실행됩니다.";

/** How long a cell may take to end by itself after Stop, in milliseconds. */
const PATIENCE = 1500;

async function unpack(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([fromBase85(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The thread with what it needs; it starts when the first cell is run. */
class Engine {
  #worker: Worker | undefined;
  #starting: Promise<Worker> | undefined;
  #hear: ((message: FromWorker) => void) | undefined;
  #end: ((error: string) => void) | undefined;

  /** Runs a cell; resolves to its error, if any, once it is done. */
  async run(source: string, hear: (message: FromWorker) => void): Promise<string | undefined> {
    const worker = await (this.#starting ??= this.#start());
    return await new Promise((resolve) => {
      this.#end = resolve;
      this.#hear = (message) => {
        hear(message);
        if (message.type === "done") resolve(message.error);
      };
      worker.postMessage({ type: "run", source } satisfies ToWorker);
    });
  }

  /** Asks what runs to end; what does not listen loses its thread, and all names with it. Tells whether they are lost. */
  async stop(): Promise<boolean> {
    this.#worker?.postMessage({ type: "interrupt" } satisfies ToWorker);
    const before = this.#end;
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    if (this.#end !== before || !busy) return false;
    this.reset("멈췄습니다. 앞에서 만든 변수도 사라졌으니 처음부터 다시 실행하세요.");
    return true;
  }

  /** Forgets all that the cells have made. */
  reset(reason: string): void {
    this.#worker?.terminate();
    this.#worker = this.#starting = undefined;
    this.#end?.(reason);
  }

  async #start(): Promise<Worker> {
    const { "worker.js": code, ...files }: Files = Object.fromEntries(
      await Promise.all(
        [...document.querySelectorAll<HTMLScriptElement>("script[data-file]")].map(async (
          { dataset, textContent },
        ) => [dataset.file!, await unpack(textContent!)]),
      ),
    );
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    this.#worker = worker;
    const ready = new Promise<void>((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === "ready") resolve();
        else if (this.#hear) this.#hear(data);
        else if (data.type === "done") reject(new Error(data.error));
      };
    });
    worker.postMessage({ type: "start", files } satisfies ToWorker);
    await ready;
    return worker;
  }
}

const engine = new Engine();
let busy = false;
/** Set by Stop: what "run all" has not begun stays as it is. */
let stopped = false;

const announce = element("span", { className: "announce" });
announce.setAttribute("role", "status");

class Cell {
  readonly #run = element("button", { type: "button", textContent: "▶ 실행" });
  readonly #edit = element("button", { type: "button", textContent: "✎ 고치기" });
  readonly #back = element("button", { type: "button", textContent: "↺ 되돌리기", hidden: true });
  readonly #status = element("span", { className: "status" });
  readonly #editor: Editor;

  constructor(
    private readonly section: HTMLElement,
    private readonly source: string,
    private readonly number: number,
  ) {
    const bar = element("div", { className: "cell-bar" });
    bar.append(this.#run, this.#edit, this.#back, this.#status);
    this.#editor = new Editor(source, `코드 ${number}`, colours);
    const { box, field } = this.#editor;
    for (const [button, label] of [[this.#run, "실행"], [this.#edit, "고치기"], [this.#back, "되돌리기"]] as const) {
      button.setAttribute("aria-label", `셀 ${number} ${label}`);
    }
    this.#edit.setAttribute("aria-pressed", "false");
    const code = section.querySelector(":scope > pre.source");
    if (code) code.before(bar, box);
    else section.prepend(bar, box);
    this.#run.onclick = () => runThese([this]);
    this.#edit.onclick = () => this.#show(box.hidden === true);
    this.#back.onclick = () => {
      this.#editor.value = source;
      this.#show(false);
    };
    field.onkeydown = (event) => {
      if (event.key === "Enter" && (event.shiftKey || event.ctrlKey)) {
        event.preventDefault();
        runThese([this]);
      }
    };
  }

  /** Runs it; resolves to its error, if any. */
  async run(): Promise<string | undefined> {
    this.#status.textContent = "실행 중…";
    this.section.classList.add("running");
    const outputs = new Outputs(this.section);
    const begin = performance.now();
    let error: string | undefined;
    try {
      error = await engine.run(this.#editor.value, (message) => outputs.show(message));
    } catch (failure) {
      error = String(failure);
    }
    this.section.classList.remove("running");
    const seconds = (performance.now() - begin) / 1000;
    this.#status.textContent = error === undefined ? `✓ ${seconds.toFixed(seconds < 1 ? 2 : 1)} s` : "✗";
    if (error !== undefined) outputs.text(error, "error");
    announce.textContent = `셀 ${this.number}: ${error === undefined ? "실행했습니다" : "오류가 났습니다"}`;
    return error;
  }

  /** Says something below what the cell shows. */
  note(text: string): void {
    this.section.querySelector(":scope > .outputs")?.append(textBox(text, ""));
  }

  forget(): void {
    this.#status.textContent = "";
  }

  #show(editing: boolean): void {
    const { box, field, value } = this.#editor;
    box.hidden = !editing && value === this.source;
    const code = this.section.querySelector<HTMLElement>(":scope > pre.source");
    if (code) code.hidden = !box.hidden;
    this.#edit.setAttribute("aria-pressed", String(!box.hidden));
    this.#back.hidden = box.hidden;
    if (editing) field.focus();
  }
}

async function runThese(cells: readonly Cell[]): Promise<void> {
  if (busy) return;
  busy = true;
  stopped = false;
  document.body.classList.add("busy");
  // What asks for something that no browser has may leave others without what it would have made: they are tried all the same.
  let absent = false;
  for (const cell of cells) {
    const error = await cell.run();
    absent ||= error?.includes(ABSENT) ?? false;
    if (stopped || (error !== undefined && !absent)) break;
    if (error !== undefined && !error.includes(ABSENT)) cell.note(FOLLOWS);
  }
  document.body.classList.remove("busy");
  busy = false;
}

/** What a script in the page says. */
const given = (id: string) => JSON.parse(document.getElementById(id)!.textContent!);

const sources: string[] = given("live-cells");
const colours: Partial<Record<Kind, string>> = given("live-colours");
const sections = [...document.querySelectorAll<HTMLElement>("section.cell.code")];
const cells = sections.flatMap((section, index) =>
  sources[index].trim() === "" ? [] : new Cell(section, sources[index], index + 1)
);

const all = element("button", { type: "button", textContent: "▶▶ 모두 실행" });
const halt = element("button", { type: "button", textContent: "■ 멈춤" });
const afresh = element("button", { type: "button", textContent: "↺ 처음으로" });
all.onclick = () => runThese(cells);
halt.onclick = async () => {
  if (!busy) return;
  stopped = true;
  announce.textContent = await engine.stop() ? "멈췄습니다. 변수가 사라졌습니다." : "멈췄습니다.";
};
afresh.onclick = () => {
  stopped = true;
  engine.reset("처음 상태로 되돌렸습니다.");
  for (const cell of cells) cell.forget();
  announce.textContent = "모든 변수를 지웠습니다.";
};
const bar = element("section", { className: "live-bar" });
bar.setAttribute("aria-label", "실습");
bar.append(all, halt, afresh, announce);
const notes = element("p", {
  className: "live-notes",
  textContent: document.getElementById("live-notes")!.textContent,
});
document.querySelector(".page-header")!.after(bar);
if (notes.textContent !== "") document.querySelector("main")!.prepend(notes);
