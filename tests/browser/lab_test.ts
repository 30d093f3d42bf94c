import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { baeum, folder, type KernelName, Lab, notebookOf, ready, stockKernel } from "./jupyterlab.ts";

const options = { ignore: !ready(), sanitizeOps: false, sanitizeResources: false };

const CELLS = 64;
const ROUNDS = 5;

/** Cells of all kinds; each text that they show carries the cell's number. */
function mixedCells(): string[] {
  const pause = (milliseconds: number) => `await new Promise((done) => setTimeout(done, ${milliseconds}));`;
  return Array.from({ length: CELLS }, (_, index) => {
    const mark = `mark-${index}-`;
    return [
      `"${mark}"`,
      `for (let i = 0; i < 30; i++) console.log("${mark}" + i);`,
      `await Deno.jupyter.display(Deno.jupyter.html\`<b>${mark}</b>\`); console.log("after ${mark}")`,
      `${pause(5)} console.error("${mark}");`,
      `({ mark: "${mark}", list: [1, 2, 3] })`,
      `Deno.jupyter.svg\`<svg xmlns="http://www.w3.org/2000/svg" id="${mark}" width="9" height="9"></svg>\``,
      `for (let i = 0; i < 5; i++) { await Deno.jupyter.display({ "text/plain": "${mark} state " + i }, ` +
      `{ raw: true, display_id: "id-${index}", update: i > 0 }); ${pause(2)} }`,
      `setTimeout(() => console.log("${mark} timer"), 2); ${pause(10)} "${mark}"`,
    ][index % 8];
  });
}

/** Runs the cells again and again, until something is wrong: what lies under a wrong cell or nowhere, dialogs, errors. */
async function wrongOutputs(kernel: KernelName & { folder?: string }, rounds: number): Promise<string[]> {
  await Deno.mkdir(folder, { recursive: true });
  const name = `mixed-${kernel.name}.ipynb`;
  await Deno.writeTextFile(join(folder, name), notebookOf(mixedCells(), kernel));
  const lab = await Lab.open(kernel);
  const wrong: string[] = [];
  try {
    await lab.notebook(name);
    for (let round = 0; round < rounds && wrong.length === 0; round++) {
      await lab.menu("Run", "Run All Cells");
      const outputs = await lab.outputs(name, CELLS * (round + 1)).catch((error) => void wrong.push(error.message));
      outputs?.forEach((text, index) => {
        const marks = new Set([...text.matchAll(/mark-(\d+)-/g)].map((match) => Number(match[1])));
        if (marks.size === 1 && marks.has(index)) return;
        wrong.push(`round ${round + 1}, cell ${index} shows the outputs of ${[...marks].join(", ") || "none"}`);
      });
    }
    return [...wrong, ...await lab.dialogs(), ...lab.problems];
  } finally {
    await lab.screenshot(`mixed-${kernel.name}`);
    await lab.close();
  }
}

Deno.test({
  ...options,
  name: "JupyterLab shows each of 64 mixed cells' outputs under its own cell, five times, without a dialog",
  async fn() {
    assertEquals(await wrongOutputs(baeum, ROUNDS), []);
  },
});

Deno.test({
  ...options,
  name: "in Deno's own kernel JupyterLab shows outputs of the same cells under others, so the test above can fail",
  async fn() {
    const wrong = await wrongOutputs(await stockKernel(), ROUNDS);
    console.log(`${wrong.length} of ${CELLS}, such as: ${wrong.slice(0, 4).join("; ")}`);
    assert(wrong.length > 0);
  },
});

Deno.test({
  ...options,
  name: "Stop ends a waiting cell in JupyterLab, and the next cell still knows the variables",
  async fn() {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(
      join(folder, "stop.ipynb"),
      notebookOf([
        "const kept: number = 41;",
        'console.log("begun"); for (;;) await new Promise((done) => setTimeout(done, 10));',
        "kept + 1",
      ]),
    );
    const lab = await Lab.open();
    try {
      await lab.notebook("stop.ipynb");
      await lab.menu("Run", "Run All Cells");
      await lab.page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output", { hasText: "begun" }).waitFor();
      await lab.menu("Kernel", "Interrupt Kernel");
      await lab.page.locator(".jp-CodeCell", { hasText: "Interrupted" }).waitFor();
      await lab.page.locator(".jp-CodeCell").nth(2).click();
      await lab.page.keyboard.press("Control+Enter");
      await lab.page.locator(".jp-CodeCell").nth(2).locator(".jp-OutputArea-output").waitFor();
      assertStringIncludes(
        await lab.page.locator(".jp-CodeCell").nth(2).locator(".jp-OutputArea-output").innerText(),
        "42",
      );
      assertEquals(await lab.dialogs(), []);
      assertEquals(lab.problems, []);
    } finally {
      await lab.screenshot("stop");
      await lab.close();
    }
  },
});

interface LessonCell {
  id: string;
  cell_type: string;
  source: string | string[];
}

