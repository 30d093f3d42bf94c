/** Small files of each format, made by hand so that tests can break them. */
import { encodeTfRecord } from "baeum/formats";
import { gzipSync, zipSync } from "fflate";

const ascii = (text: string) => new TextEncoder().encode(text);

/** An NPY file of version 1 with the given header. */
export function npy(descr: string, shape: string, data: Uint8Array, { fortran = false } = {}): Uint8Array {
  const order = fortran ? "True" : "False";
  const header = ascii(`{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`);
  return new Uint8Array([0x93, ...ascii("NUMPY"), 1, 0, header.length & 255, header.length >> 8, ...header, ...data]);
}

/** Two IDX axes: [2, 3], bytes 1 to 6. */
export const idx = new Uint8Array([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);

/** An archive with one array "a" of four bytes. */
export const npz = zipSync({ "a.npy": npy("'|u1'", "(4,)", new Uint8Array([1, 2, 3, 4])) });

/** `[1 … 100]`, packed. */
export const gzip = gzipSync(Uint8Array.from({ length: 100 }, (_, i) => i + 1), { filename: "numbers" });

/** An archive with the given files, as `tar --format=ustar` writes it. */
export function tar(files: Record<string, Uint8Array>, kind = "0"): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, content]) => {
    const block = new Uint8Array(512 + Math.ceil(content.length / 512) * 512);
    block.set(ascii(path), 0);
    block.set(ascii(content.length.toString(8).padStart(11, "0")), 124);
    block.set(ascii(kind), 156);
    block.set(ascii("ustar\0" + "00"), 257);
    const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 8 * 32);
    block.set(ascii(sum.toString(8).padStart(6, "0") + "\0 "), 148);
    block.set(content, 512);
    return [...block];
  });
  return new Uint8Array([...blocks, ...new Uint8Array(1024)]);
}

/** Two lines of three numbers. */
export const csv = ascii("1,2.5,-3e4\n4,5,6\r\n");

/** `pickle.dumps([[1, 2, 300], [], [-1]], 2)`. */
export const pickledLists = Uint8Array.fromBase64("gAJdcQAoXXEBKEsBSwJNLAFlXXECXXEDSv////9hZS4=");
/** The layout of CIFAR-10's pickles, as Python 2 wrote them: `{"labels": [6, 9], "data": two rows of bytes}`. */
export const pickledDictionary = Uint8Array.fromBase64(
  "gAJ9cQAoVQZsYWJlbHNxAV1xAihLBksJZVUEZGF0YXEDY251bXB5LmNvcmUubXVsdGlhcnJheQpfcmVjb25zdHJ1Y3QKcQRjbnVtcHkK" +
    "bmRhcnJheQpxBUsAhXEGVQFicQeHcQhScQkoSwFLAksDhnEKY251bXB5CmR0eXBlCnELVQJ1MXEMiYiHcQ1ScQ4oSwNVAXxxD05OTkr/" +
    "////Sv////9LAHRxEGKJVQYAAQIDBAVxEXRxEmJ1Lg==",
);
/** `numpy.save` of `np.array([[1, 2], []], object)`. */
export const pickledObjects = npy(
  "'|O'",
  "(2,)",
  Uint8Array.fromBase64(
    "gASVlAAAAAAAAACMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsA" +
      "hZRDAWKUh5RSlChLAUsChZRoA4wFZHR5cGWUk5SMAk84lImIh5RSlChLA4wBfJROTk5K/////0r/////Sz90lGKJXZQoXZQoSwFL" +
      "AmVdlGV0lGIu",
  ),
);

/** Two records. */
export const tfRecords = new Uint8Array([...encodeTfRecord(pickledLists), ...encodeTfRecord(new Uint8Array(20))]);
