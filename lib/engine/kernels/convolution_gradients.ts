import * as tf from "@tensorflow/tfjs";
import type { ConvolutionAttributes } from "./convolution_geometry.ts";

/** The gradients of convolutions: as tfjs has them, and also for dilated ones, which it refuses. */
for (
  const { kernel, ofInput, ofFilter } of [
    { kernel: "Conv2D", ofInput: "Conv2DBackpropInput", ofFilter: "Conv2DBackpropFilter" },
    { kernel: "Conv3D", ofInput: "Conv3DBackpropInputV2", ofFilter: "Conv3DBackpropFilterV2" },
    {
      kernel: "DepthwiseConv2dNative",
      ofInput: "DepthwiseConv2dNativeBackpropInput",
      ofFilter: "DepthwiseConv2dNativeBackpropFilter",
    },
  ]
) {
  tf.registerGradient({
    kernelName: kernel,
    inputsToSave: ["x", "filter"],
    gradFunc: (given, saved, attributes) => {
      const [x, filter] = saved;
      const dy = given as tf.Tensor;
      const { dilations = 1 } = attributes as unknown as ConvolutionAttributes;
      if ([dilations].flat().some((dilation) => dilation !== 1) && tf.getBackend() !== "wasm") {
        throw new RangeError(
          `Dilated convolutions can be trained on the backend "wasm" only. Received dilations ${dilations} on ` +
            `"${tf.getBackend()}"`,
        );
      }
      const run = (name: string, inputs: tf.NamedTensorMap, shape: Record<string, number[]>) =>
        tf.engine().runKernel(name, inputs, { ...attributes, ...shape }) as tf.Tensor;
      return {
        x: () => run(ofInput, { dy, filter }, { inputShape: x.shape }),
        filter: () => run(ofFilter, { x, dy }, { filterShape: filter.shape }),
      };
    },
  });
}

/** A transposed convolution in three dimensions, whose gradient tfjs does not have. */
tf.registerGradient({
  kernelName: "Conv3DBackpropInputV2",
  inputsToSave: ["dy", "filter"],
  gradFunc: (given, saved, attributes) => {
    const [dy, filter] = saved;
    const x = given as tf.Tensor;
    const { strides, pad, dilations = 1 } = attributes as unknown as ConvolutionAttributes;
    const shared = { strides, pad, dilations } as unknown as tf.NamedAttrMap;
    return {
      dy: () => tf.engine().runKernel("Conv3D", { x, filter }, { ...shared, dataFormat: "NDHWC" }) as tf.Tensor,
      filter: () =>
        tf.engine().runKernel("Conv3DBackpropFilterV2", { x, dy }, {
          ...shared,
          filterShape: filter.shape,
        }) as tf.Tensor,
    };
  },
});
