import { assertEquals } from "@std/assert";
import "baeum/engine";
import type { tf } from "baeum/tensors";
import type { Call } from "../../lib/engine/recording.ts";
import { simplify } from "../../lib/engine/simplify.ts";

const tensors = new Map<string, tf.TensorInfo>();

function tensor(name: string): tf.TensorInfo {
  if (!tensors.has(name)) tensors.set(name, { dataId: { name }, shape: [4], dtype: "float32" });
  return tensors.get(name)!;
}

/** A call written down as `output = kernel(input: tensor, …)`; one without an output changes `param`. */
function call(text: string): Call {
  const [, output, kernel, given] = text.match(/^(?:(\w+) = )?(\w+)\((.*)\)$/)!;
  const outputs = output ? [tensor(output)] : [];
  const inputs = Object.fromEntries(given.split(", ").map((pair) => pair.split(": ")).map(([k, v]) => [k, tensor(v)]));
  return { kernel, run: () => outputs, inputs, attributes: {}, outputs, made: outputs };
}

function simplified(texts: string[], results: string[]): string[] {
  const { calls } = simplify(texts.map(call), results.map(tensor));
  return calls.map(({ kernel, inputs, outputs }) => {
    const given = Object.entries(inputs).map(([k, { dataId }]) => `${k}: ${(dataId as { name: string }).name}`);
    const made = outputs.map(({ dataId }) => `${(dataId as { name: string }).name} = `);
    return `${made}${kernel}(${given.join(", ")})`;
  });
}

Deno.test("each weight's update comes right behind its gradient", () => {
  const [first, second] = ["g = Square(x: a)", "h = Square(x: b)"];
  const [update, other] = ["SGDUpdate(param: w, grad: g)", "SGDUpdate(param: v, grad: h)"];
  assertEquals(simplified([first, second, update, other], []), [first, update, second, other]);
});

Deno.test("a weight is not updated before the last call that needs it as it was", () => {
  const texts = ["g = Square(x: a)", "h = Multiply(a: w, b: g)", "SGDUpdate(param: w, grad: g)"];
  assertEquals(simplified(texts, ["h"]), texts);
});

Deno.test("a weight's use through a copy, too, comes before its update", () => {
  const texts = ["c = Identity(x: w)", "g = Square(x: a)", "h = Square(x: c)", "SGDUpdate(param: w, grad: g)"];
  assertEquals(simplified(texts, ["h"]), [
    "g = Square(x: a)",
    "h = Square(x: w)",
    "SGDUpdate(param: w, grad: g)",
  ]);
});

Deno.test("several updates of one weight keep their order", () => {
  const texts = [
    "g = Square(x: a)",
    "SGDUpdate(param: w, grad: g)",
    "h = Square(x: b)",
    "SGDUpdate(param: w, grad: h)",
  ];
  assertEquals(simplified(texts, []), texts);
});

Deno.test("what reads a weight after its update goes on reading the new one", () => {
  const texts = ["g = Square(x: a)", "SGDUpdate(param: w, grad: g)", "n = Square(x: w)"];
  assertEquals(simplified(texts, ["n"]), texts);
});
