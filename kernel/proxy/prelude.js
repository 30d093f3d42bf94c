// Runs in the kernel's Deno before the first cell. FENCE_TYPE, ACK_TYPE and WATCH_TYPE are filled in by child.py.
(() => {
  const key = Symbol.for("baeum.kernel");
  if (globalThis[key]) return;
  const { jupyter } = Deno;
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;

  // Timers are remembered, so that the second stage of Stop can end a cell that waits for one.
  const timers = new Set();
  globalThis.setTimeout = (callback, delay, ...args) => {
    const once = typeof callback === "function"
      ? (...values) => {
        timers.delete(id);
        callback(...values);
      }
      : callback;
    const id = setTimeout(once, delay, ...args);
    timers.add(id);
    return id;
  };
  globalThis.setInterval = (...args) => {
    const id = setInterval(...args);
    timers.add(id);
    return id;
  };
  globalThis.clearTimeout = (id) => {
    timers.delete(id);
    clearTimeout(id);
  };
  globalThis.clearInterval = (id) => {
    timers.delete(id);
    clearInterval(id);
  };

  let controller = new AbortController();
  let watched = false;
  let stopped = false;
  // Long operations of the library watch this signal. It is replaced after each Stop: read it anew at the start.
  Object.defineProperty(globalThis, Symbol.for("baeum.interrupt"), {
    get: () => {
      if (!watched) jupyter.broadcast("WATCH_TYPE", {});
      watched = true;
      return controller.signal;
    },
  });

  globalThis[key] = {
    // Output leaves Deno in order: whatever a cell has put out arrives before this message.
    fence: (id) => {
      watched = stopped = false;
      jupyter.broadcast("FENCE_TYPE", { id });
    },
  };

  Deno.addSignalListener("SIGINT", () => {
    jupyter.broadcast("ACK_TYPE", {});
    if (!stopped) {
      stopped = true;
      const old = controller;
      controller = new AbortController();
      old.abort(new DOMException("Interrupted", "AbortError"));
    } else {
      // Nothing can settle the promise that the cell waits for any more: once collected, V8 ends the evaluation.
      for (const id of timers) clearTimeout(id);
      timers.clear();
      setTimeout(() => globalThis.gc?.(), 0);
    }
  });

  // Deno's kernel ends at an error in a timer and keeps silent about a rejection that nobody handles. Listeners that
  // are added later must not hear of them: the one that Emscripten brings (tfjs' WASM) throws again, which hangs Deno.
  const report = (error) => {
    const isError = error instanceof Error;
    jupyter.broadcast("error", {
      ename: isError ? error.name : "Uncaught",
      evalue: isError ? error.message : String(error),
      traceback: isError ? String(error.stack ?? error).split("\n") : [`Uncaught ${Deno.inspect(error)}`],
    });
  };
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    report(event.reason);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    report(event.error);
  });

  // What is written to these streams would go to the server's log instead of the cell.
  const write = (stream, print) => {
    const decoder = new TextDecoder();
    stream.writeSync = (bytes) => {
      print(decoder.decode(bytes, { stream: true }));
      return bytes.length;
    };
    stream.write = (bytes) => Promise.resolve(stream.writeSync(bytes));
  };
  const { core } = Deno[Deno.internal];
  write(Deno.stdout, (text) => core.print(text, false));
  write(Deno.stderr, (text) => core.print(text, true));

  // The proxy holds the other end of this pipe: if it is gone, however it ended, so are we.
  (async () => {
    while (await Deno.stdin.read(new Uint8Array(64)) !== null);
    Deno.exit(0);
  })();
})();
