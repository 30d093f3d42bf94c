import "./assign.ts";
import "./dense_forward.ts";
import "./mat_mul.ts";
import "./optimizer_updates.ts";
