/** A message as the notebook would get it. */
export interface Message {
  type: string;
  content: { data: Record<string, string>; transient: { display_id?: string } };
}

/** Runs `body` as if in Deno's kernel and returns what it sent. */
export async function inNotebook(body: () => void | Promise<void>): Promise<Message[]> {
  const messages: Message[] = [];
  const original = Deno;
  const jupyter = {
    broadcast(type: string, content: Message["content"]): Promise<void> {
      messages.push({ type, content });
      return Promise.resolve();
    },
  };
  // Deno's own "jupyter" cannot be defined anew, the global "Deno" can.
  const inKernel = Object.create(original, { jupyter: { value: jupyter } });
  Object.defineProperty(globalThis, "Deno", { value: inKernel, configurable: true, writable: true });
  try {
    await body();
  } finally {
    Object.defineProperty(globalThis, "Deno", { value: original, configurable: true, writable: true });
  }
  return messages;
}

/** What a saved notebook would hold: the last picture of each spot, in order of first appearance. */
export function finalPictures(messages: Message[]): Record<string, string>[] {
  const spots = new Map<string | symbol, Record<string, string>>();
  for (const { content } of messages) spots.set(content.transient.display_id ?? Symbol(), content.data);
  return [...spots.values()];
}
