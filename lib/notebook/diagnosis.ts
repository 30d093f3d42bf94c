/** An answer as numbers in a row, and how they were arranged: `[]` for a single one, `[2, 3]` for a table. */
interface Arranged {
  shape: number[];
  values: number[];
}

/**
 * What is wrong with an answer, in words for the student, or nothing if it is right. The right values are never named, only
 * the kind of difference: shape, order, sign, factor, how many and how far off.
 */
export function diagnose(received: unknown, expected: unknown, tolerance: number): string | undefined {
  if ([received].flat().includes(undefined)) return "돌려준 값이 없다(undefined). return을 빠뜨리지 않았는가?";
  const [answer, wanted] = [arrange(received), arrange(expected)];
  if (!wanted) return sameValue(received, expected) ? undefined : differentKind(received, expected);
  if (!answer) return differentKind(received, expected);
  if (answer.shape.join() !== wanted.shape.join()) return differentShape(answer.shape, wanted.shape);

  const close = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
  const wrong = answer.values.flatMap((value, i) => close(value, wanted.values[i]) ? [] : [i]);
  if (wrong.length === 0) return undefined;
  const broken = wrong.find((i) => !Number.isFinite(answer.values[i]));
  if (broken !== undefined) {
    return `${placeOf(broken, answer.shape)}${answer.values[broken]}이(가) 나왔다. ` +
      "0으로 나누거나, 없는 칸을 읽거나, 값이 너무 커지지 않았는가?";
  }
  return wholePattern(answer, wanted, close) ?? someWrong(answer, wanted, wrong);
}

/** What holds for all values at once. */
function wholePattern(
  { values, shape }: Arranged,
  { values: wanted }: Arranged,
  close: (a: number, b: number) => boolean,
): string | undefined {
  const all = (test: (value: number, other: number) => boolean) => values.every((value, i) => test(value, wanted[i]));
  if (all((value, other) => close(-value, other))) return "크기는 맞는데 부호가 반대다.";
  if (values.length > 1 && wanted.every((value) => value === 0 || value === 1)) {
    if (all((value, other) => close(1 - value, other))) return "0과 1이 모두 뒤바뀌었다.";
    return undefined;
  }
  const ordered = (list: number[]) => list.toSorted((a, b) => a - b);
  if (values.length > 1 && ordered(values).every((value, i) => close(value, ordered(wanted)[i]))) {
    const [rows, columns] = shape;
    const turned = shape.length === 2 && rows === columns &&
      values.every((value, i) => close(value, wanted[(i % columns) * columns + Math.floor(i / columns)]));
    return turned ? "행과 열이 바뀌었다(전치, transpose)." : "값은 모두 있는데 놓인 차례가 다르다.";
  }
  const largest = wanted.reduce((best, value, i) => Math.abs(value) > Math.abs(wanted[best]) ? i : best, 0);
  const factor = values[largest] / wanted[largest];
  if (values.length > 1 && factor !== 0 && all((value, other) => close(value / factor, other))) {
    return `모든 값이 ${number(factor)}배다.`;
  }
  const shift = values[0] - wanted[0];
  if (values.length > 1 && all((value, other) => close(value - shift, other))) {
    return `모든 값이 똑같이 ${number(Math.abs(shift))}만큼 ${shift > 0 ? "크다" : "작다"}.`;
  }
}

/** How many are wrong; of the first one where it is and how far off. */
function someWrong({ values, shape }: Arranged, { values: wanted }: Arranged, wrong: number[]): string {
  const off = values[wrong[0]] - wanted[wrong[0]];
  const distance = `${number(Math.abs(off))}만큼 ${off > 0 ? "크다" : "작다"}`;
  if (values.length === 1) return `값이 ${distance}.`;
  const first = `${placeOf(wrong[0], shape)}${distance}.`;
  return wrong.length === values.length
    ? `${values.length}개가 모두 다르다. ${first}`
    : `${values.length}개 가운데 ${wrong.length}개가 다르다. ${first}`;
}

function differentShape(shape: number[], wanted: number[]): string {
  const [mine, right] = [shape, wanted].map((sizes) => sizes.length === 0 ? "수 하나" : `[${sizes.join(", ")}]`);
  const turned = shape.length > 1 && shape.toReversed().join() === wanted.join();
  return `모양이 다르다. 나온 것: ${mine}, 나와야 할 것: ${right}.${turned ? " 행과 열이 바뀌지 않았는가?" : ""}`;
}

function differentKind(received: unknown, expected: unknown): string {
  if (typeof received === typeof expected && typeof received !== "object") {
    return `다른 값이다: ${JSON.stringify(received)}.`;
  }
  const hint = typeof received === "boolean" ? " true와 false 대신 1과 0을 쓴다." : "";
  return `종류가 다르다. 나온 것: ${kindOf(received)}, 나와야 할 것: ${kindOf(expected)}.${hint}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (arrange(value)) return typeof value === "number" ? "수" : "수의 배열";
  return { string: "문자열", boolean: "참·거짓 값", function: "함수", bigint: "bigint" }[typeof value as string] ??
    "객체";
}

function sameValue(received: unknown, expected: unknown): boolean {
  return Object.is(received, expected) ||
    typeof expected === "object" && JSON.stringify(received) === JSON.stringify(expected);
}

/** Reads a number, nested lists of numbers, a typed array or a tensor; nothing for all else, ragged lists among them. */
function arrange(value: unknown): Arranged | undefined {
  if (typeof value === "number") return { shape: [], values: [value] };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const values = Array.from(value as Float64Array, Number);
    return { shape: [values.length], values };
  }
  if (Array.isArray(value)) {
    const rows = Array.from(value, arrange); // not `value.map`, which may be the answer's own
    const first = rows[0]?.shape ?? [];
    if (rows.some((row) => row?.shape.join() !== first.join())) return undefined;
    return { shape: [rows.length, ...first], values: rows.flatMap((row) => row!.values) };
  }
  const tensor = value as { arraySync?: () => unknown } | null;
  return typeof tensor?.arraySync === "function" ? arrange(tensor.arraySync()) : undefined;
}

/** `[1, 0]번 칸: `, counted from 0 as in the code; nothing for a single number. */
function placeOf(index: number, shape: number[]): string {
  if (shape.length === 0) return "";
  const place: number[] = [];
  for (const size of shape.toReversed()) {
    place.unshift(index % size);
    index = Math.floor(index / size);
  }
  return `[${place.join(", ")}]번 칸: `;
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}
