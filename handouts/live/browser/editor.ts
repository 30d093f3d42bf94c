/// <reference lib="dom" />
import { coloured, type Kind } from "./colours.ts";
import { element } from "./element.ts";

/**
 * A field for code, in the page's colours: below the field's own text, which is not drawn, lies a picture of it. The picture is as
 * large as the text, and the field as large as the picture, so that both scroll together.
 */
export class Editor {
  readonly box = element("div", { className: "editor", hidden: true });
  readonly field = element("textarea", { className: "source", spellcheck: false, autocapitalize: "off" });
  readonly #picture = element("code");

  constructor(code: string, label: string, private readonly classes: Partial<Record<Kind, string>>) {
    const below = element("pre", { className: "source", ariaHidden: "true" });
    below.append(this.#picture);
    this.field.setAttribute("aria-label", label);
    this.field.addEventListener("input", () => this.#paint());
    this.box.append(below, this.field);
    this.value = code;
  }

  get value(): string {
    return this.field.value;
  }

  set value(code: string) {
    this.field.value = code;
    this.#paint();
  }

  /** With one line more than there are: the last may be empty, and there is room to go on. */
  #paint(): void {
    this.#picture.innerHTML = `${coloured(this.field.value, this.classes)}\n\n`;
  }
}
