import { ByteReader } from "./byte_reader.ts";
import { buildArray, callGlobal, type Global, globalOf, PickledArray } from "./pickle_numpy.ts";

/** What {@linkcode unpickle} gives out: numbers, text, lists (Python's tuples too), dictionaries and NumPy arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickledArray
  | PickleValue[]
  | Map<string, PickleValue>;

/** A value on its way: also the few names that NumPy's arrays are rebuilt with. */
export type Piece = PickleValue | Global | Piece[] | Map<string, Piece>;

const MARK = Symbol("mark");
type Stacked = Piece | typeof MARK;

/** What one pickle is read with. */
interface Machine {
  reader: ByteReader;
  stack: Stacked[];
  memo: Map<number, Piece>;
  /** Lists and dictionaries within another: they neither grow nor lie in a second, so a tree is what comes out. */
  placed: Set<Piece>;
}

const little = { littleEndian: true };

/** What each opcode does; the names are those of Python's `pickletools`. */
const opcodes = new Map<number, (machine: Machine) => void>([
  [0x80, ({ reader }) => checkProtocol(reader)], // PROTO
  [0x95, ({ reader }) => void reader.u64("a frame", little)], // FRAME
  [code("("), ({ stack }) => void stack.push(MARK)], // MARK
  [code("N"), ({ stack }) => void stack.push(null)], // NONE
  [0x88, ({ stack }) => void stack.push(true)], // NEWTRUE
  [0x89, ({ stack }) => void stack.push(false)], // NEWFALSE
  [code("K"), ({ reader, stack }) => void stack.push(reader.u8("a number"))], // BININT1
  [code("M"), ({ reader, stack }) => void stack.push(reader.u16("a number", little))], // BININT2
  [code("J"), ({ reader, stack }) => void stack.push(reader.u32("a number", little) | 0)], // BININT
  [0x8a, ({ reader, stack }) => void stack.push(longOf(reader))], // LONG1
  [code("X"), ({ reader, stack }) => void stack.push(textOf(reader, reader.u32("a text", little)))], // BINUNICODE
  [0x8c, ({ reader, stack }) => void stack.push(textOf(reader, reader.u8("a text")))], // SHORT_BINUNICODE
  [code("T"), ({ reader, stack }) => void stack.push(reader.take(reader.u32("bytes", little), "bytes"))], // BINSTRING
  [code("U"), ({ reader, stack }) => void stack.push(reader.take(reader.u8("bytes"), "bytes"))], // SHORT_BINSTRING
  [code("B"), ({ reader, stack }) => void stack.push(reader.take(reader.u32("bytes", little), "bytes"))], // BINBYTES
  [code("C"), ({ reader, stack }) => void stack.push(reader.take(reader.u8("bytes"), "bytes"))], // SHORT_BINBYTES
  [0x8e, ({ reader, stack }) => void stack.push(reader.take(reader.u64("bytes", little), "bytes"))], // BINBYTES8
  [code("]"), ({ stack }) => void stack.push([])], // EMPTY_LIST
  [code("}"), ({ stack }) => void stack.push(new Map())], // EMPTY_DICT
  [code("s"), (machine) => setItems(machine, [pop(machine), pop(machine)].reverse())], // SETITEM
  [code("u"), (machine) => setItems(machine, afterMark(machine))], // SETITEMS
  [code(")"), ({ stack }) => void stack.push([])], // EMPTY_TUPLE
  [0x85, (machine) => tuple(machine, 1)], // TUPLE1
  [0x86, (machine) => tuple(machine, 2)], // TUPLE2
  [0x87, (machine) => tuple(machine, 3)], // TUPLE3
  [code("t"), (machine) => void machine.stack.push(place(machine, afterMark(machine)))], // TUPLE
  [code("a"), (machine) => append(machine, [pop(machine)])], // APPEND
  [code("e"), (machine) => append(machine, afterMark(machine))], // APPENDS
  [code("q"), (machine) => void machine.memo.set(machine.reader.u8("a place"), top(machine))], // BINPUT
  [code("r"), (machine) => void machine.memo.set(machine.reader.u32("a place", little), top(machine))], // LONG_BINPUT
  [0x94, (machine) => void machine.memo.set(machine.memo.size, top(machine))], // MEMOIZE
  [code("h"), (machine) => recall(machine, machine.reader.u8("a place"))], // BINGET
  [code("j"), (machine) => recall(machine, machine.reader.u32("a place", little))], // LONG_BINGET
  [code("c"), ({ reader, stack }) => void stack.push(globalOf(reader, lineOf(reader), lineOf(reader)))], // GLOBAL
  [0x93, (machine) => { // STACK_GLOBAL
    const name = pop(machine);
    machine.stack.push(globalOf(machine.reader, pop(machine), name));
  }],
  [code("R"), (machine) => { // REDUCE
    const given = pop(machine);
    machine.stack.push(callGlobal(machine.reader, pop(machine), given));
  }],
  [code("b"), (machine) => { // BUILD
    const state = pop(machine);
    buildArray(machine.reader, top(machine), state);
  }],
]);

/**
 * Reads what Python's `pickle` wrote, as far as it is numbers, text, lists, tuples, NumPy arrays and dictionaries whose
 * keys are text, and refuses all else: a pickle is a program, and this one can call nothing.
 *
 * @param bytes One pickle of protocol 2 to 5, and nothing behind it. NumPy's arrays are read up to protocol 4, which
 * NumPy's own files have.
 * @throws {FormatError} if it is broken, holds anything else (classes, functions, keys that are no text), or one list
 * twice.
 * @see https://docs.python.org/3/library/pickletools.html
 *
 * @example
 * ```ts
 * import { unpickle } from "baeum/formats";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * // pickle.dumps([1, [2]], 2)
 * assertEquals(unpickle(new TextEncoder().encode("\x80\x02](K\x01]K\x02ae.").filter((byte) => byte !== 0xc2)), [1, [2]]);
 * assertThrows(() => unpickle(new TextEncoder().encode("cos\nsystem\n.")), Error, "os.system is not called");
 * ```
 */
