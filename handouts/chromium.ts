import { type Browser, chromium } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Where Chromium or Chrome is on this machine: `CHROME_PATH`, or where it is usually installed; nothing if it is nowhere. */
export function findChromium(): string | undefined {
  const own = Deno.env.get("CHROME_PATH");
  return [...(own ? [own] : []), ...PLACES].find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

/**
 * Starts a Chromium without a window, for pages that need nobody's network.
 *
 * @param endsProgram whether Ctrl-C closes it and ends the program (default), or whoever opened it sees to both.
 */
export async function openChromium({ endsProgram = true } = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error("There is no Chromium or Chrome here: install one, or say by CHROME_PATH where it is.");
  }
  return await chromium.launch({
    executablePath,
    handleSIGINT: endsProgram,
    handleSIGTERM: endsProgram,
    handleSIGHUP: endsProgram,
    timeout: 120_000,
    // As root, in containers, Chromium's sandbox cannot start; the pages are the project's own.
    chromiumSandbox: Deno.build.os !== "linux" || Deno.uid() !== 0,
    args: [
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
