/**
 * The random numbers of NumPy, Python and TensorFlow, number for number.
 *
 * Splits and shuffles come out as scikit-learn's and Keras' ({@linkcode RandomState}), initial weights as Keras'
 * (`stateless…`, {@linkcode PythonRandom}), so a lesson can be held against the lecture it follows.
 *
 * @module
 */
export { PythonRandom } from "./python_random.ts";
export { RandomState, type RandomStatePlace, type Shuffleable } from "./random_state.ts";
export { statelessNormal, statelessTruncatedNormal, statelessUniform } from "./stateless.ts";
