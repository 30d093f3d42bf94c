/**
 * Every combination of some settings, as scikit-learn's `ParameterGrid` lists them: names in alphabetical order, the last
 * one changing fastest.
 *
 * An empty grid has one combination, the one without settings; a setting without values leaves none.
 *
 * @throws {TypeError} where a setting's values are no list: a string would silently become its letters.
 *
 * @example
 * ```ts
 * import { parameterGrid } from "baeum/tuning";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parameterGrid({ units: [30, 100], learningRate: [0.01] }), [
 *   { learningRate: 0.01, units: 30 },
 *   { learningRate: 0.01, units: 100 },
 * ]);
 * ```
 */
export function parameterGrid<Settings extends Record<string, unknown>>(
  grid: { [Name in keyof Settings]: readonly Settings[Name][] },
): Settings[] {
  const names = Object.keys(grid).sort() as (keyof Settings & string)[];
  return names.reduce<Settings[]>((combinations, name) => {
    const values = grid[name];
    if (!Array.isArray(values)) {
      throw new TypeError(`The setting "${name}" needs a list of values. Received: ${JSON.stringify(values)}`);
    }
    return combinations.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value }) as Settings));
  }, [{} as Settings]);
}
