import { plot, type PlotOptions } from "@observablehq/plot";
import { DOMParser } from "linkedom";

const document = new DOMParser().parseFromString("<html><body></body></html>", "text/html");

/** A part of a figure: markup and size in pixels. */
export interface Drawing {
  markup: string;
  width: number;
  height: number;
}

/** Draws an Observable Plot as an `<svg>` that can stand inside another one, whose colour and letters it takes. */
export function draw(options: PlotOptions & { width: number; height: number }): Drawing {
  const element = plot({ ...options, document });
  if (element.tagName.toLowerCase() !== "svg") throw new TypeError("Only plots without title and legend are one SVG");
  // Its rules are for a page, and name a white background.
  element.querySelector("style")?.remove();
  for (const name of ["class", "fill", "font-family", "font-size", "style"]) element.removeAttribute(name);
  return { markup: roundNumbers(element.outerHTML), width: options.width, height: options.height };
}

/** Hundredths of a pixel are enough: coordinates only, no text. */
function roundNumbers(markup: string): string {
  return markup.replace(
    / (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|width|height|points)="[^"]*"/g,
    (attribute) =>
      attribute.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100)),
  );
}
