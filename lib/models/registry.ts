/** `meanSquaredError` → `mean_squared_error`: names are looked up in Keras' spelling, whichever one was typed. */
export function underscored(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/** `earlyStopping` for `early_stopping`. */
export function camelCased(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
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
  const nearest = nearestOf(names, underscored(name));
  throw new RangeError(
    `There is no ${kind} of the name "${name}".${nearest ? ` Did you mean "${nearest}"?` : ""} Known: ${
      names.join(", ")
    }`,
  );
}

function nearestOf(names: readonly string[], name: string): string | undefined {
  return names.find((known) => editDistance(known, name) <= 2);
}

/**
 * Refuses options that nobody knows: in a notebook no compiler does, and one that is left aside would change the result unseen.
 *
 * @throws {TypeError} naming the option, the known ones and the nearest.
 */
export function checkOptionNames(what: string, options: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (known.includes(name) || value === undefined) continue;
    const nearest = nearestOf(known, camelCased(name));
    throw new TypeError(
      `${what} has no option "${name}".${nearest ? ` Did you mean "${nearest}"?` : ""} Known: ${known.join(", ")}`,
    );
  }
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
