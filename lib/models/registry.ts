/** `meanSquaredError` → `mean_squared_error`: names are looked up in Keras' spelling, whichever one was typed. */
export function underscored(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/**
 * Finds what a name stands for.
 *
 * @throws {RangeError} for an unknown name; the message lists the known ones and the nearest.
 */
export function lookUp<T>(kind: string, byName: ReadonlyMap<string, T>, name: string): T {
  const found = byName.get(name) ?? byName.get(underscored(name)) ?? byName.get(name.toLowerCase());
  if (found !== undefined) return found;
  const names = [...byName.keys()];
  const nearest = names.find((known) => editDistance(known, underscored(name)) <= 2);
  throw new RangeError(
    `There is no ${kind} of the name "${name}".${nearest ? ` Did you mean "${nearest}"?` : ""} Known: ${
      names.join(", ")
    }`,
  );
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
