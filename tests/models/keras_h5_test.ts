import { travelsToKeras } from "./file_cases.ts";

travelsToKeras(".h5");
