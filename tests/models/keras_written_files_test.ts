import { assertEquals } from "@std/assert";
import { loadModel } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { assertNear, predicted } from "./file_cases.ts";

/** Makes each model in Keras' own words, gives it weights that no initializer gives, and writes it in both formats. */
const WRITE = `
import numpy as np, keras
from keras import Input, Model, Sequential, layers as L
rng = np.random.default_rng(1)
answer = []
for i, (title, code) in enumerate(given["cases"]):
    keras.backend.clear_session()
    scope = {}
    exec("from keras import *\\nfrom keras import layers as L\\nfrom keras.layers import *\\nimport keras", scope)
    exec(code, scope) if "\\n" in code else scope.update(model=eval(code, scope))
    model = scope["model"]
    model.set_weights([
        (w + np.abs(rng.normal(0, 0.1, w.shape))).astype(w.dtype) if w.dtype == "float32" else w for w in model.get_weights()
    ])
    for layer in model.layers:
        if hasattr(layer, "finalize_state"): layer.finalize_state()
    xs = [np.abs(np.sin(np.arange(3 * int(np.prod(x.shape[1:]))) * 1.7)).reshape((3, *x.shape[1:])).astype("float32") for x in model.inputs]
    if "Embedding" in code: xs = [np.floor(x * 9) for x in xs]
    ys = keras.tree.flatten(model(xs if len(xs) > 1 else xs[0], training=False))
    for extension in [".keras", ".h5"]: model.save(f"{given['folder']}/{i}{extension}")
    answer.append({
        "x": [x.tolist() for x in xs],
        "y": [np.asarray(y).tolist() for y in ys],
        "weights": [w.astype("float32").tolist() for w in model.get_weights()],
    })
`;

/** Loads what was written here, compares weights to the bit, predicts, and writes again. */
const READ = `
import numpy as np, keras
answer = []
for case in given:
    try:
        model, first = keras.models.load_model(case["from"]), keras.models.load_model(case["first"])
        xs = [np.array(x, "float32") for x in case["x"]]
        ys = keras.tree.flatten(model(xs if len(xs) > 1 else xs[0], training=False))
        same = [bool(np.array_equal(a, b)) for a, b in zip(first.get_weights(), model.get_weights(), strict=True)]
        model.save(case["to"])
        # L1 and L2 are L1L2 here.
        def plain(value):
            if isinstance(value, dict) and value.get("class_name") in ["L1", "L2"]:
                return {**value, "class_name": "L1L2", "config": {"l1": 0.0, "l2": 0.0, **value["config"]}}
            return {k: plain(v) for k, v in value.items() if k != "layers"} if isinstance(value, dict) else value
        configs = [[type(l).__name__, plain(l.get_config())] for l in model.layers]
        wanted = [[type(l).__name__, plain(l.get_config())] for l in first.layers]
        inputs = [[x.name, str(x.dtype), list(x.shape)] for x in model.inputs] == [[x.name, str(x.dtype), list(x.shape)] for x in first.inputs]
        answer.append({
            "y": [np.asarray(y).tolist() for y in ys],
            "same": all(same), "inputs": inputs,
            "configs": [[a, b] for a, b in zip(configs, wanted) if a != b],
        })
    except Exception as error:
        answer.append({"error": repr(error)[:600]})
`;

