import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { joinCells } from "../../scripts/cells.ts";
import { mirror, root } from "../../scripts/test_stage.ts";
import { peerTest } from "../peers.ts";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("17-save-callbacks-tensorboard");

Deno.test("A loaded model predicts the same and learns on as the one that was saved, and other weights are refused", () => {
  const said = lesson.output("const loaded = await loadModel");
  assertStringIncludes(said, "예측의 차이: 0\n");
  const [, first, second] = said.match(/(0\.\d{5}) .* (0\.\d{5})/)!;
  assertEquals(first, second);
  assertStringIncludes(lesson.output("same.loadWeights"), "같은 구조: true");
  assertStringIncludes(lesson.output("same.loadWeights"), "(784, 10) in the model. Received: (784, 300)");
  const rows = lesson.output("const old = await loadModel").split("\n").slice(1);
  assertEquals(rows[0].slice(rows[0].indexOf("[")), rows[1].slice(rows[1].indexOf("[")));
  assertStringIncludes(lesson.output("const size = "), "하나에 12.0바이트");
});

Deno.test("What Python is said to have printed is what the lesson has printed of the same files", async () => {
  const { printed } = await pythonOf();
  const ours = lesson.output("const again = await loadModel").trim().split("\n");
  assertEquals(numbersIn(ours[0]), numbersIn(printed[0]));
  assertEquals(numbersIn(ours[1]), numbersIn(printed[1]));
  assertEquals(numbersIn(ours[2]), numbersIn(printed[2]));
});

Deno.test("Checkpoints have Keras' names, the best is before the last, and early stopping ends ten epochs after it", () => {
  const names = lesson.output('modelCheckpoint("my_models/all').match(/\d\d-\d\.\d\d\.keras/g)!;
  assertEquals(names.map((name) => name.slice(0, 2)), ["01", "02", "03", "04"]);
  const saved = [...lesson.output("const best = callbacks").matchAll(/Epoch (\d+): val_loss improved/g)];
  const best = Number(saved.at(-1)![1]);
  assert(best < 20, String(best));
  const rows = lesson.output("const restored = ").split("\n").slice(1).map((line) =>
    numbersIn(line.slice(line.indexOf("세대")))
  );
  assertStringIncludes(lesson.output("const restored = "), `가장 좋았던 ${best}번째 세대`);
  assert(rows[0][0] < rows[1][0] - 0.05, "the best epoch's test loss is the smaller one");
  assert(rows[0][2] < rows[1][2], "the last epoch's wrong answers are the surer ones");
  assertStringIncludes(lesson.output("const stop = "), `가장 좋았던 세대: ${best}`);
  assertStringIncludes(lesson.output("const stop = "), `${best + 10}세대를 배웠다`);
  const [, kept, file] = lesson.output("const [inMemory]").match(/모델 (0\.\d+), 파일의 모델 (0\.\d+)/)!;
  assertEquals(kept, file);
});

Deno.test("The ratio of the losses rises above one, and an interrupted training goes on with the same losses", () => {
  const ratios = [...lesson.output("class PrintValTrainRatio").matchAll(/val\/train: (\d\.\d\d)/g)].map(([, value]) =>
    +value
  );
  assertEquals(ratios.length, 4);
  assert(ratios.every((ratio, i) => ratio > (ratios[i - 1] ?? 1)), String(ratios));
  const resumed = lesson.output("const resumed = ");
  assertStringIncludes(resumed, "이어서 배운 세대: 4, 5, 6");
  for (const line of resumed.split("\n").filter((text) => /^ +[456] /.test(text))) {
    const [, ours, whole] = numbersIn(line);
    assertEquals(ours, whole);
  }
});

Deno.test("TensorBoard is shown in a frame, and as a picture for pages on which nothing runs", async () => {
  const shown = lesson.cells.find(({ source }) => source.includes("await tensorboard("))!;
  assertStringIncludes(JSON.stringify(shown.outputs), "<iframe");
  const { cells } = await notebook();
  const picture = cells.find(({ attachments }) => attachments)!;
  const png = Uint8Array.fromBase64(picture.attachments!["tensorboard.png"]["image/png"]);
  assertEquals([...png.slice(1, 4)], [..."PNG"].map((letter) => letter.charCodeAt(0)));
});

interface MarkdownCell {
  cell_type: string;
  source: string | string[];
  attachments?: Record<string, Record<string, string>>;
}

async function notebook(): Promise<{ cells: MarkdownCell[] }> {
  return JSON.parse(await Deno.readTextFile(join(root, "notebooks", `${lesson.name}.ipynb`)));
}

/** The lesson's lines of Python, and what they are said to print. */
async function pythonOf(): Promise<{ code: string; printed: string[] }> {
  const text = (await notebook()).cells.map(({ source }) => [source].flat().join("")).find((source) =>
    source.startsWith("```python")
  )!;
  const [, code, printed] = /```python\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)\n```/.exec(text)!;
  return { code, printed: printed.split("\n") };
}

