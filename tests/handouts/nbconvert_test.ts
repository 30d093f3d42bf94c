import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { figuresOf } from "../../scripts/contact_sheet.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const nbconvert = join(root, ".venv", "bin", "jupyter-nbconvert");
const installed = await Deno.stat(nbconvert).then(() => true, () => false);

Deno.test({
  name: "nbconvert, too, shows a lesson's text, code and figures, each figure with its words",
  ignore: !installed,
  async fn() {
    const file = join(root, "notebooks", "10-losses.ipynb");
    const { success, stdout, stderr } = await new Deno.Command(nbconvert, {
      args: ["--to", "html", "--stdout", file],
      env: { JUPYTER_CONFIG_DIR: join(root, ".jupyter", "config") },
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const html = new TextDecoder().decode(stdout);
    assert(/<h1[^>]*>10\. 손실 함수: 무엇을 줄일 것인가/.test(html), "the title");
    assert(html.includes("crossEntropy"), "the code");
    const figures = figuresOf(await Deno.readTextFile(file));
    const shown = [...html.matchAll(/<svg\b[^>]*\brole="img"[^>]*>/g)].map(([tag]) => tag);
    assertEquals(shown.length, figures.length);
    for (const tag of shown) {
      assertStringIncludes(tag, 'xmlns="http://www.w3.org/2000/svg"');
      assert(/aria-label="[^"]{20,}"/.test(tag), tag);
    }
  },
});
