import { tf } from "baeum/tensors";
import { Lambda, type LambdaOptions } from "../layers/lambda.ts";
import type { ConfigSources } from "./from_config.ts";

/**
 * A Lambda layer with the function whose source the config holds: **runs code of the file**.
 *
 * The function sees `tf` and what it is given, and nothing else of the program that saved it.
 *
 * @throws {TypeError} in safe mode, and for code that is not JavaScript.
 */
export function lambdaFromConfig(
  config: Record<string, unknown>,
  { safeMode = true, functions }: ConfigSources,
): Lambda {
  const name = String(config.name);
  const known = functions?.get(name);
  if (safeMode && !known) {
    throw new TypeError(
      `"${name}" is a Lambda layer: it holds code, which is not run. If you trust where the file comes from and it was ` +
        "saved here, give { safeMode: false }; otherwise make the model in code and use loadWeights",
    );
  }
  const { function: given, output_shape, arguments: more } = config;
  return new Lambda({
    name,
    trainable: config.trainable !== false,
    function: known ?? functionFrom(name, codeOf(name, given)),
    outputShape: Array.isArray(output_shape) ? output_shape : undefined,
    arguments: (more ?? {}) as Record<string, unknown>,
  });
}

function codeOf(name: string, given: unknown): string {
  const { class_name, config } = (given ?? {}) as { class_name?: string; config?: unknown };
  const { code, language } = (config ?? {}) as { code?: unknown; language?: unknown };
  if (class_name === "__lambda__" && language === "javascript" && typeof code === "string") return code;
  throw new TypeError(
    `"${name}" is a Lambda layer with a function of Python, which cannot run here. Make the model in code, with the ` +
      "function written anew, and use loadWeights",
  );
}

function functionFrom(name: string, code: string): LambdaOptions["function"] {
  let made: unknown;
  try {
    made = new Function("tf", `"use strict"; return (${code}\n);`)(tf);
  } catch (error) {
    throw new TypeError(`The function of the Lambda layer "${name}" cannot be made from its text`, {
      cause: error,
    });
  }
  if (typeof made === "function") return made as LambdaOptions["function"];
  throw new TypeError(`The Lambda layer "${name}" holds no function. Received: ${typeof made}`);
}
