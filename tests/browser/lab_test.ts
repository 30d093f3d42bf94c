import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { folder, Lab, notebookOf, ready } from "./jupyterlab.ts";

const options = { ignore: !ready(), sanitizeOps: false, sanitizeResources: false };

Deno.test({
  ...options,
  name: "JupyterLab shows each of 64 mixed cells' outputs under its own cell, three times, without a dialog",
  async fn() {
    const sources = Array.from({ length: 64 }, (_, index) => {
      const mark = `mark-${index}-`;
      return [
        `"${mark}"`,
        `for (let i = 0; i < 30; i++) console.log("${mark}" + i);`,
        `await Deno.jupyter.display(Deno.jupyter.html\`<b>${mark}</b>\`); console.log("after ${mark}")`,
        `await new Promise((done) => setTimeout(done, 5)); console.error("${mark}");`,
      ][index % 4];
    });
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, "mixed.ipynb"), notebookOf(sources));
    const lab = await Lab.open();
    try {
      await lab.notebook("mixed.ipynb");
      for (let round = 0; round < 3; round++) {
        await lab.menu("Run", "Run All Cells");
        const outputs = await lab.outputs("mixed.ipynb", 64 * (round + 1));
        const wrong = outputs.flatMap((text, index) => {
          const marks = new Set([...text.matchAll(/mark-(\d+)-/g)].map((match) => Number(match[1])));
          return marks.size === 1 && marks.has(index)
            ? []
            : [`cell ${index} shows ${JSON.stringify(text.slice(0, 80))}`];
        });
        assertEquals(wrong, []);
      }
      assertEquals(await lab.dialogs(), []);
      assertEquals(lab.problems, []);
    } finally {
      await lab.screenshot("mixed");
      await lab.close();
    }
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
        "for (;;) await new Promise((done) => setTimeout(done, 10));",
        "kept + 1",
      ]),
    );
    const lab = await Lab.open();
    try {
      await lab.notebook("stop.ipynb");
      await lab.menu("Run", "Run All Cells");
      await lab.page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]').waitFor();
      await lab.page.waitForTimeout(500);
      await lab.menu("Kernel", "Interrupt Kernel");
      await lab.page.locator(".jp-CodeCell", { hasText: "Interrupted" }).waitFor({ timeout: 10_000 });
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

Deno.test({
  ...options,
  name: "the MNIST lesson runs from top to bottom in JupyterLab and shows its figures",
  async fn() {
    await Deno.mkdir(folder, { recursive: true });
    const lesson = new URL("../../notebooks/05-mnist-mlp.ipynb", import.meta.url);
    await Deno.copyFile(lesson, join(folder, "05-mnist-mlp.ipynb"));
    const lab = await Lab.open();
    try {
      await lab.notebook("05-mnist-mlp.ipynb");
      await lab.screenshot("lesson-opened");
      await lab.menu("Kernel", "Restart Kernel and Run All Cells");
      await lab.page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
      await lab.page.waitForTimeout(2000);
      const outputs = await lab.outputs("05-mnist-mlp.ipynb", 10, 300_000);
      assertEquals(outputs.filter((text) => text.includes('"output_type":"error"')), []);
      assert(await lab.page.locator(".jp-OutputArea-output svg").count() > 0);
      await lab.page.locator(".jp-OutputArea-output svg").last().scrollIntoViewIfNeeded();
      await lab.screenshot("lesson-figures");
      assertEquals(await lab.dialogs(), []);
      assertEquals(lab.problems, []);
    } finally {
      await lab.screenshot("lesson-end");
      await lab.close();
    }
  },
});