/** The MNIST lesson up to its live training, so long that it can be stopped and with a line an epoch, and cells to go on with. */
async function lessonInTraining(name: string, after: string[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const lesson = JSON.parse(await Deno.readTextFile(new URL("../../notebooks/05-mnist-mlp.ipynb", import.meta.url)));
  const cells: LessonCell[] = lesson.cells;
  const sourceOf = ({ source }: LessonCell) => [source].flat().join("");
  const training = cells.findIndex((cell) => cell.cell_type === "code" && sourceOf(cell).includes("await model.fit("));
  const longer = sourceOf(cells[training]).replace(/epochs: .*,/, "epochs: 300,").replace(/verbose: 0/, "verbose: 2");
  for (const part of ["epochs: 300", "verbose: 2", "live: true"]) assertStringIncludes(longer, part);
  cells[training].source = longer;
  const added = JSON.parse(notebookOf(after)).cells;
  await Deno.writeTextFile(
    join(folder, name),
    JSON.stringify({ ...lesson, cells: [...cells.slice(0, training + 1), ...added] }),
  );
}

Deno.test({
  ...options,
  name: "the MNIST lesson draws its training, Stop ends it with the model kept, Tab and Shift-Tab help",
  async fn() {
    const name = "lesson.ipynb";
    await lessonInTraining(name, [
      'console.log("kept:", model.countParams(), model.history!.epoch.length > 0);',
      "// help",
    ]);
    const lab = await Lab.open();
    try {
      const { page } = lab;
      await lab.notebook(name);
      await lab.screenshot("lesson-opened");
      await lab.menu("Run", "Run All Cells");

      const training = lab.cell("await model.fit(");
      const figure = training.locator('svg[aria-label^="Training history"]');
      await figure.waitFor({ timeout: 300_000 });
      const seen = { figures: new Set<string | null>(), lines: new Set<string>() };
      for (const end = Date.now() + 120_000; Date.now() < end && (seen.figures.size < 4 || seen.lines.size < 4);) {
        seen.figures.add(await figure.getAttribute("aria-label"));
        seen.lines.add(await training.locator(".jp-OutputArea-output", { hasText: "Epoch 1/300" }).innerText());
        await page.waitForTimeout(100);
      }
      assert(seen.figures.size >= 4, "the figure follows the training");
      assert(seen.lines.size >= 4, "the lines follow the training");
      assertEquals(await figure.count(), 1);
      await lab.screenshot("lesson-training");

      const pressed = performance.now();
      await page.getByRole("button", { name: /Interrupt/ }).first().click();
      await training.getByText("Stopped in epoch").first().waitFor();
      console.log(`stopped after ${((performance.now() - pressed) / 1000).toFixed(1)} s`);
      await lab.idle(60_000);
      assertEquals(await figure.count(), 1);
      const next = lab.cell("kept:");
      await next.click();
      await page.keyboard.press("Control+Enter");
      await next.getByText("kept: 814090 true").waitFor();
      await lab.screenshot("lesson-stopped");

      const help = page.locator(".jp-CodeCell").last();
      const askAbout = async (code: string, key: string) => {
        await help.locator(".cm-content").click();
        await page.keyboard.press("Control+a");
        await page.keyboard.type(code);
        await page.keyboard.press(key);
      };
      const completer = page.locator(".jp-Completer:not(.lm-mod-hidden)");
      await lab.help(() => askAbout("model.e", "Tab"), completer.getByText("evaluate", { exact: true }));
      await completer.getByText("explainTraining", { exact: true }).waitFor();
      await lab.screenshot("lesson-tab");
      await page.keyboard.press("Escape");

      const tooltip = page.locator(".jp-Tooltip");
      await lab.help(() => askAbout("model.fit(", "Shift+Tab"), tooltip.getByText("FitOptions").first());
      await lab.screenshot("lesson-shift-tab");
      assertEquals(await lab.dialogs(), []);
      assertEquals(lab.problems, []);
    } finally {
      await lab.screenshot("lesson-last");
      await lab.close();
    }
  },
});

Deno.test({
  ...options,
  name: "the MNIST lesson runs from top to bottom in JupyterLab and shows its figures",
  async fn() {
    await Deno.mkdir(folder, { recursive: true });
    const lesson = JSON.parse(await Deno.readTextFile(new URL("../../notebooks/05-mnist-mlp.ipynb", import.meta.url)));
    for (const cell of lesson.cells) {
      if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
    }
    await Deno.writeTextFile(join(folder, "05-mnist-mlp.ipynb"), JSON.stringify(lesson));
    const lab = await Lab.open();
    try {
      await lab.notebook("05-mnist-mlp.ipynb");
      await lab.screenshot("whole-lesson-opened");
      await lab.menu("Kernel", "Restart Kernel and Run All Cells");
      await lab.page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
      const outputs = await lab.outputs("05-mnist-mlp.ipynb", 10, 900_000);
      assertEquals(outputs.filter((text) => text.includes('"output_type":"error"')), []);
      assert(await lab.page.locator(".jp-OutputArea-output svg").count() > 0);
      await lab.page.locator(".jp-OutputArea-output svg").last().scrollIntoViewIfNeeded();
      await lab.screenshot("whole-lesson-figures");
      assertEquals(await lab.dialogs(), []);
      assertEquals(lab.problems, []);
    } finally {
      await lab.screenshot("whole-lesson-end");
      await lab.close();
    }
  },
});
