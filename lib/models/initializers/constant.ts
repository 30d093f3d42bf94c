import { sizeOf } from "../shape.ts";
import type { Initializer } from "./initializer.ts";

/** All values alike. */
export class Constant implements Initializer {
  readonly className: string = "Constant";
  readonly value: number;

  constructor({ value = 0 }: { value?: number } = {}) {
    this.value = value;
  }

  draw(shape: number[]): Float32Array {
    return new Float32Array(sizeOf(shape, "An initializer")).fill(this.value);
  }

  getConfig(): Record<string, unknown> {
    return { value: this.value };
  }
}

/** All zeros: the usual start of a bias. */
export class Zeros extends Constant {
  override readonly className = "Zeros";

  override getConfig(): Record<string, unknown> {
    return {};
  }
}

/** All ones. */
export class Ones extends Constant {
  override readonly className = "Ones";

  constructor() {
    super({ value: 1 });
  }

  override getConfig(): Record<string, unknown> {
    return {};
  }
}

/** All values `value` (default 0). */
export function constant(options: { value?: number } = {}): Constant {
  return new Constant(options);
}

/** All zeros. */
export function zeros(): Zeros {
  return new Zeros();
}

/** All ones. */
export function ones(): Ones {
  return new Ones();
}