export function unpickle(bytes: Uint8Array): PickleValue {
  const reader = new ByteReader(bytes, "pickle");
  const machine: Machine = { reader, stack: [], memo: new Map(), placed: new Set() };
  while (true) {
    const opcode = reader.u8("the program");
    if (opcode === code(".")) break;
    const run = opcodes.get(opcode);
    if (!run) throw reader.fault(`opcode ${opcode} is not one of data. Received: ${quoted(opcode)}`, { back: 1 });
    run(machine);
  }
  const [result] = machine.stack;
  if (reader.left > 0) throw reader.fault(`nothing comes after the end. Received: ${reader.left} bytes`);
  if (machine.stack.length !== 1 || result === MARK) {
    throw reader.fault(`one value is left at the end. Received: ${machine.stack.length}`);
  }
  return valueOf(reader, result);
}

function code(letter: string): number {
  return letter.charCodeAt(0);
}

function quoted(opcode: number): string {
  return JSON.stringify(String.fromCharCode(opcode));
}

function checkProtocol(reader: ByteReader): void {
  const protocol = reader.u8("the protocol");
  if (protocol < 2 || protocol > 5) throw reader.fault(`the protocol is 2 to 5. Received: ${protocol}`, { back: 1 });
}

/** Two's complement of any width; more than 2⁵³ would be rounded and is refused. */
function longOf(reader: ByteReader): number {
  const bytes = reader.take(reader.u8("a number"), "a number");
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  if (Number.isSafeInteger(Number(signed))) return Number(signed);
  throw reader.fault(`a number is counted exactly up to 2 ** 53. Received: ${signed}`, { back: bytes.length });
}

function textOf(reader: ByteReader, length: number): string {
  return new TextDecoder().decode(reader.take(length, "a text"));
}

function lineOf(reader: ByteReader): string {
  const start = reader.offset;
  while (reader.u8("a name") !== 10);
  return new TextDecoder().decode(reader.bytes.subarray(start, reader.offset - 1));
}

function top({ reader, stack }: Machine): Piece {
  const value = stack.at(-1);
  if (value === undefined || value === MARK) throw reader.fault("there is no value to use", { back: 1 });
  return value;
}

function pop(machine: Machine): Piece {
  const value = top(machine);
  machine.stack.pop();
  return value;
}

function afterMark({ reader, stack }: Machine): Piece[] {
  const mark = stack.lastIndexOf(MARK);
  if (mark < 0) throw reader.fault("there is no mark to go back to", { back: 1 });
  return stack.splice(mark).slice(1) as Piece[];
}

function tuple(machine: Machine, length: number): void {
  const items = Array.from({ length }, () => pop(machine)).reverse();
  machine.stack.push(place(machine, items));
}

function append(machine: Machine, items: Piece[]): void {
  const list: Piece = top(machine);
  if (!Array.isArray(list)) throw machine.reader.fault("only lists are appended to", { back: 1 });
  if (machine.placed.has(list) || items.includes(list)) {
    throw machine.reader.fault("a list that lies in another one, or in itself, does not grow", { back: 1 });
  }
  const whole: Piece[] = list;
  for (const item of place(machine, items)) whole.push(item);
}

/** Keys and values in turn; Python 2 wrote its text as bytes. */
function setItems(machine: Machine, items: Piece[]): void {
  const { reader, placed } = machine;
  const target = top(machine);
  if (!(target instanceof Map)) throw reader.fault("only dictionaries have items", { back: 1 });
  if (placed.has(target) || items.includes(target)) {
    throw reader.fault("a dictionary that lies in another value, or in itself, does not grow", { back: 1 });
  }
  if (items.length % 2 > 0) throw reader.fault("each key has a value", { back: 1 });
  place(machine, items);
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i];
    const name = key instanceof Uint8Array ? new TextDecoder().decode(key) : key;
    if (typeof name !== "string") throw reader.fault("a dictionary's keys are text", { back: 1 });
    if (target.has(name)) throw reader.fault(`the key ${JSON.stringify(name)} comes twice`, { back: 1 });
    (target as Map<string, Piece>).set(name, items[i + 1]);
  }
}

/** Items that go into a list or dictionary; a list among them must not lie in another one already. */
function place({ reader, placed }: Machine, items: Piece[]): Piece[] {
  for (const item of items) {
    if (!Array.isArray(item) && !(item instanceof Map)) continue;
    if (placed.has(item)) throw reader.fault("a list comes twice", { back: 1 });
    placed.add(item);
  }
  return items;
}

function recall({ reader, memo, stack }: Machine, place: number): void {
  const value = memo.get(place);
  if (value === undefined) throw reader.fault(`nothing was put in place ${place}`, { back: 1 });
  stack.push(value);
}

/** That no name is left among the values, which lists cannot hold twice but arrays can. */
function valueOf(reader: ByteReader, piece: Piece): PickleValue {
  const open: Piece[] = [piece];
  const seen = new Set<Piece>();
  while (open.length > 0) {
    const next = open.pop()!;
    const items = next instanceof PickledArray ? next.data : next instanceof Map ? [...next.values()] : next;
    if (typeof next === "object" && next !== null && "global" in next) {
      throw reader.fault(`a name is no value. Received: ${next.global}`);
    }
    if (!Array.isArray(items) || seen.has(next)) continue;
    seen.add(next);
    for (const item of items) open.push(item);
  }
  return piece as PickleValue;
}
