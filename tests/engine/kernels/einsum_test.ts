import { tf } from "baeum/tensors";
import { compare, compareWithDifferences, numbers } from "./reference.ts";

Deno.test("einsum agrees with tfjs' CPU backend, and its gradients with differences", async () => {
  const cases: [equation: string, ...shapes: number[][]][] = [
    ["ij,jk->ik", [3, 4], [4, 5]],
    ["bij,bkj->bik", [2, 3, 4], [2, 5, 4]],
    ["bqhd,bkhd->bhqk", [2, 3, 2, 4], [2, 5, 2, 4]],
    ["ij->ji", [3, 4]],
    ["ij->i", [3, 4]],
    ["ij->", [3, 4]],
    ["ij->ij", [3, 4]],
    ["i,j->ij", [3], [4]],
  ];
  for (const [equation, ...shapes] of cases) {
    const inputs = () => shapes.map((shape, i) => numbers(shape, i + 1));
    await compare(equation, () => tf.einsum(equation, ...inputs()));
    compareWithDifferences(equation, (...given) => tf.einsum(equation, ...given), inputs());
  }
});
