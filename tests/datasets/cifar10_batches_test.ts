import { assertEquals, assertThrows } from "@std/assert";
import { binaryBatches, joinBatches, pythonBatches } from "../../lib/datasets/cifar10_batches.ts";
import { FormatError } from "baeum/formats";
import { gzipSync } from "fflate";
import { tar } from "../formats/files.ts";
import { peerTest } from "../peers.ts";

/** Both archives of the same made-up images; the pickles have the opcodes that Python 2 wrote the official ones with. */
const archives = `
import base64, io, pickle, struct, tarfile, numpy as np

class Python2(pickle._Pickler):
    def save_text(self, text):
        raw = text if isinstance(text, bytes) else text.encode()
        self.write(b"U" + bytes([len(raw)]) + raw if len(raw) < 256 else b"T" + struct.pack("<i", len(raw)) + raw)
        self.memoize(text)
    dispatch = {**pickle._Pickler.dispatch, bytes: save_text, str: save_text}

def python2(value):
    f = io.BytesIO(); Python2(f, 2).dump(value)
    return f.getvalue().replace(b"numpy._core", b"numpy.core")

def archive(files):
    f = io.BytesIO()
    with tarfile.open(fileobj=f, mode="w:gz", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name); entry.size = len(content); tar.addfile(entry, io.BytesIO(content))
    return base64.b64encode(f.getvalue()).decode()

state = np.random.RandomState(0)
names = [f"data_batch_{i}" for i in range(1, 6)] + ["test_batch"]
data = {name: state.randint(0, 256, (7, 3072)).astype("u1") for name in names}
labels = {name: [int(v) for v in state.randint(0, 10, 7)] for name in names}
batch = lambda name: {"batch_label": "training batch", "labels": labels[name], "data": data[name], "filenames": [f"{name}_{i}.png" for i in range(7)]}
pickled = {"cifar-10-batches-py/" + name: python2(batch(name)) for name in names}
binary = {f"cifar-10-batches-bin/{name}.bin": b"".join(bytes([l]) + row.tobytes() for l, row in zip(labels[name], data[name])) for name in names}
`;

peerTest("both of CIFAR-10's archives give the arrays that Keras makes of the Python one", async (ask) => {
  const code = `${archives}
import pathlib, tempfile, unittest.mock
from keras.datasets import cifar10
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "cifar-10-batches-py").mkdir()
for name, content in pickled.items(): (folder / name).write_bytes(content)
from keras.src.datasets import cifar
parts = [cifar.load_batch(str(folder / "cifar-10-batches-py" / name)) for name in names]
x = [p[0].transpose(0, 2, 3, 1).ravel().tolist() for p in parts]
y = [[int(v) for v in p[1]] for p in parts]
answer = [archive(pickled), archive(binary), x, y]`;
  const [python, binary, x, y] = await ask(code) as [string, string, number[][], number[][]];
  for (const { train, test } of [pythonBatches(bytes(python)), binaryBatches(bytes(binary))]) {
    const [learn, held] = [joinBatches(train), joinBatches(test)];
    assertEquals([[...learn.x], [...learn.y]], [x.slice(0, 5).flat(), y.slice(0, 5).flat()]);
    assertEquals([[...held.x], [...held.y]], [x[5], y[5]]);
  }
});

Deno.test("an archive of CIFAR-10 without one of its files, with half a record, or with a class 10 is refused", () => {
  const record = (label: number) => new Uint8Array(3073).with(0, label);
  const names = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
  const archive = (change: (files: Record<string, Uint8Array>) => void) => {
    const files = Object.fromEntries(names.map((name) => [`cifar-10-batches-bin/${name}.bin`, record(9)]));
    change(files);
    return gzipSync(tar(files));
  };
  const last = "cifar-10-batches-bin/test_batch.bin";
  const refused = (change: (files: Record<string, Uint8Array>) => void, message: string) =>
    assertThrows(() => binaryBatches(archive(change)), FormatError, message);
  refused((files) => delete files[last], `there is no file "${last}"`);
  refused((files) => files[last] = new Uint8Array(3072), "whole records of 3073 bytes. Received: 3072");
  refused((files) => files[last] = record(10), "classes from 0 to 9. Received: 10");
  const pickle = Uint8Array.from("}.", (letter) => letter.charCodeAt(0));
  const pickles = tar(Object.fromEntries(names.map((name) => [`cifar-10-batches-py/${name}`, pickle])));
  assertThrows(() => pythonBatches(gzipSync(pickles)), FormatError, 'has an array "data"');
});

function bytes(base64: string): Uint8Array {
  return Uint8Array.fromBase64(base64);
}
