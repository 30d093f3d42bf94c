import { describeBackend } from "baeum/tensors";
import { blas } from "./blas.ts";
import { team } from "./threads/engine_team.ts";

/** Tells `backendInfo()` what matrix products run on. */
describeBackend("wasm", () => {
  const library = blas();
  return library
    ? { matrixProducts: library.name, threads: team()?.threads ?? library.threads }
    : { matrixProducts: "WebAssembly (no BLAS library was found)", threads: team()?.threads ?? 1 };
});
