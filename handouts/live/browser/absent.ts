// Stands in for packages that would make a page too large: HDF5's WASM build and Graphviz.
import { ABSENT } from "./absent_parts.ts";

function refuse(): never {
  throw new Error(ABSENT);
}

export default {
  get ready() {
    return refuse();
  },
};

export const instance = refuse;
