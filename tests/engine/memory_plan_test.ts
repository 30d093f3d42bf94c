import { assert, assertEquals } from "@std/assert";
import { type Lifetime, planMemory } from "baeum/engine";

Deno.test("planMemory lets stretches that are never alive together share memory", () => {
  const plan = planMemory([
    { bytes: 1000, first: 0, last: 1 },
    { bytes: 1000, first: 2, last: 3 },
  ]);
  assertEquals(plan.offsets, [0, 0]);
});

Deno.test("planMemory never lets stretches overlap in time and in space, over 200 random programs", () => {
  let state = 1;
  const draw = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  for (let trial = 0; trial < 200; trial++) {
    const lifetimes: Lifetime[] = Array.from({ length: 1 + draw(40) }, () => {
      const first = draw(30);
      return { bytes: draw(5000), first, last: first + draw(10) };
    });
    const { offsets, bytes } = planMemory(lifetimes);
    lifetimes.forEach((a, i) => {
      assert(offsets[i] % 64 === 0);
      assert(offsets[i] + a.bytes <= bytes);
      lifetimes.slice(0, i).forEach((b, j) => {
        const apartInTime = a.last < b.first || b.last < a.first;
        const apartInSpace = offsets[i] + a.bytes <= offsets[j] || offsets[j] + b.bytes <= offsets[i];
        assert(apartInTime || apartInSpace, `${JSON.stringify(a)} and ${JSON.stringify(b)} overlap`);
      });
    });
  }
});

Deno.test("planMemory of nothing takes no memory", () => {
  assertEquals(planMemory([]), { offsets: [], bytes: 0 });
});
