type Part = string | { name: string; spec: string };

/** `[[fill]align][sign][0][width][,][.precision][type]` of Python's format specification. */
const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<zero>0)?(?<width>\d+)?(?<comma>,)?(?:\.(?<precision>\d+))?(?<type>[dfFeEgG%])?$/su;

/**
 * A text with places for numbers, `"{epoch:02d}-{val_loss:.2f}.keras"`, filled as Python's `str.format` fills it.
 *
 * @see https://docs.python.org/3/library/string.html#format-specification-mini-language
 */
export class NamePattern {
  readonly #text: string;
  readonly #parts: Part[];

  /** @throws {RangeError} for braces that do not match, and for what stands for no number. */
  constructor(text: string) {
    this.#text = text;
    this.#parts = partsOf(text);
  }

  /**
   * The text with the numbers in their places. Those named in `whole` are whole numbers, the others are Python's floats.
   *
   * @throws {RangeError} for a name that has no number.
   */
  fill(whole: Record<string, number>, floats: Record<string, number>): string {
    return this.#parts.map((part) => {
      if (typeof part === "string") return part;
      const { name, spec } = part;
      if (Object.hasOwn(whole, name)) return formatNumber(whole[name], spec, true);
      if (Object.hasOwn(floats, name)) return formatNumber(floats[name], spec, false);
      throw new RangeError(
        `"${this.#text}" has a place for {${name}}, which this training does not have. It has: ` +
          [...Object.keys(whole), ...Object.keys(floats)].join(", "),
      );
    }).join("");
  }
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  for (const [piece, open, close, field] of text.matchAll(/(\{\{)|(\}\})|\{([^{}]*)\}|[^{}]+|[{}]/gs)) {
    if (open || close) parts.push(piece[0]);
    else if (field !== undefined) parts.push(placeOf(field));
    else if (piece === "{" || piece === "}") {
      throw new RangeError(`The braces in "${text}" do not match. A brace itself is written twice: {{ or }}`);
    } else parts.push(piece);
  }
  return parts;
}

function placeOf(field: string): Part {
  const [, name, spec] = /^([^:!]*)(?::(.*))?$/s.exec(field) ?? [];
  if (name && /^\w+$/.test(name) && SPEC.test(spec ?? "")) return { name, spec: spec ?? "" };
  throw new RangeError(`A place for a number is written {epoch}, {epoch:02d} or {val_loss:.2f}. Received: {${field}}`);
}

/**
 * A number by Python's format specification.
 *
 * @param isWhole Whether it is an `int` in Python, or a `float`.
 */
export function formatNumber(value: number, spec: string, isWhole: boolean): string {
  const { fill, align, sign = "-", zero, width = "0", comma, precision, type } = SPEC.exec(spec)!.groups!;
  if (type === "d" && !isWhole) {
    throw new RangeError(`{…:${spec}} is for whole numbers: write {…:.4f} or the like. Received: ${value}`);
  }
  if (precision !== undefined && isWhole && (type === undefined || type === "d")) {
    throw new RangeError(`A whole number has no precision: write {…:02d} or the like. Received: {…:${spec}}`);
  }
  const digits = precision === undefined ? undefined : Number(precision);
  const negative = value < 0 || Object.is(value, -0) && !isWhole;
  const front = negative ? "-" : sign === "-" ? "" : sign;
  const body = textOf(Math.abs(value), isWhole && type === undefined ? "d" : type, digits);
  const padding = fill ?? (zero ? "0" : " ");
  const side = align ?? (zero ? "=" : ">");
  const grouped = comma ? body.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",")) : body;
  const missing = Number(width) - front.length - grouped.length;
  if (missing <= 0) return front + grouped;
  if (side === "=") {
    const inGroups = comma && padding === "0" && Number.isFinite(value);
    return front +
      (inGroups ? zerosInGroups(grouped, Number(width) - front.length) : padding.repeat(missing) + grouped);
  }
  const before = side === "<" ? 0 : side === ">" ? missing : Math.floor(missing / 2);
  return padding.repeat(before) + front + grouped + padding.repeat(missing - before);
}

/** `1,234` to a width by zeros, which have commas, too. */
function zerosInGroups(grouped: string, width: number): string {
  let text = grouped;
  const whole = /^[\d,]+/;
  while (text.length < width) {
    text = text.replace(whole, (digits) => (/^\d{3}(,|$)/.test(digits) ? "0," : "0") + digits);
  }
  return text;
}

/** A number that is not negative, by the letter of its type. */
function textOf(value: number, type: string | undefined, digits: number | undefined): string {
  if (type === "d") return String(value);
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value) ? "nan" : "inf";
    return (type && type < "a" && type !== "%" ? name.toUpperCase() : name) + (type === "%" ? "%" : "");
  }
  if (type === "%") return `${fixed(value * 100, digits ?? 6)}%`;
  const text = type === undefined
    ? digits === undefined ? shortest(value) : general(value, digits, true)
    : /f/i.test(type)
    ? fixed(value, digits ?? 6)
    : /e/i.test(type)
    ? exponential(value, digits ?? 6)
    : general(value, digits ?? 6, false);
  return type && type < "a" ? text.toUpperCase() : text;
}

/** Python's `repr`: as few digits as tell the number from all others. */
function shortest(value: number): string {
  if (value !== 0 && (value < 1e-4 || value >= 1e16)) return twoDigits(value.toExponential());
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function general(value: number, digits: number, isFloat: boolean): string {
  const precision = Math.max(digits, 1);
  const [mantissa, exponent] = exponential(value, precision - 1).split("e");
  const power = Number(exponent);
  const bare = (text: string) => text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  if (power < -4 || power >= (isFloat && digits > 0 ? Math.max(precision - 1, 1) : precision)) {
    return `${bare(mantissa)}e${exponent}`;
  }
  const text = bare(fixed(value, precision - 1 - power));
  return isFloat && !text.includes(".") ? `${text}.0` : text;
}

/** Python's `f`; where a number is exactly in the middle, the even digit, not the larger as `toFixed` has it. */
function fixed(value: number, digits: number): string {
  if (value >= 1e21) return BigInt(value) + (digits ? `.${"0".repeat(digits)}` : "");
  const text = value.toFixed(digits);
  return isMiddle(value.toFixed(Math.min(100, digits + 60)), digits) ? evenOf(value, text, digits) : text;
}

function isMiddle(long: string, digits: number): boolean {
  return /^50*$/.test(long.slice(long.indexOf(".") + 1 + digits));
}

function evenOf(value: number, text: string, digits: number): string {
  const even = Number(text.at(-1)) % 2 === 0;
  return even ? text : (value - 10 ** -digits / 2).toFixed(digits);
}

function exponential(value: number, digits: number): string {
  return twoDigits(value.toExponential(digits));
}

/** Python writes an exponent with at least two digits. */
function twoDigits(text: string): string {
  return text.replace(/e([-+])(\d)$/, "e$10$2");
}