const cases: [title: string, code: string][] = [
  ["Dense", `Sequential([Input((4,), name="pixels"), Dense(5, activation="relu"), Dense(3, activation="softmax")])`],
  ["Dense without bias, L2", `Sequential([Input((4,)), Dense(5, use_bias=False, kernel_regularizer="l2")])`],
  [
    "Dense, L1, L1L2 and constraints",
    `Sequential([Input((4,)), Dense(5, kernel_regularizer=regularizers.L1(0.02), bias_regularizer=regularizers.L1L2(0.1, 0.2), kernel_constraint=constraints.MaxNorm(1.5), bias_constraint="non_neg"), Dense(2, kernel_constraint=constraints.MinMaxNorm(0.1, 2.0), bias_constraint=constraints.UnitNorm())])`,
  ],
  [
    "initializers",
    `Sequential([Input((4,)), Dense(5, kernel_initializer="he_normal", bias_initializer=initializers.Constant(0.2)), Dense(4, kernel_initializer=initializers.Orthogonal(0.5, seed=3)), Dense(4, kernel_initializer=initializers.RandomUniform(-1, 1, seed=1)), Dense(4, kernel_initializer=initializers.VarianceScaling(2.0, "fan_out", "uniform")), Dense(4, kernel_initializer=initializers.TruncatedNormal(stddev=0.1)), Dense(4, kernel_initializer="identity")])`,
  ],
  [
    "activations",
    `Sequential([Input((4,))] + [Dense(4, activation=a) for a in ["elu", "selu", "gelu", "silu", "softplus", "softsign", "hard_sigmoid", "exponential", "mish", "relu6", "leaky_relu", "hard_silu", "log_softmax", "tanh", "sigmoid", "linear"]])`,
  ],
  ["Dropout", `Sequential([Input((4,)), Dense(5), Dropout(0.5, seed=7), Dense(2), Dropout(0.1)])`],
  ["spatial dropout", `Sequential([Input((6, 2)), SpatialDropout1D(0.3), GlobalAveragePooling1D()])`],
  ["Gaussian noise", `Sequential([Input((4,)), GaussianNoise(0.1), Dense(2), GaussianDropout(0.1)])`],
  [
    "activity regularization",
    `Sequential([Input((4,)), Dense(2, activity_regularizer="l2"), ActivityRegularization(l1=0.1)])`,
  ],
  [
    "batch normalization",
    `Sequential([Input((4,)), Dense(5), BatchNormalization(momentum=0.9, epsilon=0.01), Activation("tanh"), BatchNormalization(center=False, scale=False)])`,
  ],
  [
    "frozen layers",
    `Sequential([Input((4,)), Dense(5, trainable=False), BatchNormalization(trainable=False), Dense(2)])`,
  ],
  [
    "layer normalization",
    `Sequential([Input((4,)), Dense(5), LayerNormalization(epsilon=0.01), LayerNormalization(scale=False)])`,
  ],
  [
    "normalization",
    `\nimport numpy as np\nn = Normalization()\nn.adapt(np.random.default_rng(0).normal(3, 2, (20, 4)))\nmodel = Sequential([Input((4,)), n, Dense(5)])`,
  ],
  [
    "normalization with given moments",
    `Sequential([Input((4,)), Normalization(mean=[1.0, 2.0, 3.0, 4.0], variance=[1.0, 4.0, 2.0, 1.0]), Dense(5)])`,
  ],
  ["unit normalization", `Sequential([Input((4,)), UnitNormalization(), Dense(5)])`],
  ["rescaling", `Sequential([Input((4,)), Rescaling(1 / 255, offset=-1.0), Dense(5)])`],
  [
    "ReLU with all arguments",
    `Sequential([Input((4,)), Dense(5), ReLU(max_value=1.0, negative_slope=0.1, threshold=0.2)])`,
  ],
  ["leaky ReLU", `Sequential([Input((4,)), Dense(5), LeakyReLU(negative_slope=0.2)])`],
  ["PReLU", `Sequential([Input((4, 4, 3)), PReLU(shared_axes=[1, 2]), Flatten(), PReLU()])`],
  ["ELU and softmax", `Sequential([Input((4,)), Dense(5), ELU(0.7), Softmax(axis=-1)])`],
  ["Conv1D, causal", `Sequential([Input((9, 2)), Conv1D(3, 3, padding="causal", dilation_rate=2), Flatten()])`],
  [
    "pooling 1D",
    `Sequential([Input((8, 2)), Conv1D(3, 3), MaxPooling1D(2), AveragePooling1D(2, strides=1, padding="same"), GlobalMaxPooling1D(keepdims=True)])`,
  ],
  [
    "Conv2D",
    `Sequential([Input((8, 8, 2)), Conv2D(3, (3, 2), activation="relu"), MaxPooling2D((2, 1)), Flatten(), Dense(2)])`,
  ],
  [
    "Conv2D with strides and groups",
    `Sequential([Input((8, 8, 2)), Conv2D(4, 3, strides=(2, 1), padding="same", groups=2), AveragePooling2D(2)])`,
  ],
  ["Conv2D, dilated", `Sequential([Input((8, 8, 2)), Conv2D(3, 3, dilation_rate=2, kernel_regularizer="l2")])`],
  ["Conv3D", `Sequential([Input((5, 5, 5, 1)), Conv3D(2, 3), GlobalAveragePooling3D()])`],
  [
    "separable and depthwise convolution",
    `Sequential([Input((8, 8, 2)), SeparableConv2D(3, 3, depth_multiplier=2), DepthwiseConv2D(3), GlobalMaxPooling2D()])`,
  ],
  [
    "separable and depthwise convolution 1D",
    `Sequential([Input((9, 2)), SeparableConv1D(3, 3), DepthwiseConv1D(3, depth_multiplier=2)])`,
  ],
  [
    "transposed Conv2D",
    `Sequential([Input((4, 4, 2)), Conv2DTranspose(3, 3, strides=2, padding="same", output_padding=1)])`,
  ],
  [
    "transposed Conv1D and Conv3D",
    `Sequential([Input((3, 2)), Conv1DTranspose(3, 3, strides=2), Reshape((7, 3, 1, 1)), Conv3DTranspose(2, 2)])`,
  ],
  [
    "up-sampling, padding, cropping",
    `Sequential([Input((4, 4, 2)), UpSampling2D(2, interpolation="bilinear"), ZeroPadding2D(((1, 0), (2, 1))), Cropping2D(((1, 1), (2, 0))), Conv2D(1, 1)])`,
  ],
  ["reshape, permute, repeat", `Sequential([Input((4, 6)), Permute((2, 1)), Reshape((-1,)), RepeatVector(3)])`],
  [
    "masking and LSTM",
    `Sequential([Input((6, 2)), Masking(0.5), LSTM(4, return_sequences=True), LSTM(3, unit_forget_bias=False, go_backwards=True)])`,
  ],
  [
    "SimpleRNN",
    `Sequential([Input((6, 2)), SimpleRNN(4, return_sequences=True, activation="relu"), SimpleRNN(3, use_bias=False)])`,
  ],
  ["GRU", `Sequential([Input((6, 2)), GRU(4, return_sequences=True), GRU(3, reset_after=False)])`],
  [
    "LSTM with dropout",
    `Sequential([Input((6, 2)), LSTM(4, dropout=0.2, recurrent_dropout=0.1, recurrent_activation="hard_sigmoid")])`,
  ],
  [
    "bidirectional LSTM",
    `Sequential([Input((6, 2)), Bidirectional(LSTM(4, return_sequences=True)), Bidirectional(GRU(2), merge_mode="sum"), Dense(1)])`,
  ],
  [
    "bidirectional with a layer of its own for each direction",
    `Sequential([Input((6, 2)), Bidirectional(LSTM(4), backward_layer=GRU(4, go_backwards=True), merge_mode="ave")])`,
  ],
  ["time distributed", `Sequential([Input((6, 2)), TimeDistributed(Dense(3)), Flatten()])`],
  ["embedding", `Sequential([Input((6,), dtype="int32"), Embedding(10, 4, mask_zero=True), LSTM(3)])`],
  [
    "a stack in a stack",
    `Sequential([Input((4,)), Sequential([Input((4,)), Dense(3), BatchNormalization()]), Dense(2), Sequential([Dense(2), Dense(2)])])`,
  ],
  [
    "wide and deep, two inputs and two outputs",
    `
wide, deep = Input((5,), name="wide_input"), Input((6,), name="deep_input")
h = Dense(30, activation="relu")(Dense(30, activation="relu")(deep))
model = Model(inputs=[wide, deep], outputs=[Dense(1, name="main_output")(concatenate([wide, h])), Dense(1, name="aux_output")(h)])`,
  ],
  [
    "a shared layer and merges",
    `
a, b = Input((4,)), Input((4,))
s = Dense(4, activation="tanh", name="shared")
u, v = s(a), s(b)
model = Model([a, b], [Subtract()([u, v]), Multiply()([u, v]), Average()([u, v, a]), Maximum()([u, v]), Minimum()([u, v]), Dot(1, normalize=True)([u, v])])`,
  ],
  [
    "a residual block",
    `
x = Input((8, 8, 3))
y = Conv2D(3, 3, padding="same")(x)
y = Add()([x, BatchNormalization()(y)])
model = Model(x, GlobalAveragePooling2D()(ReLU()(y)))`,
  ],
  [
    "functional models in one another",
    `
x = Input((4,)); inner = Model(x, Dense(4, activation="tanh")(x), name="inner")
z = Input((4,)); middle = Model(z, Dense(3)(z), name="middle")
y = Input((4,)); model = Model(y, middle(Add()([y, inner(y), inner(inner(y))])))`,
  ],
  [
    "states handed from an encoder to a decoder",
    `
x, d = Input((6, 2)), Input((5, 2))
_, h, c = LSTM(4, return_state=True)(x)
model = Model([x, d], TimeDistributed(Dense(2, activation="softmax"))(LSTM(4, return_sequences=True)(d, initial_state=[h, c])))`,
  ],
];

