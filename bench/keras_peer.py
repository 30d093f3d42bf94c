"""Keras as a peer of the benchmark; KERAS_BACKEND says on what. Answers JSON lines as peer.ts does."""

import json
import os
import resource
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import numpy as np  # noqa: E402

with open(os.path.join(os.path.dirname(__file__), "networks.json"), encoding="utf-8") as file:
    NETWORKS = {network["name"]: network for network in json.load(file)}


def layer_of(spec: dict) -> keras.Layer:
    match spec["type"]:
        case "dense":
            return keras.layers.Dense(spec["units"], activation=spec.get("activation"))
        case "conv2d":
            return keras.layers.Conv2D(spec["filters"], spec["kernelSize"], activation=spec.get("activation"))
        case "maxPooling2d":
            return keras.layers.MaxPooling2D(spec["poolSize"])
        case _:
            return keras.layers.Flatten()


# As many samples as MNIST has for tests.
PREDICTED = 10_000


def model_of(network: dict) -> keras.Model:
    return keras.Sequential([keras.layers.Input(network["input"]), *map(layer_of, network["layers"])])


def predictor_of(network: dict):
    model = model_of(network)
    x = np.random.default_rng(1).random((PREDICTED, *network["input"]), dtype="float32")
    return lambda: model.predict(x, verbose=0)


def trainer_of(network: dict):
    samples = network["batch"] * network["batches"]
    random = np.random.default_rng(1)
    x = random.random((samples, *network["input"]), dtype="float32")
    if network["outputs"] == 1:
        y = random.random((samples, 1), dtype="float32")
    else:
        y = np.eye(network["outputs"], dtype="float32")[random.integers(0, network["outputs"], samples)]
    model = model_of(network)
    metrics = ["accuracy"] if network["outputs"] > 1 else []
    model.compile(loss=network["loss"], optimizer=network["optimizer"], metrics=metrics)
    return lambda epochs: model.fit(x, y, batch_size=network["batch"], epochs=epochs, verbose=0)


trainers: dict = {}
predictors: dict = {}
for line in sys.stdin:
    request = json.loads(line)
    if "memory" in request:
        answer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    elif "ready" in request:
        answer = 0
    elif "first" in request:
        begin = time.perf_counter()
        trainer_of({**NETWORKS[request["first"]], "batches": 1})(1)
        answer = (time.perf_counter() - begin) * 1000
    elif "predict" in request:
        name = request["predict"]
        if name not in predictors:
            predictors[name] = predictor_of(NETWORKS[name])
            predictors[name]()
        begin = time.perf_counter()
        predictors[name]()
        answer = (time.perf_counter() - begin) * 1000
    else:
        network = NETWORKS[request["network"]]
        if network["name"] not in trainers:
            trainers[network["name"]] = trainer_of(network)
            trainers[network["name"]](1)
            trainers[network["name"]](1)
        begin = time.perf_counter()
        trainers[network["name"]](network["epochs"])
        answer = (time.perf_counter() - begin) * 1000 / (network["epochs"] * network["batches"])
    print("ANSWER " + json.dumps(answer), flush=True)
