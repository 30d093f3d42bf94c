import { assert, assertEquals } from "@std/assert";
import { confusionMatrix, type Figure, plotHistory, plotImages } from "baeum/plots";
import { DOMParser } from "linkedom";

const title = `a "quoted" <title> & more`;
const figures: Record<string, Figure> = {
  plotHistory: plotHistory({ history: { loss: [2, 1], val_loss: [3, 2] } }, { title }),
  plotImages: plotImages({ data: [0, 1], shape: [2, 1, 1] }, { title, labels: [1, 2], predictions: [1, 1] }),
  confusionMatrix: confusionMatrix([0, 1], [1, 1], { title, labels: ["<a>", '"b" & c'] }),
};

for (const [name, { svg, alt }] of Object.entries(figures)) {
  Deno.test(`${name} makes one SVG with namespace, role and description, whatever its texts hold`, () => {
    const document = new DOMParser().parseFromString(svg, "image/svg+xml");
    const root = document.documentElement;
    assertEquals(root.getAttribute("xmlns"), "http://www.w3.org/2000/svg");
    assertEquals(root.getAttribute("role"), "img");
    assert(root.getAttribute("aria-label")?.length);
    assertEquals(root.querySelector("text")?.textContent, title);
    assert(alt.startsWith(title));
    assert(svg.includes("a &quot;quoted&quot; &lt;title&gt; &amp; more"));
  });

  Deno.test(`${name} uses the page's text colour and sets neither background nor ids nor styles of a page`, () => {
    assert(svg.includes('fill="currentColor"'));
    for (const word of ["<style", " id=", "black", "background"]) assert(!svg.includes(word), `found ${word}`);
  });

  Deno.test(`${name} gives numbers in its markup, never NaN or undefined`, () => {
    assert(!/="[^"]*(NaN|undefined|null)[^"]*"/.test(svg));
  });
}

Deno.test("A figure shows itself in a notebook as HTML, so that the theme's text colour holds", () => {
  const figure = figures.plotHistory;
  const bundle = (figure as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")]();
  assertEquals(bundle, { "text/html": figure.svg, "text/plain": figure.alt });
});

Deno.test("A figure in a terminal says what it shows", () => {
  assertEquals(
    Deno.inspect(plotHistory({ history: { loss: [2, 1] } })),
    "Figure: Training history: 2 epochs. loss: from 2 to 1.",
  );
});
