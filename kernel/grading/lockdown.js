// Runs before the first cell of a submission. A test cell shares everything with the code that it tests: here that code loses the
// ways to change what the test, `check` and the kernel itself work with. SUBMISSION is filled in by kernel.py.
await (async () => {
  const lesson = await import("baeum/notebook");
  // Loaded when first needed; they give to classes of their own, by assignment, methods that the language's prototypes have.
  const [{ default: node }] = await Promise.all([import("node:process"), import("node:buffer")]);
  void node.allowedNodeEnvironmentFlags;

  const fixed = (object, key, { value = true } = {}) => {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (!property?.configurable) return;
    Object.defineProperty(object, key, {
      ...property,
      configurable: false,
      ...("value" in property && value ? { writable: false } : {}),
    });
  };
  // What programs give to objects of their own by assignment, which a fixed property of the prototype would forbid.
  const assigned = new Set(["toString", "toLocaleString", "valueOf", "toJSON", "name", "message"]);
  const mayBeConstructor = new Set([Object.prototype, Function.prototype]);
  const fix = (object) => {
    for (const key of Reflect.ownKeys(object)) {
      const free = assigned.has(key) ||
        key === "constructor" &&
          (mayBeConstructor.has(object) || object instanceof Error || object === Error.prototype);
      fixed(object, key, { value: !free });
    }
  };

  // Names of the language are fixed as globals, too: a cell's `const Math = …` would hold in every module.
  const language = [
    ...["AggregateError", "Array", "ArrayBuffer", "Atomics", "BigInt", "BigInt64Array", "BigUint64Array", "Boolean"],
    ...[
      "DataView",
      "Date",
      "Error",
      "EvalError",
      "Float16Array",
      "Float32Array",
      "Float64Array",
      "Function",
      "Int16Array",
    ],
    ...[
      "Int32Array",
      "Int8Array",
      "Iterator",
      "JSON",
      "Map",
      "Math",
      "Number",
      "Object",
      "Promise",
      "Proxy",
      "RangeError",
    ],
    ...["ReferenceError", "Reflect", "RegExp", "Set", "String", "Symbol", "SyntaxError", "TypeError", "URIError"],
    ...["Uint16Array", "Uint32Array", "Uint8Array", "Uint8ClampedArray", "WeakMap", "WeakRef", "WeakSet"],
    ...[
      "decodeURI",
      "decodeURIComponent",
      "encodeURI",
      "encodeURIComponent",
      "eval",
      "globalThis",
      "isFinite",
      "isNaN",
    ],
    ...["parseFloat", "parseInt", "Deno"],
  ];
  const nameless = [
    Object.getPrototypeOf(Uint8Array).prototype,
    Object.getPrototypeOf(async () => {}),
    Object.getPrototypeOf(function* () {}),
    Object.getPrototypeOf(async function* () {}),
    Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype)),
    ...[[].values(), new Map().values(), new Set().values(), "".matchAll(/./g), ""[Symbol.iterator]()].map(
      Object.getPrototypeOf,
    ),
  ];
  // A hook of V8 that is handed every error on its way.
  Object.defineProperty(Error, "prepareStackTrace", { value: undefined, writable: false, configurable: false });
  for (const name of language) fixed(globalThis, name);
  for (const each of [...language.map((name) => globalThis[name]), ...nameless]) {
    if (each === undefined || each === globalThis || each === Deno) continue;
    fix(each);
    if (typeof each === "function" && each.prototype) fix(each.prototype);
  }
  // What an object lacks is looked up here: an option that a check does not give, an array's hole.
  Object.preventExtensions(Object.prototype);
  Object.preventExtensions(Array.prototype);

  for (const each of Object.values(lesson)) {
    for (
      let part = each;
      typeof part === "function" && part !== Function.prototype;
      part = Object.getPrototypeOf(part)
    ) {
      Object.freeze(part);
      if (part.prototype) Object.freeze(part.prototype);
    }
  }
  const kernel = Symbol.for("baeum.kernel");
  Object.freeze(globalThis[kernel]);
  fixed(globalThis, kernel);

  Deno.chdir(SUBMISSION);
  // The broker answers nearly every question. `require` of a file does not ask it as long as all may be read by Deno's own account.
  for (const name of ["read", "write", "net", "env", "run", "ffi", "sys", "import"]) {
    const { state } = await Deno.permissions.revoke({ name });
    if (state === "granted") throw new Error(`The permission ${name} could not be given back.`);
  }
})();
