import { assert, assertEquals, assertRejects } from "@std/assert";
import { fromTfjs, layers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { assertNear, dataFor, fileCases, predicted } from "./file_cases.ts";

/** The model as a program with tfjs-layers alone loads it. */
async function loadedByTfjs(folder: string): Promise<tf.LayersModel> {
  const json = JSON.parse(await Deno.readTextFile(`${folder}/model.json`));
  const [{ paths, weights }] = json.weightsManifest;
  const weightData = (await Deno.readFile(`${folder}/${paths[0]}`)).buffer;
  return await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: weights, weightData }),
  );
}

/** What tfjs-layers lacks, or computes otherwise. */
const REFUSED: Record<string, string> = {
  "activity regularization": "ActivityRegularization",
  "normalization": "Normalization",
  "unit normalization": "UnitNormalization",
  "ReLU with all arguments": "(ReLU) cannot be saved for tfjs-layers: tfjs-layers computes something else",
  "ELU and softmax": "alpha",
  "Conv1D, causal": "CAUSAL",
  "Conv3D": "GlobalAveragePooling3D",
  "transposed Conv1D": "Conv1DTranspose",
  "GRU": "reset_after",
  "bidirectional GRU, summed": "reset_after",
  "a shared layer": "Subtract",
};

Deno.test("toTfjs writes what tfjs-layers loads and predicts the same with, and fromTfjs reads it back", async (t) => {
  await useBackend("cpu");
  for (const each of fileCases) {
    await t.step(each.title, async () => {
      const folder = await Deno.makeTempDir();
      const model = each.make();
      const refused = REFUSED[each.title];
      if (refused) {
        await assertRejects(() => model.toTfjs(folder), TypeError, refused);
        assertEquals([...Deno.readDirSync(folder)], []);
      } else {
        await model.toTfjs(folder);
        const x = dataFor(each);
        const wanted = predicted(model, x);
        const theirs = await loadedByTfjs(folder);
        const outputs = [theirs.predict(x.length === 1 ? x[0] : x)].flat();
        assertNear(outputs.map((y) => [...y.dataSync()]), wanted, each.title);
        const again = await fromTfjs(`${folder}/model.json`);
        assertEquals(
          again.getWeights().map((w) => [...w.dataSync()]),
          model.getWeights().map((w) => [...w.dataSync()]),
        );
        assertEquals(predicted(again, x), wanted);
        theirs.dispose();
      }
      await Deno.remove(folder, { recursive: true });
    });
  }
});

Deno.test("fromTfjs reads a model that was made and saved by tfjs-layers", async () => {
  const theirs = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [3], activation: "relu", kernelRegularizer: "l1l2" }),
      tf.layers.batchNormalization(),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.dense({ units: 2, activation: "softmax", kernelInitializer: "heNormal" }),
    ],
  });
  const folder = await Deno.makeTempDir();
  await theirs.save(tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    const bytes = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
    // As the browser does with large models: several files.
    await Deno.writeFile(`${folder}/a.bin`, bytes.slice(0, 10));
    await Deno.writeFile(`${folder}/b.bin`, bytes.slice(10));
    const weightsManifest = [{ paths: ["a.bin", "b.bin"], weights: weightSpecs }];
    await Deno.writeTextFile(`${folder}/model.json`, JSON.stringify({ modelTopology, weightsManifest }));
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
  }));
  const model = await fromTfjs(`${folder}/model.json`);
  const x = tf.tensor2d([[1, 2, 3], [-1, 0, 1]]);
  assertNear(predicted(model, [x]), [[...(theirs.predict(x) as tf.Tensor).dataSync()]], "tfjs");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fromTfjs refuses what is no layers model, leads elsewhere, or lacks weights", async (t) => {
  const folder = await Deno.makeTempDir();
  const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3], name: "d" })] });
  await model.toTfjs(folder);
  const text = await Deno.readTextFile(`${folder}/model.json`);
  const bad: [string, string, string][] = [
    ["no JSON", "{", "no JSON"],
    ["a graph model", text.replace("layers-model", "graph-model"), "no layers"],
    ["no topology", "{}", "no layers"],
    ["no weights", text.replace("weightsManifest", "weightsManifesto"), "weightsManifest"],
    ["a path out of the folder", text.replace("weights.bin", "../../etc/passwd"), "beside"],
    ["an absolute path", text.replace("weights.bin", "/etc/passwd"), "beside"],
    ["an address", text.replace("weights.bin", "https://example.com/a.bin"), "beside"],
    ["an unknown class", text.replace('"Dense"', '"Dence"'), "Dence"],
    ["units without end", text.replace('"units":2', '"units":1e15'), "shape"],
  ];
  for (const [title, content, message] of bad) {
    await t.step(title, async () => {
      assert(content !== text, "nothing was changed");
      await Deno.writeTextFile(`${folder}/model.json`, content);
      await assertRejects(() => fromTfjs(`${folder}/model.json`), Error, message);
    });
  }
  await Deno.remove(folder, { recursive: true });
});
