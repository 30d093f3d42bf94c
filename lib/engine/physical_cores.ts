let most = Infinity;

/**
 * Makes the engine of this thread work with at most so many threads, from 1: for a Worker that shares the cores with others.
 * To be called before the engine computes anything.
 */
export function limitThreads(threads: number): void {
  most = threads;
}

/**
 * The number of processor cores that this process may use, a core that runs two threads counted once: as many threads as
 * matrix products gain from, or as {@linkcode limitThreads} allows.
 *
 * Linux tells which threads share a core; elsewhere, and without the permission to ask, every thread counts.
 */
export function physicalCores(): number {
  return Math.min(most, coresOfMachine());
}

function coresOfMachine(): number {
  const threads = navigator.hardwareConcurrency;
  if (typeof Deno === "undefined" || Deno.build.os !== "linux") return threads;
  const cores = new Set<string>();
  try {
    for (const { name } of Deno.readDirSync("/sys/devices/system/cpu")) {
      if (!/^cpu\d+$/.test(name)) continue;
      const topology = `/sys/devices/system/cpu/${name}/topology`;
      const [core, socket] = ["core_id", "physical_package_id"].map((file) =>
        Deno.readTextFileSync(`${topology}/${file}`)
      );
      cores.add(`${socket.trim()} ${core.trim()}`);
    }
  } catch {
    // A processor that is switched off has no topology, and a container may hide all of it.
  }
  return cores.size === 0 ? threads : Math.min(cores.size, threads);
}
