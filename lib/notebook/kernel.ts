/** Pictures of one value, by mime type: `{ "text/plain": …, "text/html": … }`. */
export type MimeBundle = Record<string, string>;

/** The part of Deno's `Deno.jupyter` that is used here. */
interface JupyterChannel {
  broadcast(type: string, content: Record<string, unknown>): Promise<void> | undefined;
}

/** The channel to the notebook, or nothing where the code runs in a terminal, a test or a browser. */
export function jupyterChannel(): JupyterChannel | undefined {
  try {
    return (globalThis as { Deno?: { jupyter?: JupyterChannel } }).Deno?.jupyter;
  } catch {
    // Outside of its kernel Deno throws when the name is touched.
    return undefined;
  }
}

/**
 * Puts a picture below the running cell.
 *
 * Messages leave Deno in the order of the calls, so nothing waits for the promise of `broadcast`; a message that finds
 * the notebook gone has nobody left to tell.
 */
export function send(
  channel: JupyterChannel,
  type: "display_data" | "update_display_data",
  data: MimeBundle,
  displayId?: string,
): void {
  const transient = displayId === undefined ? {} : { display_id: displayId };
  // Some versions of Deno give no promise.
  channel.broadcast(type, { data, metadata: {}, transient })?.catch(() => {});
}
