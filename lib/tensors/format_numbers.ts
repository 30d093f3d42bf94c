/** Digits behind the point, at most. */
const PRECISION = 8;

/**
 * float32 values as NumPy's `array2string` writes them: the fewest digits that tell each value from its neighbours, at
 * most eight behind the point; all values of one width; exponents where the largest is 1e8 or more, the smallest below
 * 1e-4, or they differ by a factor of more than 1,000.
 */
export function formatNumbers(values: ArrayLike<number>): string[] {
  const finite = Array.from(values).filter(Number.isFinite);
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const exponential = sizes.length > 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
  const texts = exponential ? asExponential(finite) : asFixed(finite);
  let next = 0;
  const all = Array.from(values, (value) => Number.isFinite(value) ? texts[next++] : special(value));
  const width = all.reduce((longest, text) => Math.max(longest, text.length), 0);
  return all.map((text) => text.padStart(width));
}

function special(value: number): string {
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** `1.`, `2.5`: as many places as the value with the most needs, blank where it has fewer. */
function asFixed(values: number[]): string[] {
  const texts = values.map((value) => {
    const [whole, fraction = ""] = expand(shortest(value)).split(".");
    if (fraction.length <= PRECISION) return `${whole}.${fraction}`;
    return value.toFixed(PRECISION).replace(/0+$/, "");
  });
  const places = texts.reduce((most, text) => Math.max(most, text.length - text.indexOf(".") - 1), 0);
  return texts.map((text) => text + " ".repeat(places - (text.length - text.indexOf(".") - 1)));
}

/** `1.25e-05`: all with as many digits behind the point as the value with the most needs. */
function asExponential(values: number[]): string[] {
  const digits = (text: string) => text.replace(/e.*/, "").replace(/[-.]/g, "").replace(/0+$/, "").length - 1;
  const places = values.reduce(
    (most, value) => Math.max(most, Math.min(PRECISION, digits(Number(shortest(value)).toExponential()))),
    0,
  );
  return values.map((value) => {
    const [mantissa, exponent] = value.toExponential(places).split("e");
    const sign = exponent.startsWith("-") ? "-" : "+";
    return `${places === 0 ? `${mantissa}.` : mantissa}e${sign}${exponent.replace(/[-+]/, "").padStart(2, "0")}`;
  });
}

/** The shortest decimal that rounds to this float32. */
function shortest(value: number): string {
  if (Object.is(value, -0)) return "-0";
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === Math.fround(value)) return text;
  }
  return value.toPrecision(9);
}

/** A decimal without an exponent and without trailing zeros behind the point. */
function expand(text: string): string {
  if (text === "-0") return "-0";
  const value = Number(text);
  const plain = text.includes("e") ? value.toFixed(Math.max(0, 20 - Math.ceil(Math.log10(Math.abs(value))))) : text;
  return plain.includes(".") ? plain.replace(/0+$/, "") : plain;
}
