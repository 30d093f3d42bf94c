/**
 * Readers of the file formats in which data sets come, and writers of those that other programs show. Each reader takes the
 * whole file as bytes, takes no more memory than the file honestly needs, and answers anything broken with a
 * {@linkcode FormatError} that says where.
 *
 * @module
 */
export { parseCsv } from "./csv.ts";
export { FormatError } from "./format_error.ts";
export { gunzip } from "./gzip.ts";
export {
  type Hdf5Array,
  type Hdf5Attributes,
  type Hdf5Content,
  isHdf5,
  readHdf5,
  readHdf5Content,
  writeHdf5,
} from "./hdf5.ts";
export { type IdxArray, type IdxData, parseIdx } from "./idx.ts";
export { type NpyArray, parseNpy } from "./npy.ts";
export { type NpyData } from "./npy_dtype.ts";
export { parseNpyObjects } from "./npy_objects.ts";
export { type NpzOptions, parseNpz } from "./npz.ts";
export { type PickleValue, unpickle } from "./pickle.ts";
export { PickledArray } from "./pickle_numpy.ts";
export { encodePng, type Pixels } from "./png.ts";
export { type Numbers, type SummaryImages } from "./summary.ts";
export { type Step, SummaryWriter } from "./summary_writer.ts";
export { parseTar } from "./tar.ts";
export { encodeTfRecord, parseTfRecords } from "./tfrecord.ts";
export { readZip, type ZipEntry } from "./zip.ts";
export { writeZip } from "./write_zip.ts";
