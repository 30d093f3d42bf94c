"""Prints the classes of Keras' public modules with the arguments that each takes, as JSON."""

import inspect
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402

# What every class of its kind takes, or what has no meaning outside Python.
COMMON = {"self", "name", "dtype", "trainable", "kwargs", "args", "use_cudnn"}


def arguments(item: type) -> list[str]:
    function = item.__init__ if inspect.isclass(item) else item
    return [name for name in inspect.signature(function).parameters if name not in COMMON]


def classes(module) -> dict[str, list[str]]:
    """Those under their own names: an alias, such as Convolution2D, is left out."""
    return {
        name: arguments(item)
        for name, item in vars(module).items()
        if inspect.isclass(item) and item.__name__.removesuffix("Initializer") == name
    }


answer = {
    "version": keras.__version__,
    "modules": {
        "layers": classes(keras.layers),
        "losses": classes(keras.losses),
        "metrics": classes(keras.metrics),
        "optimizers": classes(keras.optimizers),
        "schedules": classes(keras.optimizers.schedules),
        "initializers": classes(keras.initializers),
        "regularizers": classes(keras.regularizers),
        "constraints": classes(keras.constraints),
        "callbacks": classes(keras.callbacks),
        "activations": {
            name: arguments(item) for name, item in vars(keras.activations).items() if inspect.isfunction(item)
        },
    },
}
print(json.dumps(answer))