/** What those lines ask Keras, asked here, as a line of JSON. */
const SAME_IN_BAEUM = `
import { loadModel as open } from "baeum/models";
const sameModel = await open("my_models/fashion.keras");
const sameOld = await open("my_models/my_keras_model.h5");
const sameRows = (sameOld.predict(xTest.slice(0, 3)) as tf.Tensor).arraySync() as number[][];
const sameMost = sameRows.map((row) => Math.max(...row));
console.log(JSON.stringify([
  Object.values(await sameModel.evaluate(xTest, test.y, { verbose: 0 })),
  [...sameRows.map((row, i) => row.indexOf(sameMost[i])), ...sameMost],
]));
`;

const numbersIn = (text: string) => (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);

peerTest("The lesson's lines of Python open its files in Keras and print what the lesson says", async (ask) => {
  const folder = await Deno.makeTempDir();
  const { code, printed } = await pythonOf();
  const until = lesson.cells.findIndex(({ source }) => source.includes("const again = await loadModel"));
  const { text } = joinCells(lesson.cells.slice(0, until), new URL("file:///"));
  await Deno.writeTextFile(`${folder}/lesson.ts`, text + SAME_IN_BAEUM);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "--config", join(root, "deno.json"), `${folder}/lesson.ts`],
    env: { BAEUM_MIRROR: mirror, BAEUM_QUICK: "" },
    cwd: folder,
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  const answer = await ask(
    `
import os, io, contextlib
home = os.path.join(given["folder"], "keras")
os.makedirs(os.path.join(home, "datasets"))
os.symlink(os.path.join(given["mirror"], "fashion-mnist"), os.path.join(home, "datasets", "fashion-mnist"))
os.environ["KERAS_HOME"] = home
os.chdir(given["folder"])
out = io.StringIO()
with contextlib.redirect_stdout(out): exec(given["code"], {})
answer = out.getvalue().strip().split("\\n")
`,
    { folder, mirror, code },
  ) as string[];
  assertEquals(answer.length, printed.length);
  assertEquals(answer[0], printed[0]);
  // Other processors round otherwise while they learn, so a picture that could be two things may be told to be the other one; what
  // this run's files say has to be the same in Keras and here.
  const evaluated = numbersIn(answer[1]);
  numbersIn(printed[1]).forEach((value, k) => assert(Math.abs(value - evaluated[k]) < 0.02, answer[1]));
  const here: number[][] = JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
  [evaluated, numbersIn(answer[2])].forEach((line, i) =>
    line.forEach((value, k) => assert(Math.abs(value - here[i][k]) < 1e-3, `Keras: ${answer[i + 1]}, here: ${here[i]}`))
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("The lesson on callbacks' solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const name = (number: string, loss: string) => `return \`\${${number}}-\${${loss}}.keras\`;`;
  const two = 'String(epoch + 1).padStart(2, "0")';
  const stops = (better: string, worse: string, result = "[epoch + 1, best + 1]", last = "[losses.length, best + 1]") =>
    `let best = 0; for (let epoch = 1; epoch < losses.length; epoch++) {` +
    `if (${better}) best = epoch; else if (${worse}) return ${result}; } return ${last};`;
  const ratio = "logs.ratio = logs.val_loss / logs.loss;";
  await assertVerdicts(lesson, [
    [
      { code: name('String(epoch).padStart(2, "0")', "valLoss.toFixed(2)"), hint: "0부터 세었다" },
      { code: name("epoch + 1", "valLoss.toFixed(2)"), hint: "두 자리로 만든다" },
      { code: name(two, "Math.round(valLoss * 100) / 100"), hint: "언제나 소수점 아래" },
      { code: name(two, "valLoss"), hint: "반올림한다" },
    ],
    [
      {
        code: stops(
          "losses[epoch] < losses[best]",
          "epoch - best === patience",
          "[epoch, best]",
          "[losses.length - 1, best]",
        ),
        hint: "0부터 세었다",
      },
      { code: stops("losses[epoch] < losses[best]", "epoch - best > patience"), hint: "한 세대 늦게" },
      { code: stops("losses[epoch] <= losses[best]", "epoch - best === patience"), hint: "더 작아야" },
      {
        code: stops("losses[epoch] < losses[best]", "epoch - best === patience", "[epoch + 1, epoch + 1]"),
        hint: "멈춘 세대가 아니라",
      },
    ],
    [
      { code: ratio, hint: "학습이 멈추지 않았다" },
      { code: `${ratio} if (logs.ratio >= this.limit) this.model.stopTraining = true;`, hint: "넘었을 때만" },
      { code: "if (logs.val_loss / logs.loss > this.limit) this.model.stopTraining = true;", hint: "적지 않았다" },
      {
        code: "logs.ratio = logs.loss / logs.val_loss; if (logs.ratio > this.limit) this.model.stopTraining = true;",
        hint: "거꾸로",
      },
    ],
  ]);
});