peerTest("models that Keras wrote are loaded, saved, and loaded by Keras twice without drift", async (ask, t) => {
  await useBackend("cpu");
  const folder = await Deno.makeTempDir();
  interface Written {
    x: number[][][];
    y: number[][][];
    weights: number[][][];
  }
  const written = await ask(WRITE, { folder, cases }) as Written[];
  const pending: { title: string; number: number; extension: string; given: Record<string, unknown> }[] = [];
  for (const extension of [".keras", ".h5"]) {
    for (const [i, [title]] of cases.entries()) {
      await t.step(`${title} is loaded from ${extension} and predicts the same`, async () => {
        const { x, y, weights } = written[i];
        const first = `${folder}/${i}${extension}`;
        const model = await loadModel(first);
        assertEquals(model.getWeights().map((w) => [...w.dataSync()]), weights.map((w) => [w].flat(9)));
        assertNear(predicted(model, x.map((values) => tf.tensor(values))), y.map((values) => values.flat(9)), title);
        const [from, to] = [`${folder}/${i}_here${extension}`, `${folder}/${i}_again${extension}`];
        await model.save(from);
        pending.push({ title, number: i, extension, given: { first, from, to, x } });
      });
    }
  }
  interface Answer {
    error?: string;
    y: number[][][];
    same: boolean;
    inputs: boolean;
    configs: unknown[];
  }
  const answers = await ask(READ, pending.map(({ given }) => given)) as Answer[];
  for (const [k, { title, number, extension, given }] of pending.entries()) {
    await t.step(`${title} as ${extension} goes back to Keras and comes here again`, async () => {
      const { error, y, same, inputs, configs } = answers[k];
      assertEquals({ error, same, inputs, configs }, { error: undefined, same: true, inputs: true, configs: [] });
      assertNear(
        y.map((each) => [each].flat(9) as number[]),
        written[number].y.map((each) => [each].flat(9) as number[]),
        title,
      );
      const again = await loadModel(given.to as string);
      assertEquals(
        again.getWeights().map((w) => [...w.dataSync()]),
        written[number].weights.map((w) => [w].flat(9) as unknown as number[]),
      );
    });
  }
  assertEquals(pending.length, 2 * cases.length);
  await Deno.remove(folder, { recursive: true });
});
