import { tf } from "baeum/tensors";
import { pack, type PackedTensor, type Trial, unpack } from "./trial.ts";

/** A trial that can be sent to a Worker: source text and data. */
export interface PortableTrial {
  trial: string;
  functions: [name: string, source: string][];
  tensors: [name: string, tensor: PackedTensor][];
  values: [name: string, value: unknown][];
}

/**
 * Takes a trial apart for the way to a Worker.
 *
 * @throws {TypeError} for what cannot go there: a function without source or written as a method, an object of a class.
 */
export function takeApart(trial: unknown, uses: Record<string, unknown>): PortableTrial {
  const portable: PortableTrial = { trial: sourceOf("The trial", trial), functions: [], tensors: [], values: [] };
  for (const [name, value] of Object.entries(uses)) {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
      throw new TypeError(`uses lists variables by their names. Received: ${JSON.stringify(name)}`);
    }
    if (typeof value === "function") portable.functions.push([name, sourceOf(`"${name}"`, value)]);
    else if (value instanceof tf.Tensor) portable.tensors.push([name, pack(value)]);
    else {
      checkPlain(name, value);
      portable.values.push([name, value]);
    }
  }
  return portable;
}

/** Puts the trial together again, with the names of `known` around it; those that it brings itself come first. */
export function putTogether({ trial, functions, tensors, values }: PortableTrial, known: object): Trial<object> {
  const around = new Map<string, unknown>(Object.entries(known));
  for (const [name] of functions) around.delete(name);
  for (const [name, value] of values) around.set(name, value);
  for (const [name, tensor] of tensors) around.set(name, unpack(tensor));
  const lines = functions.map(([name, source]) => `const ${name} = (${source}\n);`);
  const body = `"use strict";\n${lines.join("\n")}\nreturn (${trial}\n);`;
  return new Function(...around.keys(), body)(...around.values());
}

function sourceOf(what: string, given: unknown): string {
  if (typeof given !== "function") throw new TypeError(`${what} must be a function. Received: ${typeof given}`);
  const source = Function.prototype.toString.call(given);
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) {
    throw new TypeError(
      `${what} has no source that a Worker could run: it is built in or made by bind. ` +
        "Wrap it in a function, or search with workers: 0, in this process.",
    );
  }
  try {
    new Function(`return (${source}\n);`);
  } catch (cause) {
    throw new TypeError(
      `${what} cannot be sent to a Worker: write it as a function or an arrow, not as a method. ` +
        `Received: ${source.slice(0, 60)}`,
      { cause },
    );
  }
  return source;
}

/** A copy in a Worker would have an object's numbers but none of its methods. */
function checkPlain(name: string, value: unknown): void {
  if (typeof value === "function" || typeof value === "symbol") {
    throw new TypeError(
      `"${name}" in uses holds a ${typeof value}, which cannot be sent to a Worker. List it by itself.`,
    );
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) {
    throw new TypeError(
      `"${name}" in uses holds an object of the class ${prototype.constructor?.name}, whose methods a Worker would not ` +
        "have. Give plain data, or search with workers: 0, in this process.",
    );
  }
  for (const inner of Object.values(value)) checkPlain(name, inner);
}
