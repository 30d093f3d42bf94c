import type { Layer } from "./layer.ts";
import { formatShape, type Shape } from "./shape.ts";

/** One call of a layer on symbolic tensors: an edge of the model's graph. */
export interface Node {
  readonly layer: Layer;
  /** Which call of the layer this is, from 0; a shared layer has several. */
  readonly index: number;
  readonly inputs: SymbolicTensor[];
  /** The mask of each input that was given one in so many words; others travel with their tensors. */
  readonly masks?: readonly (SymbolicTensor | null)[];
  readonly outputs: SymbolicTensor[];
}

/** Which time steps of symbolic tensors count: a symbolic mask, for several tensors a list. */
export type SymbolicMasks = SymbolicTensor | (SymbolicTensor | null)[];

/** All that a call needs: its inputs, then their masks. */
export function neededBy({ inputs, masks = [] }: Node): SymbolicTensor[] {
  return [...inputs, ...masks.filter((mask) => mask !== null)];
}

/** A tensor that is not there yet: what `input()` and a layer's `apply` give while a functional model is built. */
export class SymbolicTensor {
  readonly shape: Shape;
  readonly dtype: "float32" | "int32";
  readonly name: string;
  /** The call that makes it. */
  node!: Node;
  /** Which of that call's outputs it is. */
  outputIndex = 0;

  constructor({ shape, dtype = "float32", name }: { shape: Shape; dtype?: "float32" | "int32"; name: string }) {
    this.shape = shape;
    this.dtype = dtype;
    this.name = name;
  }

  toString(): string {
    return `<SymbolicTensor ${this.name}, shape ${formatShape(this.shape)}, ${this.dtype}>`;
  }
}
