/// <reference lib="dom" />
import { ansiToHtml } from "../../ansi.ts";
import { element } from "./element.ts";
import type { FromWorker } from "./messages.ts";

/** Where a cell's outputs go. */
export class Outputs {
  readonly #box = element("div", { className: "outputs" });
  readonly #places = new Map<string, HTMLElement>();

  constructor(section: HTMLElement) {
    for (const old of section.querySelectorAll(":scope > .out, :scope > figure, :scope > .figure, :scope > .outputs")) {
      old.remove();
    }
    section.append(this.#box);
  }

  show(message: FromWorker): void {
    if (message.type === "stream") this.text(message.text, message.name === "stderr" ? "stderr" : "");
    if (message.type === "display") {
      const made = pictureOf(message.data);
      const place = message.id === undefined ? undefined : this.#places.get(message.id);
      if (place) place.replaceWith(made);
      else this.#box.append(made);
      if (message.id !== undefined) this.#places.set(message.id, made);
    }
  }

  text(text: string, kind: string): void {
    const last = this.#box.lastElementChild as HTMLElement | null;
    if (last?.matches("pre.out") && last.dataset.kind === kind && last.dataset.stream === "1") {
      last.dataset.text += text;
      last.innerHTML = ansiToHtml(last.dataset.text!.replace(/\n$/, ""));
      return;
    }
    const box = textBox(text, kind);
    box.dataset.stream = "1";
    this.#box.append(box);
  }
}

/** Text in the box of a cell's output. */
export function textBox(text: string, kind: string): HTMLElement {
  const box = element("pre", { className: `out ${kind}`, tabIndex: 0, innerHTML: ansiToHtml(text.replace(/\n$/, "")) });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", kind === "error" ? "오류" : "실행 결과");
  Object.assign(box.dataset, { kind, text });
  return box;
}

function pictureOf(data: Record<string, string>): HTMLElement {
  const html = data["text/html"] ?? data["image/svg+xml"];
  if (html !== undefined) {
    const box = element("div", { className: "out html scroll", innerHTML: html, tabIndex: 0 });
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "실행 결과");
    describe(box, data["text/plain"]);
    if (box.querySelector("svg")) box.className = "figure scroll";
    return box;
  }
  if (data["image/png"] !== undefined) {
    const figure = element("figure", { className: "photograph" });
    const alt = data["text/plain"] ?? "그림";
    figure.append(element("img", { src: `data:image/png;base64,${data["image/png"]}`, alt }));
    return figure;
  }
  return textBox(data["text/plain"] ?? "", "");
}

/** For readers of the screen: a figure's words instead of its parts, no headings of its own, columns' names. */
function describe(box: HTMLElement, alt = "그림"): void {
  for (const heading of box.querySelectorAll("h1,h2,h3,h4")) {
    heading.replaceWith(element("p", { className: "title", textContent: heading.textContent }));
  }
  for (const cell of box.querySelectorAll("th:not([scope])")) cell.setAttribute("scope", "col");
  for (const svg of box.querySelectorAll("svg")) {
    if (svg.parentElement?.closest("svg")) continue;
    svg.setAttribute("role", "img");
    if (!svg.getAttribute("aria-label")) {
      svg.setAttribute("aria-label", box.querySelector(".title")?.textContent ?? alt);
    }
    for (const part of svg.querySelectorAll("*")) {
      for (const name of ["aria-label", "aria-description", "aria-hidden", "role", "tabindex"]) {
        part.removeAttribute(name);
      }
    }
  }
}
