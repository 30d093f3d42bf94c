/** What a figure holds. */
export interface FigureParts {
  /** One `<svg>` element, complete: with namespace, size and description. */
  svg: string;
  /** What the figure shows, in words, for those who cannot see it and where only text is shown. */
  alt: string;
}

/**
 * A finished figure: one SVG and its description. It shows itself as a cell's last expression and through `show`.
 *
 * Text and axes have the page's own text colour, so the figure reads well in light and dark themes.
 *
 * @example
 * ```ts
 * import { plotHistory } from "baeum/plots";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const figure = plotHistory({ history: { loss: [0.9, 0.4, 0.2] } });
 * assert(figure.svg.startsWith("<svg "));
 * assertEquals(figure.alt, "Training history: 3 epochs. loss: from 0.9 to 0.2.");
 * ```
 */
export class Figure {
  readonly svg: string;
  readonly alt: string;

  constructor({ svg, alt }: FigureParts) {
    this.svg = svg;
    this.alt = alt;
  }

  /** As HTML: Jupyter shows `image/svg+xml` as an image of its own, which cannot see the page's text colour. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/html": this.svg, "text/plain": this.alt };
  }

  toString(): string {
    return this.alt;
  }

  [Symbol.for("Deno.customInspect")](): string {
    return `Figure: ${this.alt}`;
  }
}
