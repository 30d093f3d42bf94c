import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "../../handouts/chromium.ts";
import type { Notebook } from "../../handouts/notebook.ts";
import { code, notebookOf, printed, text } from "./notebooks.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const installed = await Deno.stat(join(root, ".venv", "bin", "python")).then(() => true, () => false);
const formats = findChromium() ? "html,slides,pdf" : "html,slides";

/** `./baeum handouts` as a shell starts it: in a group of processes, to all of which Ctrl-C goes. */
class Build {
  readonly #mark = crypto.randomUUID();
  readonly #child: Deno.ChildProcess;
  readonly #printed: [out: Promise<string>, err: Promise<string>];
  readonly begun: Promise<void>;

  constructor(files: string[], out: string) {
    this.#child = new Deno.Command(join(root, "baeum"), {
      args: ["handouts", "--edition", "student", "--format", formats, "--out", out, ...files],
      env: { BAEUM_BUILD: this.#mark },
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.begun = promise;
    this.#printed = [read(this.#child.stdout, resolve), read(this.#child.stderr)];
  }

  interrupt(): void {
    Deno.kill(-this.#child.pid as number, "SIGINT");
  }

  async end(): Promise<{ code: number; out: string; err: string; left: string[] }> {
    const [{ code }, out, err] = await Promise.all([this.#child.status, ...this.#printed]);
    // A browser that was told to end takes a moment for it.
    for (const end = Date.now() + 60_000; Date.now() < end && (await this.#left()).length > 0;) await pause();
    return { code, out, err, left: await this.#left() };
  }

  /** The programs that the build has left behind: they have its environment, in whatever group they are. */
  async #left(): Promise<string[]> {
    if (Deno.build.os !== "linux") return [];
    const left: string[] = [];
    for await (const { name } of Deno.readDir("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const environment = await Deno.readTextFile(`/proc/${name}/environ`).catch(() => "");
      if (!environment.includes(this.#mark)) continue;
      left.push(await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => ""));
    }
    return left.filter((command) => command !== "");
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

async function read(stream: ReadableStream<Uint8Array>, onFirst: () => void = () => {}): Promise<string> {
  let all = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    all += chunk;
    if (all.includes("\n")) onFirst();
  }
  onFirst();
  return all;
}

async function course(lessons: Notebook[], use: (files: string[], folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "baeum-interrupted-" });
  try {
    const files = lessons.map((_, i) => join(folder, `${String(i + 1).padStart(2, "0")}-lesson.ipynb`));
    await Promise.all(files.map((file, i) => Deno.writeTextFile(file, JSON.stringify(lessons[i]))));
    await use(files, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const namesIn = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder)).catch(() => [])).map(({ name }) => name).sort();

const runs = async () => (await namesIn(join(root, "out"))).filter((name) => name.startsWith("student-"));

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; !await condition();) {
    assert(Date.now() < end, "waited in vain");
    await pause();
  }
}

Deno.test({
  name: "Ctrl-C while files are made leaves whole files and no process, and a second build makes the rest",
  ignore: !installed,
  async fn() {
    const lessons = Array.from({ length: 12 }, (_, i) => notebookOf(text(`# 단원 ${i + 1}\n\n글이다.`)));
    await course(lessons, async (files, folder) => {
      const out = join(folder, "out");
      const build = new Build(files, out);
      await build.begun;
      build.interrupt();
      const { code, err, left } = await build.end();
      assertEquals([code, left], [130, []], err);
      assertStringIncludes(err, "Stopped. What was made is whole; the next call makes the rest.");
      const made = (await namesIn(join(out, "student"))).filter((name) => !name.startsWith("."));
      assert(made.length > 0 && made.length < lessons.length, `in the middle: ${made.length} files`);
      const before = await Promise.all(made.map((name) => Deno.readTextFile(join(out, "student", name))));
      assertEquals(made.filter((name, i) => name.endsWith(".html") && !before[i].trimEnd().endsWith("</html>")), []);
      assertEquals(made.filter((name) => name.endsWith(".part")), []);

      const second = await new Build(files, out).end();
      assertEquals(second.code, 0, second.err);
      assertStringIncludes(second.out, `${made.length} unchanged`);
      const all = await namesIn(join(out, "student"));
      assertEquals(all.filter((name) => name.endsWith("lesson.html")).length, lessons.length);
      assertEquals(all.filter((name) => name.endsWith(".slides.html")).length, lessons.length);
    });
  },
});

Deno.test({
  name: "Ctrl-C while a student's edition runs ends the run and its kernel, and a second build runs it anew",
  ignore: !installed,
  async fn() {
    await course([notebookOf()], async ([file], folder) => {
      const gate = join(folder, "gate");
      const arrived = join(folder, "arrived");
      const out = join(folder, "out");
      const waiting = `Deno.writeTextFileSync(${JSON.stringify(arrived)}, "");
while (await Deno.stat(${JSON.stringify(gate)}).then(() => true, () => false)) {
  await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log("through");`;
      const lesson = notebookOf(
        text("# 단원"),
        code("const seen: number[] = [];"),
        code(
          "function answer(): number {\n  // BEGIN SOLUTION\n  seen.push(31.4159);\n  return 31.4159;\n  // END SOLUTION\n}",
        ),
        code("answer();", [printed("31.4159")]),
        code(waiting, [printed("through")]),
      );
      await Deno.writeTextFile(file, JSON.stringify(lesson));
      await Deno.writeTextFile(gate, "");
      const before = await runs();
      const build = new Build([file], out);
      await until(() => Deno.stat(arrived).then(() => true, () => false));
      build.interrupt();
      const { code: exit, err, left } = await build.end();
      assertEquals([exit, left], [130, []], err);
      assertEquals(await runs(), before, "the folder of the run is gone");
      assertEquals(await namesIn(join(out, "student")), []);

      await Deno.remove(gate);
      const second = await new Build([file], out).end();
      assertEquals([second.code, second.left], [0, []], second.err);
      assertStringIncludes(await Deno.readTextFile(join(out, "student", "01-lesson.html")), "through");
      assertEquals(await runs(), before);
    });
  },
});
