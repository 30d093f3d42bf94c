import { live, type LiveFigure, table } from "baeum/notebook";
import { rank, rowOf, summarizeFits } from "./search_results.ts";
import type { FitOutcome } from "./trial.ts";

/** How many of the finished candidates the table shows. */
const SHOWN = 15;

/** The table of trials below the cell: what runs, and the best of what is done. */
export class LiveTrials {
  #figure: LiveFigure | undefined;
  #candidates: readonly object[] = [];
  #splits = 0;
  #outcomes: readonly (readonly (FitOutcome | undefined)[])[] = [];
  #round: { iter?: number; nResources?: number } = {};
  #running: number[] = [];

  /** New candidates, of whose trainings some may be known. */
  begin(
    candidates: readonly object[],
    splits: number,
    outcomes: readonly (readonly (FitOutcome | undefined)[])[],
    round: { iter?: number; nResources?: number },
  ): void {
    this.#candidates = candidates;
    this.#splits = splits;
    this.#outcomes = outcomes;
    this.#round = round;
    this.#running = [];
    if (this.#figure) this.#figure.update();
    else this.#figure = live(() => this.#table());
  }

  started(candidate: number): void {
    this.#running.push(candidate);
    this.#figure?.update();
  }

  finished(candidate: number): void {
    this.#running.splice(this.#running.indexOf(candidate), 1);
    this.#figure?.update();
  }

  close(): void {
    this.#figure?.close();
  }

  #table() {
    const fits = this.#outcomes.map((outcomes) => outcomes.filter((outcome) => outcome !== undefined));
    const done = fits.flatMap((outcomes, candidate) =>
      outcomes.length === this.#splits
        ? [{ ...summarizeFits(this.#candidates[candidate], outcomes), ...this.#round }]
        : []
    );
    rank(done);
    done.sort((a, b) => a.rankTestScore - b.rankTestScore);
    const running = [...new Set(this.#running)].map((candidate) => ({
      rank: "…",
      ...this.#round,
      ...this.#candidates[candidate],
      seconds: `${fits[candidate].length} / ${this.#splits}`,
    }));
    const finished = fits.reduce((sum, outcomes) => sum + outcomes.length, 0);
    const failed = fits.flat().filter(({ error }) => error !== undefined).length;
    const common = { ...this.#round, ...commonSettings(this.#candidates) };
    const caption = `${finished} of ${this.#candidates.length * this.#splits} trainings` +
      (failed > 0 ? `, ${failed} failed` : "") +
      (done.length > SHOWN ? `; the best ${SHOWN} of ${done.length} candidates` : "") +
      Object.entries(common).map(([name, value], i) => `${i === 0 ? "; all with" : ","} ${name} ${value}`).join("");
    return table([...running, ...done.slice(0, SHOWN).map(rowOf)].map((row) => without(row, common)), { caption });
  }
}

/** The settings that several candidates have alike: a column of one value would only make the table wide. */
function commonSettings([first, ...others]: readonly object[]): object {
  if (others.length === 0) return {};
  const isCommon = ([name, value]: [string, unknown]) =>
    others.every((other) => Object.is(Reflect.get(other, name), value));
  return Object.fromEntries(Object.entries(first).filter(isCommon));
}

/** A row without the columns of these names. */
function without(row: object, names: object): object {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !(name in names)));
}
