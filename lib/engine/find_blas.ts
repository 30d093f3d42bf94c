/** Where a BLAS library may be. */
export interface BlasPlace {
  path: string;
  /** What its functions' names begin with. */
  prefix: string;
  /** Whether the user asked for this one, so that not finding it is an error. */
  needed?: boolean;
}

/** Names under which systems install OpenBLAS. */
const systemNames = ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib", "libopenblas.dll"];
const accelerate = "/System/Library/Frameworks/Accelerate.framework/Accelerate";

/**
 * Every place to look, best first: `BAEUM_BLAS`, the `scipy-openblas32` wheel in the project's `.venv` or in the one the
 * process runs from, macOS' Accelerate, the system's OpenBLAS.
 */
export function findBlas(): BlasPlace[] {
  const places: BlasPlace[] = [];
  const asked = readVariable("BAEUM_BLAS");
  if (asked === "none") return [];
  if (asked) places.push({ path: asked, prefix: "scipy_", needed: false }, { path: asked, prefix: "", needed: true });
  const environments = [new URL("../../.venv", import.meta.url).pathname, readVariable("VIRTUAL_ENV")];
  for (const folder of environments) if (folder) places.push(...wheelIn(folder));
  if (Deno.build.os === "darwin") places.push({ path: accelerate, prefix: "" });
  return [...places, ...systemNames.map((path) => ({ path, prefix: "" }))];
}

/** An environment variable; undefined also where reading it is not permitted. */
export function readVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/** The wheel's library: `lib/pythonX.Y/site-packages/scipy_openblas32/lib/libscipy_openblas.so`, elsewhere `Lib/…dll`. */
function wheelIn(environment: string): BlasPlace[] {
  const packages = [`${environment}/Lib/site-packages`];
  try {
    for (const entry of Deno.readDirSync(`${environment}/lib`)) {
      if (entry.name.startsWith("python")) packages.push(`${environment}/lib/${entry.name}/site-packages`);
    }
  } catch {
    // No such environment, or no permission to look: the next place may do.
  }
  return packages.flatMap((folder) => {
    const lib = `${folder}/scipy_openblas32/lib`;
    try {
      return [...Deno.readDirSync(lib)]
        .filter(({ name }) => /^libscipy_openblas.*\.(so|dylib|dll)$/.test(name))
        .map(({ name }) => ({ path: `${lib}/${name}`, prefix: "scipy_" }));
    } catch {
      return [];
    }
  });
}
