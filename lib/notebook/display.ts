import type { MimeBundle } from "./kernel.ts";

/** Under this symbol Deno's kernel finds how a value wants to be shown. */
const display: unique symbol = Symbol.for("Jupyter.display") as never;

/** A value with pictures of its own, by mime type. */
export interface Displayable {
  [display](): MimeBundle | Promise<MimeBundle>;
}

/** A value that shows the given pictures: as a cell's last expression or through `show`. */
export class Displayed implements Displayable {
  readonly #bundle: MimeBundle;

  constructor(bundle: MimeBundle) {
    this.#bundle = bundle;
  }

  [display](): MimeBundle {
    return this.#bundle;
  }

  /** The text picture, for terminals and `console.log`. */
  toString(): string {
    return this.#bundle["text/plain"] ?? "";
  }

  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}

/**
 * The pictures of any value: its own, an element's markup (an Observable Plot figure, for one), or its text.
 *
 * @throws {TypeError} for a value whose pictures come as a promise: they cannot be shown at once.
 */
export function picturesOf(value: unknown): MimeBundle {
  if (typeof value === "string") return { "text/plain": value };
  if (typeof value === "object" && value !== null) {
    const own = (value as Partial<Displayable>)[display];
    if (typeof own === "function") {
      const bundle = own.call(value);
      if (bundle instanceof Promise) throw new TypeError("A value whose pictures come as a promise cannot be shown");
      return bundle;
    }
    const markup = (value as { outerHTML?: unknown }).outerHTML;
    if (typeof markup === "string") return { "text/html": markup, "text/plain": "(figure)" };
  }
  return { "text/plain": inspect(value) };
}

function inspect(value: unknown): string {
  return typeof Deno === "undefined" ? String(value) : Deno.inspect(value);
}
