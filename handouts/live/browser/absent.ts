// Stands in for a package that would make a page too large: HDF5's WASM build.
import { ABSENT } from "./absent_parts.ts";

function refuse(): never {
  throw new Error(ABSENT);
}

export default {
  get ready() {
    return refuse();
  },
};
