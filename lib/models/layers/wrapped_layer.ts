import type { Layer } from "../layer.ts";

/** Keras' config of a layer inside another, with the shape that it was built for. */
export function wrappedConfig(layer: Layer): Record<string, unknown> {
  const config = {
    module: "keras.layers",
    class_name: layer.className,
    config: layer.getConfig(),
    registered_name: null,
  };
  return layer.built ? { ...config, build_config: { input_shape: layer.buildShape } } : config;
}
