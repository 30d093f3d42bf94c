import { join } from "node:path";

/**
 * Where downloaded data sets are kept: `BAEUM_CACHE` if it is set, else `baeum` in the platform's cache folder
 * (`$XDG_CACHE_HOME` or `~/.cache` on Linux, `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows).
 *
 * The folder need not exist yet; below it each data set has a folder of its own.
 */
export function cacheFolder(): string {
  const set = Deno.env.get("BAEUM_CACHE");
  if (set) return join(set, "datasets");
  if (Deno.build.os === "windows") {
    return join(Deno.env.get("LOCALAPPDATA") ?? join(homeFolder(), "AppData", "Local"), "baeum", "datasets");
  }
  if (Deno.build.os === "darwin") return join(homeFolder(), "Library", "Caches", "baeum", "datasets");
  return join(Deno.env.get("XDG_CACHE_HOME") || join(homeFolder(), ".cache"), "baeum", "datasets");
}

/** Where Keras keeps what it downloaded: `$KERAS_HOME/datasets`, by default `~/.keras/datasets`. */
export function kerasFolder(): string {
  return join(Deno.env.get("KERAS_HOME") || join(homeFolder(), ".keras"), "datasets");
}

/** The user's own folder. */
export function homeFolder(): string {
  return Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE") ?? ".";
}
