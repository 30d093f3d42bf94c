/**
 * `./baeum data`: lists, fetches, verifies and removes the data sets in the cache.
 */
import { cacheFolder } from "../lib/datasets/cache_folder.ts";
import { catalog, type CatalogEntry } from "../lib/datasets/catalog.ts";
import { type DataFile, megabytes } from "../lib/datasets/data_file.ts";
import { fetchFile } from "../lib/datasets/fetch_file.ts";
import { begunBytes, checkStored, removeStored, storedBytes } from "../lib/datasets/stored_files.ts";

const USAGE = `Usage: ./baeum data [NAME...]            fetch data sets into the cache; without a name: list them
       ./baeum data all                  fetch them all
       ./baeum data --verify [NAME...]   compare the cache's files with their published checksums
       ./baeum data --remove NAME...     remove data sets from the cache`;

const downloads = catalog.filter(({ files }) => files.length > 0);

/** The bytes to download where nothing is at hand. */
function sizeOf({ files }: CatalogEntry): number {
  return files.reduce((sum, [preferred]) => sum + preferred.bytes, 0);
}

/** What the cache holds of a data set: whole files, and what has come of downloads that are not complete. */
async function cachedBytes({ files }: CatalogEntry): Promise<{ whole: number; begun: number }> {
  const sum = async (of: (file: DataFile) => Promise<number>) =>
    (await Promise.all(files.flat().map(of))).reduce((total, size) => total + size, 0);
  return { whole: await sum(storedBytes), begun: await sum(begunBytes) };
}

async function list(): Promise<void> {
  const rows: string[][] = [];
  let total = 0;
  for (const entry of catalog) {
    const { whole, begun } = await cachedBytes(entry);
    total += whole + begun;
    const size = entry.files.length === 0 ? "-" : megabytes(sizeOf(entry));
    const cached = [whole > 0 && `${megabytes(whole)} cached`, begun > 0 && `${megabytes(begun)} begun`];
    const state = entry.files.length === 0 ? "comes with Baeum" : cached.filter(Boolean).join(", ");
    rows.push([entry.name, size, state, entry.content]);
  }
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  for (const [name, size, state, content] of rows) {
    console.log(`${name.padEnd(widths[0])}  ${size.padStart(widths[1])}  ${state.padEnd(widths[2])}  ${content}`);
  }
  console.log(
    `\n${megabytes(total)} in ${cacheFolder()}. \`./baeum data NAME...\` fetches, \`./baeum data all\` fetches all.`,
  );
}

async function fetchAll(entries: CatalogEntry[]): Promise<boolean> {
  let complete = true;
  for (const { name, files } of entries) {
    try {
      for (const alternatives of files) await fetchFile(alternatives);
      console.log(`${name}: ready`);
    } catch (error) {
      complete = false;
      console.error(`${name}: ${(error as Error).message}\n`);
    }
  }
  return complete;
}

async function verifyAll(entries: CatalogEntry[]): Promise<boolean> {
  let sound = true;
  for (const { name, files } of entries) {
    const states = await Promise.all(files.flat().map(checkStored));
    const faults = states.flatMap((state) => state.state === "damaged" ? [state.fault] : []);
    const whole = states.filter(({ state }) => state === "whole").length;
    sound &&= faults.length === 0;
    if (faults.length > 0) console.error(`${name}: ${faults.join("\n")}`);
    else {console.log(
        `${name}: ${whole === 0 ? "not cached" : whole === 1 ? "1 file as published" : `${whole} files as published`}`,
      );}
  }
  return sound;
}

async function removeAll(entries: CatalogEntry[]): Promise<boolean> {
  for (const entry of entries) {
    const { whole, begun } = await cachedBytes(entry);
    const freed = whole + begun;
    for (const file of entry.files.flat()) await removeStored(file);
    console.log(`${entry.name}: ${freed > 0 ? `${megabytes(freed)} removed` : "was not cached"}`);
  }
  return true;
}

/** The data sets of these names, or nothing where one is unknown. */
function entriesOf(names: string[]): CatalogEntry[] | undefined {
  if (names.length === 1 && names[0] === "all") return [...downloads];
  const found = names.map((name) => catalog.find((entry) => entry.name.toLowerCase() === name.toLowerCase()));
  const unknown = names.find((_, i) => !found[i]);
  if (unknown === undefined) return found as CatalogEntry[];
  console.error(`There is no data set "${unknown}". There are: ${catalog.map(({ name }) => name).join(", ")}`);
}

const options = Deno.args.filter((argument) => argument.startsWith("-"));
const names = Deno.args.filter((argument) => !argument.startsWith("-"));
const known = ["--verify", "--remove", "--help", "-h"];
if (
  options.length > 1 || options.some((option) => !known.includes(option)) || (options[0] === "--remove" && !names[0])
) {
  console.error(USAGE);
  Deno.exit(2);
}
if (options[0] === "--help" || options[0] === "-h") {
  console.log(USAGE);
} else if (options.length === 0 && names.length === 0) {
  await list();
} else {
  const entries = entriesOf(names.length > 0 ? names : ["all"]);
  if (!entries) Deno.exit(2);
  const act = options[0] === "--verify" ? verifyAll : options[0] === "--remove" ? removeAll : fetchAll;
  if (!await act(entries)) Deno.exit(1);
}
