import { parseCsv } from "baeum/formats";
import { fetchFile, type FetchOptions } from "./fetch_file.ts";
import { californiaHousingTable } from "./published_files.ts";
import { type Rows, rowsOf } from "./tables.ts";

/** What the columns are; rooms, bedrooms and inhabitants are averages over a district's households. */
export const featureNames: readonly string[] = [
  "MedInc",
  "HouseAge",
  "AveRooms",
  "AveBedrms",
  "Population",
  "AveOccup",
  "Latitude",
  "Longitude",
];

/**
 * California's house prices of the 1990 census, 20,640 districts, as `sklearn.datasets.fetch_california_housing()`.
 *
 * - `x` is `[20640, 8]`, float32, the columns of {@linkcode featureNames}; `raw.x` has them in scikit-learn's 64 bits;
 * - `y` is `[20640]`, float32, the median price in 100,000 dollars.
 *
 * 2.1 MB. Licence: none stated (Pace and Barry 1997, StatLib).
 *
 * @throws {DataUnavailableError} if no source has the file; the message says what to put where.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.fetch_california_housing.html
 *
 * @example
 * ```ts ignore
 * import { californiaHousing } from "baeum/datasets";
 *
 * const { x, y, featureNames } = await californiaHousing.load();
 * console.log(x.shape, y.shape, featureNames[0]); // [20640, 8] [20640] MedInc
 * ```
 */
export async function load(options: FetchOptions = {}): Promise<Rows & { featureNames: readonly string[] }> {
  const { bytes } = await fetchFile([californiaHousingTable], options);
  const table = parseCsv(bytes, { columns: 9 });
  const x = table.flatMap(([longitude, latitude, age, rooms, bedrooms, population, households, income]) => [
    income,
    age,
    rooms / households,
    bedrooms / households,
    population,
    population / households,
    latitude,
    longitude,
  ]);
  const y = Float64Array.from(table, (row) => row[8] / 100_000);
  return { ...rowsOf(Float64Array.from(x), y), featureNames };
}
