/** A submission that wants points that it has not earned, or more than points. Its answer is wrong; what else it tries is below. */
export interface Hostile {
  /** What stands where the first solution belongs. `PLACES` is filled in by the test. */
  code: string;
  /** Files that are handed in beside the notebook, by name. */
  files?: Record<string, string>;
  /** Links that are handed in, by name. */
  links?: Record<string, string>;
  /** The kernel that the notebook asks for. */
  kernel?: { name: string; display_name: string; language: string };
}

/** A wrong answer, with what is done when the test calls it. */
const wrong = (more = "") => `function double(values: number[]) { ${more} return values.map((value) => value - 1); }`;

/** Runs each attempt and tells what came of it, as lines that the test reads. */
const attempts = (list: Record<string, string>) => `
const places = PLACES;
const tries: Record<string, () => unknown> = {
${Object.entries(list).map(([name, code]) => `  ${JSON.stringify(name)}: async () => ${code},`).join("\n")}
};
for (const [name, attempt] of Object.entries(tries)) {
  try {
    console.log("DONE", name, Deno.inspect(await attempt()).slice(0, 300));
  } catch (error) {
    console.log("REFUSED", name, String((error as Error)?.message ?? error));
  }
}
${wrong()}`;

const worker = (code: string) =>
  `new Promise((done, failed) => {
    const made = new Worker("data:application/javascript," + encodeURIComponent(${code}), { type: "module" });
    made.onmessage = ({ data }) => data.refused ? failed(new Error(data.refused)) : done(data);
    made.onerror = (event) => { event.preventDefault(); failed(new Error(event.message)); };
  })`;
const inWorker = (expression: string) =>
  worker(`"try { postMessage(await (" + ${JSON.stringify(expression)} + ")(" + JSON.stringify(places) + ")) }" +
    " catch (error) { postMessage({ refused: error.message }) }"`);

