import { assert, assertEquals, assertRejects } from "@std/assert";
import { loadModel } from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Functional models of Keras, whose graphs hold more than layers; saved, and what they predict. */
const WRITE = `
import numpy as np, keras
from keras import layers as L, ops
I = keras.Input
def masked():
    a, b = I((5,), name="a"), I((5,), name="b")
    e = L.Embedding(7, 3, mask_zero=True)
    x = L.Concatenate()([e(a), e(b)])
    return keras.Model([a, b], L.LSTM(2)(L.TimeDistributed(L.Dense(3))(x)))
def added():
    a, b = I((5,), name="a"), I((5,), name="b")
    e = L.Embedding(7, 3, mask_zero=True)
    return keras.Model([a, b], L.Bidirectional(L.GRU(2))(L.Add()([e(a), e(b)])))
def hidden():
    a, b = I((5, 2), name="a"), I((5, 2), name="b")
    inner = keras.Sequential([I((5, 2)), L.SimpleRNN(3, return_sequences=True)])
    return keras.Model([a, b], [L.GRU(2)(inner(L.Masking()(a))), L.GlobalAveragePooling1D()(L.Masking()(b))])
def told():
    a, b = I((5, 2), name="a"), I((5,), name="b")
    return keras.Model([a, b], L.LSTM(2)(a, mask=ops.greater(b, 2)))
def sums():
    a, b = I((5,), name="a"), I((5,), name="b")
    x = 1 - (a + b) * 2 / 3
    y = ops.maximum(L.Dense(5)(x) - b, 0.1) ** 2
    return keras.Model([a, b], L.Dense(2)(ops.concatenate([ops.relu(x), -y], axis=-1)) + ops.mean(a, axis=1, keepdims=True))
def activated():
    a, b = I((5, 2), name="a"), I((5,), name="b")
    x = L.Conv1D(4, 2, activation=L.Softmax(axis=1))(L.Masking()(a))
    return keras.Model([a, b], [x, L.Dense(3, activation=L.LeakyReLU(negative_slope=0.2))(b)])
def named():
    z, a = I((5,), name="끝"), I((5,), name="가")
    shared = L.Dense(5, name="함께 쓰는 층")
    return keras.Model({"끝": z, "가": a}, L.Subtract(name="뺄셈")([shared(shared(z)), shared(a)]), name="모델")
def given_states():
    a, b = I((5,), name="a"), I((4,), name="b")
    y, state = L.GRU(4, return_sequences=True, return_state=True)(L.Embedding(7, 3, mask_zero=True)(a), initial_state=b)
    return keras.Model([a, b], [y, state])
def data(model, seed):
    numbers = np.random.RandomState(seed)
    xs = []
    for x in model.inputs:
        values = numbers.randint(0, 5, (4,) + x.shape[1:]).astype("float32")
        values[1, 3:], values[2, 1:], values[3, 2:] = 0, 0, 0
        xs.append(values)
    return xs
models = [masked, added, hidden, told, sums, activated, named, given_states]
def text(model):
    lines = []
    model.summary(print_fn=lines.append)
    return "\\n".join(lines).rstrip()
import os
os.environ["COLUMNS"] = "80"
answer = []
for i, make in enumerate(models):
    keras.utils.clear_session()
    keras.utils.set_random_seed(i)
    path = given["folder"] + f"/{i}.keras"
    model = make() if given["write"] else keras.models.load_model(given["folder"] + f"/{i}_here.keras")
    if given["write"]:
        model.save(path)
        if make in [activated, named]: model.save(path.replace(".keras", ".h5"))
    xs = data(model, i)
    ys = keras.tree.flatten(model(dict(zip(["가", "끝"], xs)) if make is named and given["write"] else xs))
    answer.append({"title": make.__name__, "x": [x.tolist() for x in xs], "y": [y.numpy().tolist() for y in ys], "summary": text(model)})
`;

