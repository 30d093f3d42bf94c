/**
 * Makes weights, shuffles and dropout that no test has given a seed the same on every machine and in every run: a test that
 * fails now and then tells nothing.
 */
import { seed } from "../lib/tensors/seed.ts";

seed(20);
Deno.test.beforeEach(() => seed(20));