/** Each kind of misbehaviour, by the name of a student. */
export const hostile: Record<string, Hostile> = {
  reads: {
    links: { "link.txt": "SECRET" },
    code: attempts({
      "another student's notebook": `Deno.readTextFileSync("../../blank/ps1/ps1.ipynb")`,
      "another student's submission": `await Deno.readTextFile(places.neighbour)`,
      "the folder of students": `[...Deno.readDirSync("../..")].length`,
      "its own notebook with the hidden tests": `Deno.readTextFileSync("ps1.ipynb")`,
      "its own notebook by import": `(await import(places.own, { with: { type: "text" } })).default`,
      "the instructor's edition": `await Deno.readTextFile(places.source)`,
      "the gradebook": `(await Deno.readFile(places.gradebook)).length`,
      "the gradebook by SQL":
        `new (await import("node:sqlite")).DatabaseSync(places.gradebook).prepare("select 1").get()`,
      "by import of text": `(await import("file://" + places.secret, { with: { type: "text" } })).default`,
      "by import of JSON": `(await import("file://" + places.secret, { with: { type: "json" } })).default`,
      "by fetch": `await (await fetch("file://" + places.secret)).text()`,
      "by node:fs": `(await import("node:fs")).readFileSync(places.secret, "utf8")`,
      "by node:fs/promises": `await (await import("node:fs/promises")).readFile(places.secret, "utf8")`,
      "by a stream": `await new Response((await Deno.open(places.secret)).readable).text()`,
      "by require": `(await import("node:module")).createRequire("file:///")(places.secret)`,
      "by require of another's notebook": `(() => {
        const module = { exports: {}, paths: [] };
        process.getBuiltinModule("node:module")._extensions[".json"](module, places.neighbour);
        return JSON.stringify(module.exports);
      })()`,
      "by a worker": inWorker("async ({ secret }) => Deno.readTextFileSync(secret)"),
      "by a link that was handed in": `Deno.readTextFileSync("link.txt")`,
      "by going elsewhere": `(Deno.chdir("/"), Deno.readTextFileSync(places.secret.slice(1)))`,
      "by /proc": `Deno.readTextFileSync("/proc/self/environ")`,
      "permission asked for":
        `(await Deno.permissions.request({ name: "read" }), Deno.readTextFileSync(places.secret))`,
      "whether a file is there": `Deno.statSync(places.secret).size`,
      "a lesson with its solutions": `Deno.readTextFileSync(places.lesson)`,
    }),
  },
  writes: {
    code: attempts({
      "a file of the victim": `await Deno.writeTextFile(places.victim, "changed")`,
      "up and down again": `Deno.writeTextFileSync("../../../../victim/note.txt", "changed")`,
      "beside itself": `Deno.writeTextFileSync("more.txt", "x")`,
      "another's marks": `await (await import("node:fs/promises")).appendFile(places.gradebook, "x")`,
      "the gradebook by SQL":
        `new (await import("node:sqlite")).DatabaseSync(places.gradebook).exec("delete from grade")`,
      "by SQL's attach":
        `new (await import("node:sqlite")).DatabaseSync(":memory:").exec("attach '" + places.new + "' as a")`,
      "a link": `Deno.symlinkSync(places.victim, "link")`,
      "a hard link": `Deno.linkSync(places.victim, "link")`,
      "a new name": `Deno.renameSync(places.victim, places.new)`,
      "no file any more": `Deno.removeSync(places.victim)`,
      "a temporary file": `Deno.makeTempFileSync()`,
      "a temporary file elsewhere": `Deno.makeTempFileSync({ dir: places.folder })`,
      "a snapshot of the heap": `(await import("node:v8")).writeHeapSnapshot(places.new)`,
      "by a worker": inWorker("async ({ victim }) => Deno.writeTextFileSync(victim, 'changed')"),
      "rights": `Deno.chmodSync(places.victim, 0o777)`,
    }),
  },
  network: {
    code: attempts({
      fetch: `await (await fetch(places.server)).text()`,
      "a connection": `await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(places.server).port) })`,
      "node:net": `await new Promise((done, failed) => import("node:net").then(({ connect }) =>
        connect(Number(new URL(places.server).port), "127.0.0.1").on("connect", done).on("error", failed)))`,
      "node:http": `await new Promise((done, failed) => import("node:http").then(({ get }) =>
        get(places.server, done).on("error", failed)))`,
      "a web socket": `await new Promise((done, failed) => {
        const socket = new WebSocket(places.server.replace("http", "ws"));
        socket.onopen = done;
        socket.onerror = () => failed(new Error("no connection"));
      })`,
      "a listener": `Deno.listen({ port: 0 }).addr`,
      "a server": `Deno.serve({ port: 0 }, () => new Response()).addr`,
      "a socket of the machine": `await Deno.connect({ transport: "unix", path: "/tmp/any" })`,
      "a name": `await Deno.resolveDns("localhost", "A")`,
      "node:dns": `(await (await import("node:dns/promises")).lookup("localhost")).address`,
      "import of a module": `await import(places.server + "/module.ts")`,
      "import from npm": `await import("npm:" + "@baeum-test/is-not-in-the-cache@1.0.0")`,
      "import by way of another registry":
        `(Deno.env.set("HTTP_PROXY", places.server), await import("npm:" + "is-not-cached@1.0.0"))`,
      "by a worker": inWorker("async ({ server }) => (await fetch(server)).text()"),
    }),
  },
  processes: {
    code: attempts({
      "a command": `new Deno.Command(Deno.execPath(), { args: ["--version"] }).outputSync().code`,
      "node:child_process": `(await import("node:child_process")).execFileSync(process.execPath, ["--version"])`,
      "the proxy's end": `process.kill(process.ppid, "SIGKILL")`,
      "another's end": `Deno.kill(process.ppid, "SIGTERM")`,
      "native code": `Deno.dlopen("libc.so.6", { getpid: { parameters: [], result: "i32" } }).symbols.getpid()`,
      "native code of node": `process.dlopen({ exports: {} }, "/lib/any.node")`,
      "a debugger": `new (await import("node:inspector")).Session().connect()`,
      "who the user is": `(await import("node:os")).userInfo().username`,
      "another user": `process.setuid!(1)`,
      "the machine's name": `Deno.hostname()`,
      "a proxy in the environment": `Deno.env.set("HTTPS_PROXY", places.server)`,
    }),
  },
  environment: {
    code:
      `console.log(JSON.stringify(Deno.env.toObject()), JSON.stringify(process.env), Deno.env.get("BAEUM_TEST_SECRET"));
${wrong()}`,
  },

  loops: { code: wrong("while (true);") },
  loops_outside: { code: `${wrong()}\nsetInterval(() => { while (true); }, 1);` },
  waits: { code: `async function double() { await new Promise(() => {}); return [0]; }` },
  exits: { code: wrong("Deno.exit(0);") },
  fills_the_heap: { code: wrong("const all = []; while (true) all.push(new Array(1e5).fill(all.length));") },
  fills_memory: { code: wrong("const all = []; while (true) all.push(new Uint8Array(1e8).fill(1));") },
  starts_workers: {
    code: wrong(
      `while (true) new Worker("data:application/javascript,setInterval(() => {}, 9); postMessage(1)", { type: "module" });`,
    ),
  },
  prints: { code: wrong(`while (true) console.log("x".repeat(10_000));`) },

  result_first: {
    code: wrong(
      `Deno.jupyter.broadcast("execute_result", { execution_count: 1, data: { "text/plain": "2" }, metadata: {} });`,
    ),
  },
  clears_outputs: {
    code: `${wrong()}
setInterval(() => Deno.jupyter.broadcast("clear_output", { wait: false }), 0);
setInterval(() => Deno.jupyter.broadcast("status", { execution_state: "idle" }), 0);`,
  },
  malformed_messages: {
    code: `${wrong()}
const junk = [undefined, null, 1, "x", [], {}, { name: 1, text: 2 }, { data: { "text/plain": 5, "text/html": {} }, metadata: 7 },
  { ename: 1, traceback: 3 }, { ename: "E", evalue: "v", traceback: [1, "at <anonymous>:1:1"] }, { id: 3 }, { execution_count: {} }];
const kinds = ["stream", "display_data", "update_display_data", "execute_result", "execute_input", "error", "status",
  "comm_open", "clear_output", "input_request", "shutdown_reply", "baeum_fence", "no such kind"];
for (const kind of kinds) for (const each of junk) await Deno.jupyter.broadcast(kind, each as never).catch(() => {});
for (let i = 0; i < 500; i++) await Deno.jupyter.broadcast("error", { ename: "E", evalue: "", traceback: ["at <anonymous>:1:1"] });`,
  },
  own_check: { code: `${wrong()}\nconst check = () => ({ passed: true, message: "" });` },
  own_settings: {
    code: wrong(),
    files: {
      "deno.json": JSON.stringify({ imports: { "baeum/notebook": "./mine.ts" } }),
      "mine.ts": "export const check = () => ({ passed: true, message: '' });",
    },
  },
  own_math: { code: `${wrong()}\nconst Math = { abs: () => 0, max: () => 1 };` },
  bends_math: { code: wrong("Math.abs = () => 0;") },
  bends_lists: {
    code: `${wrong()}
for (const change of [
  () => Array.prototype.flatMap = () => [],
  () => Array.prototype[Symbol.iterator] = function* () {},
  () => Object.defineProperty(Array.prototype, "constructor", { value: class { static [Symbol.species] = class {} } }),
  () => Object.defineProperty(Array.prototype, "passed", { value: true }),
  () => Object.defineProperty(Object.prototype, "tolerance", { value: 1e9 }),
  () => Object.prototype.then = function (done: (value: unknown) => void) { done({ passed: true }); },
  () => Promise.prototype.then = () => Promise.resolve({ passed: true, message: "" }),
  () => Object.defineProperty(Promise.prototype, "constructor", { value: class {} }),
  () => Object.is = () => true,
  () => globalThis.Error = class { constructor() { return { passed: true }; } },
]) try { change(); } catch { /* the next one */ }`,
  },
  bends_verdicts: {
    code: `${wrong()}
import * as lesson from "baeum/notebook";
class Mine { constructor() { return new Proxy({}, { get: () => true, set: () => true, defineProperty: () => true }); } }
try { Object.setPrototypeOf(lesson.Verdict, Mine); } catch { /* the next one */ }
try { Object.defineProperty(lesson.Verdict.prototype, "passed", { get: () => true }); } catch { /* the next one */ }
Object.defineProperty(globalThis, "verdict", { get: () => ({ passed: true }), configurable: true });`,
  },
  strange_list: {
    code: `function double() {
  const own = (list: unknown[], name: string, value: unknown) => Object.defineProperty(list, name, { value });
  const rows = [{ shape: [], values: [1] }, { shape: [], values: [1] }];
  own(rows, "flatMap", () => own([0, 0], "flatMap", () => []));
  return own(own([0, 0], "map", () => rows), "constructor", undefined);
}`,
  },
  breaks_the_kernel: {
    code: `${wrong()}
const inside = Deno[Deno.internal as never] as object;
for (const key of Reflect.ownKeys(inside)) {
  try { Object.defineProperty(inside, key, { get() { throw 1; }, set() { throw 2; } }); } catch { /* the next one */ }
}
try { (globalThis as never)[Symbol.for("baeum.kernel")] = { fence() {} }; } catch { /* it is fixed */ }`,
  },
  another_kernel: {
    code: `open(PLACES["new"], "w").write("python")`,
    kernel: { name: "python3", display_name: "Python 3", language: "python" },
  },
};
