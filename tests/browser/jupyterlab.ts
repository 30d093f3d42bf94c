/** JupyterLab as `./baeum lab` starts it, in a real Chromium. */

import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { findChromium } from "../../handouts/chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Screenshots and the notebooks' working copies; inside the project, so that `baeum/…` resolves. */
export const folder: string = join(root, "out", "browser");

/** Where Chromium is on this machine. */
export const chromiumPath: string | undefined = findChromium();

/** Whether the tests can run; says why not. Where CI is set they run, and fail if something is missing. */
export function ready(): boolean {
  const venv = join(root, ".venv", "bin", "python");
  let installed = true;
  try {
    Deno.statSync(venv);
  } catch {
    installed = false;
  }
  if ((chromiumPath && installed) || Deno.env.get("CI")) return true;
  console.log(`skipped: the browser tests need ${chromiumPath ? "./baeum to have been run once" : "Chromium"}`);
  return false;
}

/** A kernel by its names in Jupyter. */
export interface KernelName {
  name: string;
  display_name: string;
}

export const baeum: KernelName = { name: "baeum", display_name: "Baeum (TypeScript · Deno)" };

/** Offers Deno's own kernel to the JupyterLab that is started next with the returned folder. */
export async function stockKernel(): Promise<KernelName & { folder: string }> {
  const jupyter = join(folder, "jupyter");
  const spec = join(jupyter, "kernels", "stock-deno");
  await Deno.mkdir(spec, { recursive: true });
  const argv = [Deno.execPath(), "jupyter", "--quiet", "--kernel", "--conn", "{connection_file}"];
  const kernel = { name: "stock-deno", display_name: "Deno's own" };
  await Deno.writeTextFile(join(spec, "kernel.json"), JSON.stringify({ ...kernel, argv, language: "typescript" }));
  return { ...kernel, folder: jupyter };
}

/** A notebook's text from the sources of its code cells. */
export function notebookOf(sources: string[], kernel = baeum): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: kernel.name, display_name: kernel.display_name, language: "typescript" } },
    cells: sources.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
  });
}

/** A page of JupyterLab. `problems` collects dialogs' texts and the console's errors. */
export class Lab {
  readonly problems: string[] = [];

  private constructor(
    private server: Deno.ChildProcess,
    private browser: Browser,
    readonly page: Page,
    private url: string,
    private kernel: KernelName,
  ) {
    page.on("console", (message) => {
      // The browser reports as an error what the server answers when it is asked for a workspace that is new.
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) {
        this.problems.push(`console: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => this.problems.push(`page: ${error.message}`));
  }

  /** Starts server and browser for notebooks of a kernel, whose spec may lie in a folder of its own. */
  static async open(kernel: KernelName & { folder?: string } = baeum): Promise<Lab> {
    if (!chromiumPath) throw new Error("CI is set, but there is no Chromium: install one, or set CHROME_PATH");
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, "server.log"), "");
    const server = new Deno.Command(join(root, "baeum"), {
      args: [
        "lab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.port=0",
        `--ServerApp.root_dir=${folder}`,
        `--KernelSpecManager.allowed_kernelspecs=${kernel.name}`,
      ],
      env: { BAEUM_QUICK: "1", JUPYTER_PATH: kernel.folder ?? "" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const url = await addressOf(server);
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"], timeout: 120_000 });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(120_000);
    return new Lab(server, browser, page, url, kernel);
  }

  /** Opens a notebook of `folder` and waits for its kernel. */
  async notebook(name: string): Promise<void> {
    await this.page.goto(this.url.replace("/lab?", `/lab/tree/${name}?reset&`));
    await this.page.locator(".jp-Notebook .jp-Cell").first().waitFor();
    await this.idle(120_000);
  }

  /** Waits until the kernel has nothing to do. */
  async idle(timeout: number): Promise<void> {
    await this.page.getByText(`${this.kernel.display_name} | Idle`).waitFor({ timeout });
  }

  /** Runs a command of the menus, by their labels. */
  async menu(...labels: string[]): Promise<void> {
    await this.page.getByRole("menuitem", { name: labels[0], exact: true }).first().click();
    await this.page.locator(".lm-Menu-item", { hasText: labels[1] }).first().click();
  }

  /**
   * Waits until every code cell has run, the last one as number `count` or later; each cell's outputs as text.
   * They are read from the saved file, as JupyterLab draws only cells near the window.
   */
  async outputs(name: string, count: number, timeout = 300_000): Promise<string[]> {
    const end = Date.now() + timeout;
    let before = "";
    while (Date.now() < end) {
      await this.idle(timeout);
      await this.menu("File", "Save Notebook");
      await this.page.waitForTimeout(1000);
      const cells = codeCells(await Deno.readTextFile(join(folder, name)));
      const ran = cells.every((cell) => cell.execution_count !== null) && cells.at(-1)!.execution_count! >= count;
      // What the last cell shows may come while JupyterLab saves: two files that are the same hold all of it.
      const same = before === (before = JSON.stringify(cells));
      if (ran && same) {
        return cells.map(({ outputs }) => outputs.map((output) => JSON.stringify(output)).join("\n"));
      }
    }
    throw new Error(`Not every cell of ${name} has run after ${timeout / 1000} s`);
  }

  /** The code cell whose source holds this text. */
  cell(text: string): Locator {
    return this.page.locator(".jp-CodeCell", { has: this.page.locator(".jp-InputArea-editor", { hasText: text }) });
  }

  /** Does what asks for help until it is shown: JupyterLab waits for an answer but briefly, and then shows nothing. */
  async help(ask: () => Promise<void>, shown: Locator): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      await ask();
      const isShown = await shown.waitFor({ timeout: 6000 }).then(() => true, () => false);
      if (isShown) return;
      await this.page.keyboard.press("Escape");
    }
    throw new Error("JupyterLab shows no help");
  }

  async dialogs(): Promise<string[]> {
    return await this.page.locator(".jp-Dialog, .jp-toast, .Toastify__toast").allInnerTexts();
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.kill("SIGTERM");
    await this.server.status;
  }
}

interface SavedCell {
  cell_type: string;
  execution_count: number | null;
  outputs: unknown[];
}

function codeCells(notebook: string): SavedCell[] {
  const { cells }: { cells: SavedCell[] } = JSON.parse(notebook);
  return cells.filter(({ cell_type }) => cell_type === "code");
}

/** Reads the server's log up to its address; all of it goes to `folder`. */
async function addressOf(server: Deno.ChildProcess): Promise<string> {
  let log = "";
  const found = Promise.withResolvers<string>();
  (async () => {
    for await (const text of server.stderr.pipeThrough(new TextDecoderStream())) {
      log += text;
      await Deno.writeTextFile(join(folder, "server.log"), text, { append: true });
      const url = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/.exec(log);
      if (url) found.resolve(url[0]);
    }
    found.reject(new Error(`JupyterLab did not start:\n${log}`));
  })();
  return await found.promise;
}
