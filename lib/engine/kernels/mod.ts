import "./assign.ts";
