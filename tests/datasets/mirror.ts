import { mirror } from "../../scripts/test_stage.ts";
import { type Ask, peerTest } from "../peers.ts";

function has(path: string): boolean {
  try {
    return Deno.statSync(`${mirror}/${path}`).isFile;
  } catch {
    return false;
  }
}

/** A test that needs one file of the mirror. On a machine without it, it is skipped; where CI is set, it fails. */
export function mirrorTest(title: string, path: string, run: (mirror: string) => Promise<void>): void {
  const missing = !has(path);
  if (missing && !Deno.env.get("CI")) console.log(`skipped: ${title} (no ${mirror}/${path}; see CONTRIBUTING.md)`);
  Deno.test({
    name: title,
    ignore: missing && !Deno.env.get("CI"),
    fn: () => {
      if (missing) throw new Error(`CI is set, but there is no ${mirror}/${path}: set BAEUM_MIRROR`);
      return run(mirror);
    },
  });
}

/** A test that needs one file of the mirror and the Python peers. */
export function mirrorPeerTest(title: string, path: string, run: (mirror: string, ask: Ask) => Promise<void>): void {
  if (has(path)) peerTest(title, (ask) => run(mirror, ask));
  else mirrorTest(title, path, () => Promise.resolve());
}
