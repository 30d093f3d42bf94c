import { assertEquals } from "@std/assert";
import { ansiToHtml } from "../../handouts/ansi.ts";

Deno.test("ANSI colours become classes, and what follows a reset has none", () => {
  assertEquals(
    ansiToHtml("\x1b[31mred\x1b[0m plain \x1b[1;92mbright\x1b[39;22m end"),
    '<span class="ansi-1">red</span> plain <span class="ansi-10 ansi-bold">bright</span> end',
  );
});

Deno.test("a style lasts over several sequences until it is changed", () => {
  assertEquals(
    ansiToHtml("\x1b[4mu\x1b[34mb\x1b[24mc"),
    '<span class="ansi-underline">u</span><span class="ansi-4 ansi-underline">b</span><span class="ansi-4">c</span>',
  );
});

Deno.test("256 colours and true colours are computed as xterm does", () => {
  assertEquals(ansiToHtml("\x1b[38;5;208mo"), '<span style="color:rgb(255 135 0)">o</span>');
  assertEquals(ansiToHtml("\x1b[48;5;244mg"), '<span style="background:rgb(128 128 128)">g</span>');
  assertEquals(ansiToHtml("\x1b[38;2;1;2;300mt"), '<span style="color:rgb(1 2 255)">t</span>');
  assertEquals(ansiToHtml("\x1b[38;5;9mr"), '<span class="ansi-9">r</span>');
});

Deno.test("a carriage return writes over its line and keeps the end of a longer one", () => {
  assertEquals(ansiToHtml("10 %\r100 %\nabcdef\rxyz\nwindows\r\nab\bc"), "100 %\nxyzdef\nwindows\nac");
});

Deno.test("terminal text is no HTML, and other sequences are left out", () => {
  assertEquals(ansiToHtml("<b>&\x1b[2K\x1b]0;title\x07 ok"), "&lt;b>&amp; ok");
});
