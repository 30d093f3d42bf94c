import type { Element, ElementContent, Nodes, Parents, Root } from "hast";

const names = (list: string) => new Set(list.split(/\s+/));

const HTML = names(
  `a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
  figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark meter ol p pre progress q rp rt ruby s samp small span strong sub
  summary sup table tbody td tfoot th thead time tr u ul var wbr`,
);
const SVG = names(
  `svg g path line rect circle ellipse polygon polyline text tspan textPath defs use symbol marker clipPath mask
  pattern linearGradient radialGradient stop title desc image style`,
);
/** Elements that go with all that is in them; of other unknown ones the content stays. */
const DROPPED = names(
  `script noscript iframe frame frameset object embed applet link base meta title template foreignObject
  animate animateMotion animateTransform set style audio video source track form select textarea button canvas portal math`,
);
const DROPPED_ATTRIBUTES =
  /^(on.*|srcSet|srcDoc|action|formAction|ping|background|poster|is|slot|nonce|target|contentEditable)$/i;
const ADDRESSES = names("href src xLinkHref cite longDesc");
const PICTURE = /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i;

/**
 * Leaves of foreign HTML what can neither run nor ask the network for anything nor lie over the page: known elements of HTML and
 * SVG, pictures that are in the text itself, styles without addresses. Changes the tree in place.
 */
export function sanitize(tree: Root): void {
  clean(tree, false);
}

function clean(parent: Parents, inSvg: boolean): void {
  const kept: Nodes[] = [];
  for (const node of parent.children as Nodes[]) {
    if (node.type === "text") kept.push(node);
    else if (node.type === "element") kept.push(...cleaned(node, inSvg));
  }
  parent.children = kept as ElementContent[];
}

function cleaned(node: Element, inSvg: boolean): ElementContent[] {
  const svg = inSvg || node.tagName === "svg";
  if (!(svg ? SVG : HTML).has(node.tagName) && !(svg && node.tagName === "a")) {
    if (DROPPED.has(node.tagName) || svg) return [];
    clean(node, svg);
    return node.children;
  }
  if (node.tagName === "input" && node.properties.type !== "checkbox") return [];
  if (node.tagName === "style") return cleanStyleSheet(node);
  for (const [name, value] of Object.entries(node.properties)) {
    const text = Array.isArray(value) ? value.join(" ") : String(value);
    if (DROPPED_ATTRIBUTES.test(name) || !harmless(node.tagName, name, text)) delete node.properties[name];
  }
  if (node.tagName === "img" && node.properties.src === undefined) return [];
  clean(node, svg);
  return [node];
}

function harmless(tag: string, attribute: string, text: string): boolean {
  // deno-lint-ignore no-control-regex
  const value = text.replace(/[\x00-\x20]+/g, "");
  if (!ADDRESSES.has(attribute)) return harmlessCss(text);
  if (tag === "a") return /^(https?:|mailto:|#|[^:]*$)/i.test(value) && !value.startsWith("//");
  return value.startsWith("#") || PICTURE.test(value);
}

/** Whether CSS, or an attribute such as `fill` that may hold `url(…)`, fetches nothing and stays in its place. */
function harmlessCss(text: string): boolean {
  if (/url\s*\((?!\s*["']?(#|data:image\/))/i.test(text)) return false;
  return !/@import|image-set\(|expression\(|position\s*:\s*(fixed|sticky)|\\[0-9a-f]/i.test(text);
}

/** A style sheet inside a figure, as Observable Plot writes, holds for that figure only. */
function cleanStyleSheet(node: Element): ElementContent[] {
  const css = node.children.map((child) => child.type === "text" ? child.value : "").join("");
  let depth = 0;
  for (const letter of css) {
    depth += letter === "{" ? 1 : letter === "}" ? -1 : 0;
    if (depth < 0) return [];
  }
  if (depth !== 0 || !harmlessCss(css) || /["'<]|\/\*/.test(css)) return [];
  return [{ ...node, properties: {}, children: [{ type: "text", value: `@scope{${css}}` }] }];
}

/** Makes the ids of a tree its own by a prefix, with all that refers to them: two figures of a page may use the same. */
export function prefixIds(tree: Root, prefix: string): void {
  const ids = new Set<string>();
  visitElements(tree, ({ properties }) => {
    if (properties.id !== undefined) ids.add(String(properties.id));
  });
  if (ids.size === 0) return;
  const REFERENCES = names("ariaLabelledBy ariaDescribedBy ariaControls headers htmlFor");
  visitElements(tree, ({ properties }) => {
    for (const [name, value] of Object.entries(properties)) {
      if (name === "id") properties.id = prefix + value;
      else if (REFERENCES.has(name)) {
        const parts = Array.isArray(value) ? value.map(String) : String(value).split(/\s+/);
        properties[name] = parts.map((part) => ids.has(part) ? prefix + part : part).join(" ");
      } else if (typeof value === "string" && value.includes("#")) {
        properties[name] = value.replace(
          /^#(.+)$|url\((["']?)#([^)"']+)\2\)/g,
          (whole, link, quote, id) =>
            ids.has(link) ? `#${prefix}${link}` : ids.has(id) ? `url(${quote}#${prefix}${id}${quote})` : whole,
        );
      }
    }
  });
}

/** Calls `visit` for each element, parents before children. */
export function visitElements(node: Nodes, visit: (element: Element) => unknown): void {
  if (node.type === "element") visit(node);
  if ("children" in node) { for (const child of node.children) visitElements(child, visit); }
}
