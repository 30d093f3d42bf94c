import { assert, assertEquals, assertRejects } from "@std/assert";
import { check, type CheckOptions } from "baeum/notebook";
import { tf } from "baeum/tensors";

async function says(received: unknown, expected: unknown, options?: CheckOptions): Promise<string> {
  return (await check("1", () => received, expected, options)).message.replace("✗ 1: ", "");
}

Deno.test("A right answer passes, whether it comes as a list, a typed array, a tensor or late", async () => {
  for (const answer of [[1, 2], new Float32Array([1, 2]), tf.tensor1d([1, 2]), Promise.resolve([1, 2])]) {
    const verdict = await check("연습 1", () => answer, [1, 2]);
    assertEquals([verdict.passed, verdict.message], [true, "✓ 연습 1: 맞았다."]);
  }
  assert((await check("s", () => "setosa", "setosa")).passed);
  assert((await check("o", () => ({ a: [1] }), { a: [1] })).passed);
  assert((await check("e", () => [], [])).passed);
});

Deno.test("Numbers may differ by the tolerance, relative to large ones", async () => {
  assert((await check("t", () => 0.1 + 0.2, 0.3)).passed);
  assert((await check("t", () => 1e6 + 0.5, 1e6)).passed);
  assert(!(await check("t", () => 0.301, 0.3)).passed);
  assert((await check("t", () => 0.301, 0.3, { tolerance: 0.01 })).passed);
});

Deno.test("A stub is told apart from an answer that fails", async () => {
  const stub = await check("2", () => {
    throw new Error("여기에 코드를 작성하세요");
  }, 1);
  assertEquals(stub.message, "✗ 2: 아직 코드를 쓰지 않았다. throw가 있는 줄을 지우고 그 자리에 쓴다.");
  const broken = await check("2", () => Promise.reject(new TypeError("w is not a function")), 1, {
    hint: "식을 보자.",
  });
  assertEquals(broken.message, "✗ 2: 실행하다가 오류가 났다. w is not a function\n힌트: 식을 보자.");
  for (const [nothing, expected] of [[undefined, 1], [[1, undefined], [1, 2]]]) {
    assertEquals(await says(nothing, expected), "돌려준 값이 없다(undefined). return을 빠뜨리지 않았는가?");
  }
});

Deno.test("A wrong shape is said as such, transposed ones with a question", async () => {
  assertEquals(await says([1, 2, 3], [1, 2]), "모양이 다르다. 나온 것: [3], 나와야 할 것: [2].");
  assertEquals(await says([[1], [2]], 1), "모양이 다르다. 나온 것: [2, 1], 나와야 할 것: 수 하나.");
  assertEquals(
    await says(tf.zeros([3, 2]), [[1, 2, 3], [4, 5, 6]]),
    "모양이 다르다. 나온 것: [3, 2], 나와야 할 것: [2, 3]. 행과 열이 바뀌지 않았는가?",
  );
  assertEquals(await says([[1], [2, 3]], [1]), "종류가 다르다. 나온 것: 객체, 나와야 할 것: 수의 배열.");
});

Deno.test("A wrong kind of value is said as such", async () => {
  assertEquals(
    await says(true, 1),
    "종류가 다르다. 나온 것: 참·거짓 값, 나와야 할 것: 수. true와 false 대신 1과 0을 쓴다.",
  );
  assertEquals(await says("1", 1), "종류가 다르다. 나온 것: 문자열, 나와야 할 것: 수.");
  assertEquals(await says("versicolor", "setosa"), '다른 값이다: "versicolor".');
  assertEquals(await says(null, 1), "종류가 다르다. 나온 것: null, 나와야 할 것: 수.");
});

Deno.test("What is wrong with all values at once is said in one sentence", async () => {
  assertEquals(await says([-1, 2], [1, -2]), "크기는 맞는데 부호가 반대다.");
  assertEquals(await says([0, 1, 1, 1], [1, 0, 0, 0]), "0과 1이 모두 뒤바뀌었다.");
  assertEquals(await says([3, 2, 1], [1, 2, 3]), "값은 모두 있는데 놓인 차례가 다르다.");
  assertEquals(await says([[1, 3], [2, 4]], [[1, 2], [3, 4]]), "행과 열이 바뀌었다(전치, transpose).");
  assertEquals(await says([1, 4, 6], [0.5, 2, 3]), "모든 값이 2배다.");
  assertEquals(await says([1.5, 2.5, 5.5], [1, 2, 5]), "모든 값이 똑같이 0.5만큼 크다.");
});

Deno.test("Otherwise it says how many are wrong, where the first is and how far off", async () => {
  assertEquals(await says(0.3, 0.25), "값이 0.05만큼 크다.");
  assertEquals(await says([0, 0, 1, 1], [0, 0, 0, 1]), "4개 가운데 1개가 다르다. [2]번 칸: 1만큼 크다.");
  assertEquals(await says([[9, 2], [3, 0]], [[1, 2], [3, 4]]), "4개 가운데 2개가 다르다. [0, 0]번 칸: 8만큼 크다.");
  assertEquals(await says([0, 0], [7, 9]), "2개가 모두 다르다. [0]번 칸: 7만큼 작다.");
});

Deno.test("NaN is pointed at, and is right only where NaN is asked for", async () => {
  assertEquals(
    await says([1, NaN], [1, 2]),
    "[1]번 칸: NaN이(가) 나왔다. 0으로 나누거나, 없는 칸을 읽거나, 값이 너무 커지지 않았는가?",
  );
  assert((await check("n", () => NaN, NaN)).passed);
  assert(!(await check("n", () => 1, NaN)).passed);
});

Deno.test("A known mistake gets its own hint, any other the general one", async () => {
  const options = { mistakes: [{ result: [0, 1], hint: "OR이다." }], hint: "표를 보자." };
  assertEquals((await says([0, 1], [0, 0], options)).split("\n")[1], "힌트: OR이다.");
  assertEquals((await says([1, 1], [0, 0], options)).split("\n")[1], "힌트: 표를 보자.");
});

Deno.test("What is shown has no markup of the answer's, and says by words and not by colour alone how it went", async () => {
  const verdict = await check("<b>", () => "<i>", "x");
  const { "text/html": html } = (verdict as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]();
  assert(html.includes("✗ &lt;b&gt;") && !html.includes("<i>"), html);
});

Deno.test("A value in the place of the attempt is refused, as it would end the cell where the answer is missing", async () => {
  await assertRejects(() => check("1", 3 as unknown as () => unknown, 3), TypeError, "Received: number");
});
