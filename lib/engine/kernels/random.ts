import { defineKernel, type Operand } from "../define_kernel.ts";
import { native } from "../native.ts";

/** A place in a stream: the seed is Philox' key, the number of draws a part of its counter. */
interface Stream {
  readonly seed: number;
  counter: number;
}

/** A kernel without inputs that fills `shape` with numbers of the stream `state`, and counts the draw. */
function defineRandom<Options>(
  name: string,
  prepare: (options: Options, out: Operand, scratch: number) => (low: number, high: number, draw: number) => void,
): void {
  defineKernel({
    name,
    outputs: (_, { shape }) => [{ shape: shape as number[], dtype: "float32" }],
    bind: (_, [out], attributes, workspace) => {
      const { state, ...options } = attributes as { state: Stream };
      const run = prepare(options as Options, out, workspace(64));
      const { seed } = state;
      const [low, high] = [seed | 0, Math.floor(seed / 2 ** 32) | 0];
      return () => run(low, high, state.counter++);
    },
  });
}

/** 0 with the probability `rate`, else `1 / (1 − rate)`. */
defineRandom<{ rate: number }>("DropoutMask", ({ rate }, out, scratch) => {
  const threshold = Math.min(2 ** 32 - 1, Math.round(rate * 2 ** 32)) | 0;
  const scale = 1 / (1 - rate);
  return (low, high, draw) => native.dropoutMask(out.size, threshold, scale, low, high, draw, out.offset, scratch);
});

/** Even numbers from `minimum` (included) to `maximum`. */
defineRandom<{ minimum: number; maximum: number }>("PhiloxUniform", ({ minimum, maximum }, out, scratch) => {
  const span = maximum - minimum;
  return (low, high, draw) => native.randomUniform(out.size, minimum, span, low, high, draw, out.offset, scratch);
});

defineRandom<{ mean: number; deviation: number }>("PhiloxNormal", ({ mean, deviation }, out, scratch) => {
  return (low, high, draw) => native.randomNormal(out.size, mean, deviation, low, high, draw, out.offset, scratch);
});
