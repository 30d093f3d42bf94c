import { ABSENT } from "./absent_parts.ts";
import { inspect } from "./inspect.ts";
import type { Broadcast } from "./messages.ts";

const errors: Record<string, ErrorConstructor> = {};

/** What the library and the cells find under the name `Deno`: the notebook's channel, and a kind word for all else. */
export function standInForDeno(broadcast: Broadcast): void {
  const known: Record<string, unknown> = {
    jupyter: { broadcast },
    inspect: (value: unknown) => inspect(value),
    build: { os: "browser" },
    // A lesson's quick mode: less data, fewer epochs, the same cells.
    env: { get: (name: string) => name === "BAEUM_QUICK" ? "1" : undefined },
    permissions: { querySync: () => ({ state: "granted" }) },
    errors: new Proxy(errors, {
      get: (made, name: string) => made[name] ??= class extends Error {} as unknown as ErrorConstructor,
    }),
    // Asked for before they are used.
    dlopen: undefined,
    stdout: undefined,
  };
  const Deno = new Proxy(known, {
    get(object, name) {
      if (name in object || typeof name === "symbol") return object[name as string];
      return () => {
        throw new Error(`Deno.${name}: ${ABSENT}`);
      };
    },
  });
  Object.defineProperty(globalThis, "Deno", { value: Deno, configurable: true });
}
