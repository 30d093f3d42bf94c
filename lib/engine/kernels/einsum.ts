import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "../wasm_backend.ts";

/**
 * Einstein's summation, which tfjs' WASM lacks: the operands brought to one order of axes, multiplied, and summed, as tfjs'
 * CPU backend does it. What is a matrix product is better written as one.
 */
tf.registerKernel({
  kernelName: "Einsum",
  backendName: "wasm",
  kernelFunc: (call) => {
    const backend = call.backend as unknown as WasmBackend;
    const { equation } = call.attrs as unknown as { equation: string };
    const operands = call.inputs as unknown as tf.Tensor[];
    const run = (name: string, inputs: Record<string, tf.TensorInfo>, attrs: Record<string, unknown> = {}) =>
      tf.getKernel(name, "wasm").kernelFunc({
        inputs: inputs as tf.NamedTensorInfoMap,
        attrs: attrs as tf.NamedAttrMap,
        backend: call.backend,
      }) as tf.TensorInfo;

    const util = tf.backend_util;
    const { allDims, summedDims, idDims } = util.decodeEinsumEquation(equation, operands.length);
    util.checkEinsumDimSizes(allDims.length, idDims, operands);
    const { path, steps } = util.getEinsumComputePath(summedDims, idDims);
    const made: tf.TensorInfo[] = [];
    const keep = (info: tf.TensorInfo) => (made.push(info), info);
    let out: tf.TensorInfo | undefined;
    let left = allDims.length;
    steps.forEach((terms, i) => {
      for (const term of terms) {
        const { permutationIndices: perm, expandDims } = util.getEinsumPermutation(left, idDims[term]);
        let x: tf.TensorInfo = operands[term];
        if (!util.isIdentityPermutation(perm)) x = keep(run("Transpose", { x }, { perm }));
        const shape = [...x.shape];
        for (const axis of expandDims) shape.splice(axis, 0, 1);
        const aligned = { ...x, shape, dataId: x.dataId };
        out = out ? keep(run("Multiply", { a: aligned, b: out })) : aligned;
      }
      if (i === steps.length - 1) return;
      if (path[i] >= 0) {
        const axis = path[i] - (allDims.length - left);
        out = keep(run("Sum", { x: out! }, { axis, keepDims: false }));
      }
      left--;
    });
    const result = out!;
    // An equation that only hands its operand on still gives a tensor of its own.
    const own = made.includes(result) ? result : run("Identity", { x: result });
    for (const info of made) if (info !== own) backend.disposeData(info.dataId);
    return own;
  },
});

/** The gradient, which tfjs does not have: dy takes an operand's place in the equation, and the operand the result's. */
tf.registerGradient({
  kernelName: "Einsum",
  saveAllInputs: true,
  gradFunc: (given, operands, attributes) => {
    const dy = given as tf.Tensor;
    const [left, result] = (attributes as unknown as { equation: string }).equation.replaceAll(" ", "").split("->");
    const terms = left.split(",");
    const gradients = operands.map((operand, i) => () => {
      const others = terms.toSpliced(i, 1);
      // What is summed over in this operand alone gets the same gradient all along.
      const known = (letter: string) => result.includes(letter) || others.some((term) => term.includes(letter));
      const letters = [...terms[i]].filter(known).join("");
      const equation = `${[result, ...others].join(",")}->${letters}`;
      const gradient = result === "" && others.length === 0 ? dy : tf.einsum(equation, dy, ...operands.toSpliced(i, 1));
      const shape = operand.shape.map((size, axis) => known(terms[i][axis]) ? size : 1);
      return tf.broadcastTo(gradient.reshape(shape), operand.shape);
    });
    return gradients as unknown as Record<string, () => tf.Tensor>;
  },
});
