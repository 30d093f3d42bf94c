/**
 * `deno task docs:keras`: writes docs/keras.md, the table of what Keras has, its name in Baeum, and what differs.
 *
 * Baeum's half is read from its modules and their documentation, Keras' from Keras itself.
 */
import * as models from "baeum/models";
import { join } from "node:path";
import { type DocumentedFunction, documentedFunctions } from "./documented_functions.ts";
import { peersPython } from "./test_peers.ts";
import { root } from "./test_stage.ts";

/** Where the table is. */
export const KERAS_TABLE = join(root, "docs", "keras.md");

/** Keras' version and, by module and name, the arguments of its classes and functions. */
export interface KerasNames {
  version: string;
  modules: Record<string, Record<string, string[]>>;
}

/** What is in Keras for others than those who build, train and keep a model. */
const NOT_TABLED: Record<string, string[]> = {
  layers: ["InputSpec", "Layer", "Wrapper", "Pipeline"],
  losses: ["Loss"],
  metrics: ["Metric", "MeanMetricWrapper"],
  optimizers: ["Optimizer"],
  schedules: ["LearningRateSchedule"],
  regularizers: ["Regularizer"],
  constraints: ["Constraint"],
  callbacks: ["CallbackList", "History", "ProgbarLogger"],
  activations: ["deserialize", "get", "serialize"],
};

/** What Keras 2 had, and Keras 3 knows in old files only. */
const KERAS_2: Record<string, Record<string, string[]>> = { layers: { ThresholdedReLU: ["theta"] } };

const TITLES: Record<string, string> = {
  layers: "Layers",
  activations: "Activations",
  losses: "Losses",
  metrics: "Metrics",
  optimizers: "Optimizers",
  schedules: "Learning-rate schedules",
  initializers: "Initializers",
  regularizers: "Regularizers",
  constraints: "Constraints",
  callbacks: "Callbacks",
};

/** Modules of which `lib/models` has a folder of that name; schedules are with the optimizers. */
const namespaces: Record<string, Record<string, unknown>> = {
  layers: models.layers,
  losses: models.losses,
  metrics: models.metrics,
  optimizers: models.optimizers,
  schedules: models.optimizers.schedules,
  initializers: models.initializers,
  regularizers: models.regularizers,
  constraints: models.constraints,
  callbacks: models.callbacks,
};

/** `beta_1` and `beta1` are one name, as are `L1L2` and `l1l2`. */
const plain = (name: string) => name.replaceAll("_", "").toLowerCase();

/** The table's text, from what `keras_names.py` answers. */
export async function kerasTable(keras: KerasNames): Promise<string> {
  const documented = await documentedFunctions(await sources());
  const sections = Object.entries(TITLES).map(([module, title]) =>
    section(title, module, keras.modules[module], documented)
  );
  return `# Keras and Baeum

What Keras ${keras.version} has, its name in Baeum, and what differs. Names not in a table are the same in camelCase: \`fit\`,
\`evaluate\`, \`trainOnBatch\`. Arguments are properties of one object, in camelCase: \`Dense(10, activation="relu")\` is
\`layers.dense({ units: 10, activation: "relu" })\`. Defaults and results are Keras'. \`deno task docs:keras\` writes this page from
the code and from Keras; a test compares.

${sections.join("\n\n")}
`;
}

async function kerasNames(python: string): Promise<KerasNames> {
  const { success, stdout, stderr } = await new Deno.Command(python, {
    args: [join(root, "scripts", "keras_names.py")],
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`Keras could not be asked:\n${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

async function sources(folder = "lib/models"): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
    if (isDirectory) files.push(...await sources(`${folder}/${name}`));
    else if (name.endsWith(".ts")) files.push(`${folder}/${name}`);
  }
  return files;
}

function section(
  title: string,
  module: string,
  keras: Record<string, string[]>,
  documented: Map<string, DocumentedFunction>,
): string {
  const there = Object.entries({ ...keras, ...KERAS_2[module] }).filter(([name]) =>
    !NOT_TABLED[module]?.includes(name)
  );
  const rows: string[] = [];
  const missing: string[] = [];
  for (const [name, parameters] of there.toSorted(([a], [b]) => a.localeCompare(b, "en"))) {
    const ours = ourName(module, name);
    if (ours) rows.push(`| \`${name}\` | \`${ours}\` | ${differences(ours, parameters, documented)} |`);
    else missing.push(`\`${name}\``);
  }
  return [
    `## ${title}`,
    ["| Keras | Baeum | Differences |", "| --- | --- | --- |", ...rows].join("\n"),
    ...(missing.length > 0 ? [`Not in Baeum: ${missing.join(", ")}.`] : []),
  ].join("\n\n");
}

/** How to write it: `layers.dense`, or as a string where that is the way. */
function ourName(module: string, name: string): string | undefined {
  if (module === "activations") {
    return isAccepted(() => models.layers.activation({ activation: name as "relu" })) ? `"${name}"` : undefined;
  }
  const prefix = module === "schedules" ? "optimizers.schedules" : module;
  const names = Object.keys(namespaces[module]).filter((key) => plain(key) === plain(name));
  // A class goes with a function that makes it: `layers.Dense` and `layers.dense`.
  const found = names.find((key) => /^[a-z]/.test(key)) ?? names[0];
  if (found) return `${prefix}.${found}`;
  if (module !== "metrics") return undefined;
  const typed = models.losses.lossNames().find((loss) => [plain(loss), `${plain(loss)}error`].includes(plain(name)));
  return typed && `"${typed}"`;
}

function isAccepted(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}

function differences(ours: string, parameters: string[], documented: Map<string, DocumentedFunction>): string {
  const own = documented.get(ours.slice(ours.lastIndexOf(".") + 1));
  if (!own) return "";
  const taken = new Set(own.parameters.map(plain));
  const missing = parameters.filter((parameter) => !taken.has(plain(parameter))).map((parameter) => `\`${parameter}\``);
  const parts = [own.difference, missing.length > 0 && `without ${missing.join(", ")}`].filter(Boolean);
  return parts.join("; ");
}

if (import.meta.main) {
  const python = await peersPython();
  if (!python) throw new Error("The table needs a Python with Keras: see above, or name one in BAEUM_PEERS.");
  await Deno.writeTextFile(KERAS_TABLE, await kerasTable(await kerasNames(python)));
  console.log(`Wrote ${KERAS_TABLE}`);
}
