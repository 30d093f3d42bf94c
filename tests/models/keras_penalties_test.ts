import { assertEquals } from "@std/assert";
import { constraints, layers, regularizers } from "baeum/models";
import { type LayerCase, layersLikeKeras } from "./like_keras.ts";

const kernel = { kernelRegularizer: "l2", kernelConstraint: "max_norm" } as const;
const bias = { biasRegularizer: regularizers.l1({ l1: 0.3 }), biasConstraint: "non_neg" } as const;

const cases: LayerCase[] = [
  { title: "dense with penalties", make: () => layers.dense({ units: 3, ...kernel, ...bias }), shape: [2, 4] },
  {
    title: "dense with a penalty on its output",
    make: () => layers.dense({ units: 3, activation: "relu", activityRegularizer: "l2" }),
    shape: [5, 4],
  },
  {
    title: "dense with a penalty for a bias that it does not have",
    make: () => layers.dense({ units: 3, useBias: false, ...bias }),
    shape: [2, 4],
  },
  {
    title: "conv1d with penalties",
    make: () => layers.conv1d({ filters: 2, kernelSize: 2, ...kernel, ...bias, activityRegularizer: "l1" }),
    shape: [3, 5, 2],
  },
  {
    title: "conv2d with penalties",
    make: () => layers.conv2d({ filters: 2, kernelSize: 2, ...kernel, ...bias, activation: "tanh" }),
    shape: [2, 4, 4, 2],
  },
  {
    title: "conv3d with a penalty on its output",
    make: () =>
      layers.conv3d({ filters: 2, kernelSize: 2, activityRegularizer: regularizers.l1l2({ l1: 0.1, l2: 0.2 }) }),
    shape: [2, 3, 3, 3, 1],
  },
];

layersLikeKeras("penalties on weights and outputs", cases);

Deno.test("a config tells penalties and constraints also before the layer is built", () => {
  for (const make of [layers.dense, layers.conv2d] as const) {
    const layer = make(
      { units: 3, filters: 3, kernelSize: 2, ...kernel, biasConstraint: constraints.nonNeg() } as never,
    );
    const before = layer.getConfig();
    layer.ensureBuilt([null, 4, 4, 2]);
    assertEquals(layer.getConfig(), before);
    assertEquals((before.kernel_regularizer as { class_name: string }).class_name, "L1L2");
  }
});
