import * as arquero from "arquero";
import * as datasets from "baeum/datasets";
import * as models from "baeum/models";
import * as notebook from "baeum/notebook";
import * as plots from "baeum/plots";
import * as preprocessing from "baeum/preprocessing";
import * as scratch from "baeum/scratch";
import * as tensors from "baeum/tensors";
import * as tuning from "baeum/tuning";
import * as plot from "@observablehq/plot";

/** What a cell of a live page can import. */
export const modules: Record<string, Record<string, unknown>> = {
  "arquero": arquero,
  "baeum/datasets": datasets,
  "baeum/models": models,
  "baeum/notebook": notebook,
  "baeum/plots": plots,
  "baeum/preprocessing": preprocessing,
  "baeum/scratch": scratch,
  "baeum/tensors": tensors,
  "baeum/tuning": tuning,
  "@observablehq/plot": plot,
};
