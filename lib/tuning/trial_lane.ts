import type { Fit, FitOutcome } from "./trial.ts";

/** Something that does one training after another. */
export interface TrialLane {
  run(fit: Fit): Promise<FitOutcome>;
  close(): void;
}

/** What a trial is told that asks for a variable of the program that started the search. */
export function unknownName(name: string): TypeError {
  return new TypeError(
    `The trial uses "${name}", which its Worker does not know: a Worker has none of this program's variables. ` +
      `List it, uses: { ${name} }; or import it within the trial, await import("…"); or search with workers: 0, in this ` +
      "process, one training after another.",
  );
}