interface Written {
  title: string;
  x: number[][][];
  y: number[][][];
  summary: string;
}

peerTest(
  "graphs with masks and operations between the layers come from Keras and go back, with equal predictions",
  async (ask, t) => {
    const folder = await Deno.makeTempDir();
    const written = await ask(WRITE, { folder, write: true }) as Written[];
    for (const [i, { title, x, y, summary }] of written.entries()) {
      await t.step(title, async () => {
        const model = await loadModel(`${folder}/${i}.keras`);
        const got = [model.predict<tf.Tensor[]>(x.map((each) => tf.tensor(each)))].flat();
        assertNear(got.map((each) => each.arraySync()), y);
        let text = "";
        model.summary({ print: (printed) => text = printed });
        assertEquals(text, summary);
        await model.save(`${folder}/${i}_here.keras`);
        if (title !== "activated" && title !== "named") return;
        const old = await loadModel(`${folder}/${i}.h5`);
        assertEquals([old.predict<tf.Tensor[]>(x.map((each) => tf.tensor(each)))].flat().map(lists), got.map(lists));
      });
    }
    const back = await ask(WRITE, { folder, write: false }) as Written[];
    back.forEach(({ y }, i) => assertNear(y, written[i].y));
    await Deno.remove(folder, { recursive: true });
  },
);

const lists = (x: tf.Tensor) => x.arraySync();

function assertNear(got: unknown[], wanted: unknown[]): void {
  const [a, b] = [got, wanted].map((each) => each.flat(Infinity) as number[]);
  assertEquals(a.length, b.length);
  a.forEach((value, i) => assert(Math.abs(value - b[i]) < 1e-5, `${i}: ${value}, Keras ${b[i]}`));
}

/** Files in which something has the name of what is known here, and is something else. */
const STRANGE = `
import numpy as np, keras
from keras import layers as L, ops
I = keras.Input
own = keras.saving.register_keras_serializable("Mine")
@own
class Dense(L.Dense):
    def call(self, x): return super().call(x) * 3
@own
def relu(x): return ops.relu(x) * 7
@own
class L2(keras.regularizers.Regularizer):
    def __call__(self, w): return 0.0
    def get_config(self): return {}
@own
class MeanSquaredError(keras.losses.Loss):
    def call(self, y, p): return ops.mean(y * p)
def compiled(loss):
    model = keras.Sequential([I((4,)), L.Dense(2)])
    model.compile("sgd", loss)
    return model
x = I((4,))
models = {
    "layer": keras.Sequential([I((4,)), Dense(3)]),
    "activation": keras.Sequential([I((4,)), L.Dense(3, activation=relu)]),
    "regularizer": keras.Sequential([I((4,)), L.Dense(3, kernel_regularizer=L2())]),
    "loss": compiled(MeanSquaredError()),
    "precision": keras.Sequential([I((4,)), L.Dense(3, dtype="mixed_float16", name="half")]),
    "operation": keras.Model(x, ops.sin(L.Dense(3)(x))),
    "slice": keras.Model(x, L.Dense(3)(x)[:, 0]),
}
for name, model in models.items(): model.save(given + f"/{name}.keras")
answer = None
`;

peerTest(
  "a class or function of somebody's own is not taken for Keras' of the same name, nor half precision for float32",
  async (ask) => {
    const folder = await Deno.makeTempDir();
    await ask(STRANGE, folder);
    for (
      const [name, message] of [
        ["layer", 'the class "Dense", which is not known'],
        ["activation", "Mine>relu"],
        ["regularizer", "L2"],
        ["loss", "Mine>MeanSquaredError"],
        ["precision", '"half" (Dense) computes with "mixed_float16"'],
        ["operation", "keras.src.ops.numpy.Sin"],
        ["slice", "get_item"],
      ]
    ) await assertRejects(() => loadModel(`${folder}/${name}.keras`), RangeError, message);
    await Deno.remove(folder, { recursive: true });
  },
);
