/** What the rounds of successive halving are made of. */
export interface HalvingOptions {
  /** By how much the resources of a candidate grow, and their number shrinks, from round to round; above 1. Default: 3. */
  factor?: number;
  /**
   * What a candidate has more of in each round: the rows of data, `"nSamples"` (the default), or a whole number among its
   * settings, by its name: `"epochs"`.
   */
  resource?: string;
  /** What the last round may have at most; needed for a resource other than the rows, of which there are so many. */
  maxResources?: number;
  /**
   * What the first round has: a number; `"smallest"`, 1 or twice as many rows as there are splits; or `"exhaust"` (the
   * default), as much as lets the last round have nearly `maxResources`.
   */
  minResources?: number | "exhaust" | "smallest";
  /** Whether to repeat the first round's resources until few enough candidates are left for the last round. Default: false. */
  aggressiveElimination?: boolean;
}

/** A round: how many candidates there are and what each has. */
export interface HalvingRound {
  nCandidates: number;
  nResources: number;
}

/**
 * The rounds of a halving search, as scikit-learn's `HalvingGridSearchCV` plans them.
 *
 * @throws {RangeError} when the numbers leave no round.
 */
export function halvingSchedule(
  candidates: number,
  { factor = 3, minResources = "exhaust", aggressiveElimination = false }: HalvingOptions,
  { smallest, most }: { smallest: number; most: number },
): HalvingRound[] {
  if (!(factor > 1 && Number.isFinite(factor))) throw new RangeError(`factor is a number above 1. Received: ${factor}`);
  for (const [name, value] of [["minResources", minResources], ["maxResources", most]] as const) {
    if (typeof value === "string" || Number.isInteger(value) && value > 0) continue;
    throw new RangeError(`${name} is a whole number from 1. Received: ${value}`);
  }
  const required = 1 + Math.floor(logarithm(candidates, factor));
  let least = typeof minResources === "number" ? minResources : smallest;
  if (least > most) {
    throw new RangeError(`maxResources must not be less than minResources. Received: ${most} and ${least}`);
  }
  if (minResources === "exhaust") least = Math.max(least, Math.floor(most / factor ** (required - 1)));
  const possible = 1 + Math.floor(logarithm(Math.floor(most / least), factor));
  const rounds: HalvingRound[] = [];
  for (let round = 0; round < (aggressiveElimination ? required : Math.min(possible, required)); round++) {
    const power = aggressiveElimination ? Math.max(0, round - required + possible) : round;
    rounds.push({
      nCandidates: round === 0 ? candidates : Math.ceil(rounds[round - 1].nCandidates / factor),
      nResources: Math.min(Math.floor(factor ** power * least), most),
    });
  }
  return rounds;
}

/** As Python's `math.log(x, base)`, whose rounding decides on the number of rounds where it should be whole. */
function logarithm(x: number, base: number): number {
  return Math.log(x) / Math.log(base);
}
