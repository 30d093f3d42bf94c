import type * as tf from "@tensorflow/tfjs";
import { kernelDefinition } from "./define_kernel.ts";
import { type Call, mapInfos } from "./recording.ts";

/**
 * Leaves out what a replay need not do: copies that nobody tells from their source, other looks at the same memory, and
 * calls whose results nobody needs (the gradient with respect to the model's input, for one). Updates come as soon as they can.
 *
 * `results` are the tensors that are read afterwards; the returned map says where a result is to be found if its copy is gone.
 */
export function simplify(calls: Call[], results: tf.TensorInfo[]): { calls: Call[]; sourceOf: (id: object) => object } {
  const sources = new Map<object, object>();
  const sourceOf = (dataId: object): object => {
    let at = dataId;
    while (sources.has(at)) at = sources.get(at)!;
    return at;
  };
  const written = writes(calls);
  const lastRead = lastReads(calls, results);
  const kept = calls.filter((call, i) => {
    const source = copied(call);
    if (!source) return true;
    // A copy of something that is overwritten while the copy is still read is more than another name for it.
    const root = sourceOf(source.dataId);
    const until = lastRead.get(call.outputs[0].dataId) ?? i;
    if (written.some(({ at, dataId }) => dataId === root && at > i && at <= until)) return true;
    if (call.outputs[0].dataId !== root) sources.set(call.outputs[0].dataId, root);
    return false;
  });
  const renamed = kept.map((call) => ({
    ...call,
    inputs: mapInfos(call.inputs, (info) => ({ ...info, dataId: sourceOf(info.dataId) })),
  }));
  const needed = withoutUnneeded(renamed, results.map(({ dataId }) => sourceOf(dataId)));
  return { calls: withEarlyUpdates(needed), sourceOf };
}

/** The tensor that a call only hands on: as it is, or in another shape. */
function copied(call: Call): tf.TensorInfo | undefined {
  switch (call.kernel) {
    case "Identity":
    case "Reshape":
      return call.inputs.x;
    case "ExpandDims":
      return call.inputs.input;
    case "Cast":
      return call.outputs[0].dtype === call.inputs.x.dtype ? call.inputs.x : undefined;
    default:
      return undefined;
  }
}

/** What is overwritten, and by which call. */
function writes(calls: Call[]): { at: number; dataId: object }[] {
  return calls.flatMap((call, at) => overwritten(call).map((dataId) => ({ at, dataId })));
}

/** The last call that reads each tensor, through whatever copies of it there are; the number of calls for results. */
export function lastReads(calls: Call[], results: tf.TensorInfo[]): Map<object, number> {
  const last = new Map<object, number>();
  for (const { dataId } of results) last.set(dataId, calls.length);
  for (let i = calls.length - 1; i >= 0; i--) {
    const handsOn = copied(calls[i]);
    const through = handsOn && last.get(calls[i].outputs[0].dataId);
    for (const { dataId } of Object.values(calls[i].inputs)) {
      last.set(dataId, Math.max(last.get(dataId) ?? i, through ?? i));
    }
  }
  return last;
}

/** What a call changes where it lies. */
export function overwritten(call: Call): object[] {
  const names = kernelDefinition(call.kernel, call.inputs, call.attributes)?.inPlace ?? [];
  return names.filter((name) => call.inputs[name]).map((name) => call.inputs[name].dataId);
}

function withoutUnneeded(calls: Call[], results: object[]): Call[] {
  const needed = new Set<object>(results);
  const kept: Call[] = [];
  for (const call of calls.toReversed()) {
    if (overwritten(call).length === 0 && !call.outputs.some(({ dataId }) => needed.has(dataId))) continue;
    kept.push(call);
    for (const { dataId } of Object.values(call.inputs)) needed.add(dataId);
  }
  return kept.reverse();
}

/**
 * Moves calls that do nothing but change their inputs right behind the last call that they must follow: a weight's update
 * behind the last use of the old weight. Its gradient is then still in the cache, and its memory is soon free for the next.
 */
function withEarlyUpdates(calls: Call[]): Call[] {
  const ordered: Call[] = [];
  for (const call of calls) {
    let at = ordered.length;
    if (call.outputs.length === 0) { while (at > 0 && !mustFollow(call, ordered[at - 1])) at--; }
    ordered.splice(at, 0, call);
  }
  return ordered;
}

/** Whether a call reads what another one writes, or writes what that one reads. */
function mustFollow(call: Call, before: Call): boolean {
  const reads = (call: Call, dataIds: object[]) =>
    Object.values(call.inputs).some(({ dataId }) => dataIds.includes(dataId));
  const made = [...before.outputs, ...before.made].map(({ dataId }) => dataId);
  return reads(call, [...made, ...overwritten(before)]) || reads(before, overwritten(call));
}
