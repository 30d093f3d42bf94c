// Expected texts: `str(numpy.array([...], dtype))` of NumPy 2.
import { assertEquals } from "@std/assert";
import { formatTensor, tf } from "baeum/tensors";

function values(tensor: tf.Tensor): string {
  return formatTensor(tensor).split("\n").slice(1).join("\n");
}

Deno.test("A tensor's text begins with its shape and dtype", () => {
  assertEquals(formatTensor(tf.tensor2d([[1, 2]], [1, 2], "int32")), "Tensor [1, 2] int32\n[[1 2]]");
  assertEquals(formatTensor(tf.zeros([0, 3])), "Tensor [0, 3] float32\n[]");
});

Deno.test("float32 values are written with the fewest digits that tell them apart, as NumPy writes them", () => {
  assertEquals(values(tf.tensor([[0.1, 0.2], [1 / 3, -4]])), "[[ 0.1         0.2       ]\n [ 0.33333334 -4.        ]]");
  assertEquals(values(tf.tensor([0.1 + 0.2])), "[0.3]");
  assertEquals(values(tf.tensor([-0, 1])), "[-0.  1.]");
  assertEquals(values(tf.scalar(2)), "2.0");
});

Deno.test("Values far apart, very small or very large are written with exponents, as NumPy writes them", () => {
  assertEquals(values(tf.tensor([1e-5, 1])), "[1.e-05 1.e+00]");
  assertEquals(values(tf.tensor([1e8, 1])), "[1.e+08 1.e+00]");
  assertEquals(values(tf.tensor([1001, 1])), "[1.001e+03 1.000e+00]");
  assertEquals(values(tf.tensor([1000, 1])), "[1000.    1.]");
});

Deno.test("What is no number is named as NumPy names it", () => {
  assertEquals(values(tf.tensor([NaN, 1, -Infinity])), "[ nan   1. -inf]");
});

Deno.test("A long row is wrapped within 75 characters", () => {
  const lines = values(tf.range(0, 100, 1, "int32")).split("\n");
  assertEquals(lines[0], "[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23");
  assertEquals(lines.at(-1), " 96 97 98 99]");
});

Deno.test("Of more than 1,000 values the first and last three along each axis are shown", () => {
  assertEquals(
    values(tf.range(0, 2000, 1, "int32").reshape([20, 100])),
    [
      "[[   0    1    2 ...   97   98   99]",
      " [ 100  101  102 ...  197  198  199]",
      " [ 200  201  202 ...  297  298  299]",
      " ...",
      " [1700 1701 1702 ... 1797 1798 1799]",
      " [1800 1801 1802 ... 1897 1898 1899]",
      " [1900 1901 1902 ... 1997 1998 1999]]",
    ].join("\n"),
  );
});

Deno.test("An axis of six or fewer stays whole although the tensor is shortened", () => {
  assertEquals(values(tf.zeros([2, 1000], "int32")), "[[0 0 0 ... 0 0 0]\n [0 0 0 ... 0 0 0]]");
});

Deno.test("Blocks of a tensor of rank three are set apart by an empty line", () => {
  assertEquals(values(tf.zeros([2, 1, 3])), "[[[0. 0. 0.]]\n\n [[0. 0. 0.]]]");
});

Deno.test("Booleans and texts are shown in full width", () => {
  assertEquals(values(tf.tensor([true, false])), "[ true false]");
  assertEquals(values(tf.tensor(["a", "한글"])), '[ "a" "한글"]');
});

Deno.test("A disposed tensor says so instead of throwing", () => {
  const tensor = tf.zeros([2]);
  tensor.dispose();
  assertEquals(formatTensor(tensor), "Tensor [2] float32 (disposed)");
});

Deno.test("Showing a large tensor leaves no tensor behind", () => {
  const tensor = tf.zeros([100, 100]);
  const before = tf.memory().numTensors;
  formatTensor(tensor);
  assertEquals(tf.memory().numTensors, before);
  tensor.dispose();
});

Deno.test("A notebook cell and console.log show a tensor by its values", () => {
  const tensor = tf.tensor([1, 2]);
  const display = (tensor as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")];
  assertEquals(display.call(tensor), { "text/plain": "Tensor [2] float32\n[1. 2.]" });
  assertEquals(Deno.inspect(tensor), "Tensor [2] float32\n[1. 2.]");
});
