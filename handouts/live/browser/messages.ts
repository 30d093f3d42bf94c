/** Files that a page carries: `datasets/mnist/mnist.npz`, `kernels.wasm`. */
export type Files = Record<string, Uint8Array<ArrayBuffer>>;

/** What a page tells its worker. */
export type ToWorker =
  | { type: "start"; files: Files }
  | { type: "run"; source: string }
  /** Ends what is running, if it looks out for that. */
  | { type: "interrupt" };

/** What a worker tells its page, of the cell that runs. */
export type FromWorker =
  | { type: "ready" }
  | { type: "stream"; name: "stdout" | "stderr"; text: string }
  | { type: "display"; data: Record<string, string>; id?: string; isUpdate?: boolean }
  | { type: "done"; milliseconds: number; error?: string };

/** As `Deno.jupyter.broadcast`. */
export type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;
