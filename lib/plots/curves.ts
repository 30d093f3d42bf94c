import { dot, lineY, type Markish } from "@observablehq/plot";
import { draw, type Drawing } from "./drawing.ts";
import { escapeXml, textWidth } from "./text.ts";

/** A number for each epoch, and how its line looks. */
export interface Curve {
  name: string;
  values: readonly number[];
  colour: string;
  /** SVG's `stroke-dasharray`; solid without. */
  dashes?: string;
  /** Whether it is dots without a line. */
  dots?: boolean;
}

/** Pixels of one panel. */
export const PANEL = { width: 360, height: 240 };
export const LEGEND_HEIGHT = 20;

/** Curves over the epochs, counted from 1. Values that are no finite numbers leave a gap. */
export function curvePanel(
  curves: readonly Curve[],
  { label, epochs, width }: { label: string; epochs: number; width: number },
): Drawing {
  const marks = curves.flatMap(({ values, colour, dashes }): Markish[] => {
    const points = values.map((value, i) => ({ epoch: i + 1, value: Number.isFinite(value) ? value : NaN }));
    const position = { x: "epoch", y: "value" };
    const line = lineY(points, { ...position, stroke: colour, strokeWidth: 2, strokeDasharray: dashes });
    const alone = points.filter(({ value }, i) =>
      Number.isFinite(value) && !Number.isFinite(values[i - 1]) && !Number.isFinite(values[i + 1])
    );
    // A line of a single point cannot be seen.
    return alone.length === 0 ? [line] : [line, dot(alone, { ...position, fill: colour, r: 3 })];
  });
  const domain = domainOf(curves.flatMap(({ values }) => values));
  return draw({
    width,
    height: PANEL.height,
    marginTop: 32,
    marginLeft: 56,
    marginRight: 14,
    marginBottom: 44,
    x: {
      label: "Epoch",
      labelArrow: "none",
      labelAnchor: "center",
      labelOffset: 38,
      domain: epochs === 1 ? [0, 2] : [1, epochs],
      ticks: wholeTicks(epochs),
      tickFormat: "d",
    },
    y: {
      label,
      labelArrow: "none",
      grid: true,
      nice: 5,
      ticks: 5,
      domain,
      tickFormat: tickFormatOf(domain),
    },
    marks,
  });
}

/** A stroke and a name for each curve, in one line. */
export function curveLegend(curves: readonly Curve[]): Drawing {
  let x = 0;
  const items = curves.map(({ name, colour, dashes, dots }) => {
    const stroke = dots
      ? `<circle cx="${x + 14}" cy="10" r="4" fill="${colour}"/>`
      : `<line x1="${x}" x2="${x + 28}" y1="10" y2="10" stroke="${colour}" stroke-width="2"` +
        `${dashes ? ` stroke-dasharray="${dashes}"` : ""}/>`;
    const item = `${stroke}<text x="${x + 34}" y="14">${escapeXml(name)}</text>`;
    x += 34 + textWidth(name) + 18;
    return item;
  });
  return {
    markup: `<svg width="${x}" height="${LEGEND_HEIGHT}">${items.join("")}</svg>`,
    width: x,
    height: LEGEND_HEIGHT,
  };
}

/** At most eight whole epochs, evenly apart: 1, 2, 5 or ten times as much from one to the next. */
export function wholeTicks(epochs: number): number[] {
  let step = 1;
  for (let factor = 1; epochs / step > 8; factor *= 10) {
    step = [2, 5, 10].map((size) => size * factor).find((size) => epochs / size <= 8) ?? 10 * factor;
  }
  const ticks = Array.from({ length: Math.floor(epochs / step) }, (_, i) => (i + 1) * step);
  return step === 1 ? ticks : [1, ...ticks];
}

/** Where the finite values lie; a constant curve is drawn in the middle. */
function domainOf(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const around = low === high ? Math.abs(low) / 10 || 1 : 0;
  return [low - around, high + around];
}

/** Very large and very small numbers with an exponent, all others as Observable Plot writes them. */
function tickFormatOf([low, high]: [number, number]): ((value: number) => string) | undefined {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (largest >= 1e-3 && largest < 1e5) return undefined;
  // Six digits hide the noise of binary fractions.
  return (value) => value === 0 ? "0" : Number(value.toPrecision(6)).toExponential();
}
