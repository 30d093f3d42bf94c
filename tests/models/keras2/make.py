"""Makes the files of this folder with Keras 2 (tf_keras 2.21.0 on tensorflow-cpu 2.21.0): python make.py"""
import json

import numpy as np
import tf_keras as keras

L = keras.layers
rng = np.random.default_rng(0)


def stack(shape, *layers):
    return keras.Sequential([L.InputLayer(input_shape=shape), *layers])


def dense():
    return keras.Sequential([
        L.Dense(5, activation="relu", input_shape=(4,), kernel_regularizer="l2", kernel_constraint="max_norm"),
        L.Dense(3, activation="softmax", kernel_initializer="he_normal"),
    ])


def cnn():
    return stack(
        (8, 8, 2),
        L.Conv2D(3, 3, activation="relu", padding="same"),
        L.BatchNormalization(),
        L.LeakyReLU(alpha=0.2),
        L.MaxPooling2D(),
        L.DepthwiseConv2D(3),
        L.ReLU(6.0, negative_slope=0.1),
        L.SeparableConv2D(4, 2),
        L.Conv2DTranspose(2, 2),
        L.Flatten(),
        L.Dense(2),
    )


def recurrent():
    return stack(
        (6, 2),
        L.Masking(0.0),
        L.LSTM(4, return_sequences=True),
        L.GRU(3, return_sequences=True),
        L.SimpleRNN(3, return_sequences=True),
        L.Bidirectional(L.LSTM(2, return_sequences=True)),
        L.TimeDistributed(L.Dense(2)),
        L.Bidirectional(L.GRU(2), merge_mode="sum"),
    )


def embedding():
    return keras.Sequential([
        L.Embedding(10, 4, input_length=6),
        L.Conv1D(3, 3, padding="causal"),
        L.GlobalMaxPooling1D(),
        L.Dense(1, activation="sigmoid"),
    ])


def functional():
    a, b, c = keras.Input((4,), name="a"), keras.Input((6, 2), name="b"), keras.Input((4,))
    stacked = keras.Sequential([L.Dense(3, input_shape=(4,)), L.BatchNormalization()])(a)
    inner = keras.Model(c, L.Dense(3, activation="tanh")(c))
    states = L.LSTM(3, name="rec")(b, initial_state=[stacked, inner(a)])
    shared = L.Dense(3, activation="relu", name="shared")
    joined = L.Concatenate()([shared(states), shared(stacked)])
    return keras.Model([a, b], [L.Dense(1)(joined), inner(L.Dense(4)(states))])


def nested():
    a = keras.Input((4,))
    return keras.Model(a, keras.Sequential([L.Dense(3, input_shape=(4,))])(L.Dense(4)(a)))


optimizers = {
    "dense": keras.optimizers.Adam(0.01),
    "cnn": keras.optimizers.SGD(0.05, momentum=0.9),
    "recurrent": keras.optimizers.RMSprop(0.005),
    "embedding": keras.optimizers.legacy.Adam(0.01, decay=0.1),
    "nested": keras.optimizers.Adam(0.01),
}
losses = {"dense": "categorical_crossentropy", "embedding": keras.losses.BinaryCrossentropy(label_smoothing=0.1)}
answers = {}
for make in [dense, cnn, recurrent, embedding, functional, nested]:
    name = make.__name__
    keras.utils.set_random_seed(3)
    model = make()
    model.set_weights([w + rng.normal(0, 0.1, w.shape).astype("float32") ** 2 for w in model.get_weights()])
    xs = []
    for given in model.inputs:
        shape = (3, *given.shape[1:])
        x = np.abs(np.sin(np.arange(np.prod(shape)) * 1.7)).reshape(shape).astype("float32")
        xs.append(np.floor(x * 9) if name == "embedding" else x)
    target = np.flip(model.predict(xs, verbose=0), 0) if name in optimizers else None
    fit = {"batch_size": 2, "shuffle": False, "verbose": 0}
    if name in optimizers:
        metrics = ["accuracy"] if name in losses else ["mae", keras.metrics.RootMeanSquaredError()]
        model.compile(optimizers[name], losses.get(name, "mse"), metrics=metrics)
        model.fit(xs, target, epochs=2, **fit)
    model.save(f"{name}.h5")
    y = model.predict(xs, verbose=0)
    answers[name] = {"x": [x.tolist() for x in xs], "y": [each.tolist() for each in (y if isinstance(y, list) else [y])]}
    if name in optimizers:
        answers[name]["target"] = target.tolist()
        answers[name]["history"] = model.fit(xs, target, epochs=3, **fit).history
with open("answers.json", "w") as file:
    json.dump(answers, file)
