import "./arrange.ts";
import "./assign.ts";
import "./dense_forward.ts";
import "./elementwise.ts";
import "./mat_mul.ts";
import "./optimizer_updates.ts";
import "./reduce.ts";
import "./softmax.ts";
