/**
 * Tests of the lessons' exercises with values that no student sees, so that an answer made for the values of the lesson's check
 * fails: by lesson and number of the exercise, what `check` is given after the title, as text of the cell. It knows all names that
 * the lesson's own check knows.
 *
 * Right answers are written as numbers: what an answer could have a hand in does not judge it. Exercises without an entry ask for
 * one constant, or are checked with all inputs that there are.
 */
export const HIDDEN_TESTS: Record<string, Record<number, string> | undefined> = {
  "00-start": {
    1: `() => [mean([4, 10]), mean([0.5, -2, 3, 7]), mean([0, 0, 0])], [7, 2.125, 0]`,
    2: `() => [evenSquares([0, -3, 8, 5, 10]), evenSquares([1, 3])].flat(), [0, 64, 100]`,
    3: `() => distances(tf.tensor2d([[8, 15], [-6, 8], [0, 0], [7, 24]])), [17, 10, 0, 25]`,
  },
  "01-perceptron": {
    2: `() => [learnOnce([-0.5, 0.4, 0.2], [1, 1], 0, 0.25), learnOnce([0.1, -0.7, 0.3], [0, 1], 1, 0.1)],
  [[-0.75, 0.15, -0.05], [0.1, -0.6, 0.4]]`,
    3: `() => [[0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0], [1, 1, 1, 1], [1, 0, 0, 1]].map((targets) => epochsNeeded(targets, 50)),
  [4, 1, 3, 1, -1]`,
  },
  "02-xor-mlp": {
    1: `() => [[5, 1], [4, 7, 7, 2], [100, 20, 5]].map(countParameters), [6, 107, 2125]`,
    2: `() => outputSlopes([0.2, 0.9], [-1.1, 0.4], -0.3, 0), [0.02285765443423465, 0.10285944495405591, 0.11428827217117324]`,
    3: `() => hiddenDeltas([0.25, 0.8], 0.6, [2, -0.5], 1), [-0.036, 0.00768]`,
  },
  "03-tensors-and-data": {
    1: `() => [toRows(tf.tensor3d([[[255, 0, 127.5]], [[0, 51, 255]]])), toRows(tf.tensor3d([[[51], [0], [255]], [[0], [0], [0]]]))],
  [[[1, 0, 0.5], [0, 0.2, 1]], [[0.2, 0, 1], [0, 0, 0]]]`,
    2: `() => [cropCenter(tf.range(0, 45).reshape([3, 5, 3]), 1), cropCenter(tf.range(10, 85).reshape([3, 1, 25]), 1)],
  [[[[7]], [[22]], [[37]]], [[[22]], [[47]], [[72]]]]`,
    3: `() => stretch(tf.tensor3d([[[1, 3, 2], [5, 1, 4]], [[-4, 0, 4], [2, -2, 0]], [[0.5, 1, 1], [1, 1, 0.75]]])),
  [[[0, 0.5, 0.25], [1, 0, 0.75]], [[0, 0.5, 1], [0.75, 0.25, 0.5]], [[0, 1, 1], [1, 1, 0.5]]]`,
  },
  "04-keras-flow": {
    1: `() => [oneHot([3, 0], 4), oneHot([1], 2)].flat(2), [0, 0, 0, 1, 1, 0, 0, 0, 0, 1]`,
    3: `() => [binaryCrossEntropy([0.5, 0.5], [0, 1]), binaryCrossEntropy([0.3, 0.8, 0.99, 0.05], [0, 1, 1, 1])],
  [0.6931471805599453, 0.8964002761651086], { tolerance: 1e-9 }`,
  },
  "05-mnist-mlp": {
    1: `() => [oneHot(7), oneHot(1)], [[0, 0, 0, 0, 0, 0, 0, 1, 0, 0], [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]]`,
    2: `() => [accuracyOf([[0.2, 0.8], [0.9, 0.1], [0.4, 0.6], [0.7, 0.3]], [1, 1, 1, 1]), accuracyOf([[-3, -1, -2]], [1])], [0.5, 1]`,
    3: `() => confusion([3, 1, 0, 3, 3], [3, 0, 0, 2, 3], 4), [[1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 2]]`,
  },
  "06-fashion-mnist": {
    1: `() => [parameters([10, 1]), parameters([784, 64, 10]), parameters([2, 2, 2, 2])], [11, 50890, 18]`,
    2: `() => [sparseCrossEntropy([[0.5, 0.5], [0.1, 0.9]], [0, 0]), sparseCrossEntropy([[0.2, 0.3, 0.5]], [2])],
  [1.4978661367769954, 0.6931471805599453], { tolerance: 1e-9 }`,
    3: `() => classAccuracies([3, 3, 1, 0, 2, 0, 1, 1], [3, 2, 1, 0, 2, 1, 1, 1], 4), [1, 0.75, 0.5, 1]`,
  },
  "07-deep-mlp": {
    1: `() => [3, 5, 10].map(atMost), [0.015625, 0.0009765625, 9.5367431640625e-7], { tolerance: 1e-12 }`,
    2: `() => [2, 50, 300].map(heDeviation), [1, 0.2, 0.08164965809277261]`,
    3: `() => [signal([[1, 10], [3, 10], [5, 10], [7, 10]]), signal([[0], [6]])], [1.118033988749895, 3]`,
  },
  "08-activations": {
    1: `() => [leaky(-10, 0.05), leaky(4, 0.05), leaky(-2, 0.5), leaky(0.25, 0.9)], [-0.5, 4, -1, 0.25]`,
    2: `() => [eluSlope(-1, 0.5), eluSlope(-0.2, 2), eluSlope(3, 2), eluSlope(-4, 1)],
  [0.18393972058572117, 1.6374615061559636, 1, 0.01831563888873418]`,
    3: `() => [maxoutWithSlope([[2, 0], [-2, 0]], -3), maxoutWithSlope([[0, 4], [1, 1], [3, -8]], 2), maxoutWithSlope([[0.5, -1]], 6)],
  [[6, -2], [4, 0], [2, 0.5]]`,
    4: `() => [chainSlope([-1.2], 0.3), chainSlope([0.5, 2, -1], -1.5)], [-0.2904861613231734, -0.011076053075602048]`,
  },
  "09-init-normalization": {
    1: `() => [toMinusOneToOne([5, -5, 0]), toMinusOneToOne([1, 3, 2])], [[1, -1, 0], [-1, 1, 0]]`,
    2: `() => standardizeTest([10, 20, 30], [20, 0, 45]), [0, -2.449489742783178, 3.0618621784789726]`,
    3: `() => [[6, 6], [24, 0], [1, 5]].map(([fanIn, fanOut]) => limits(fanIn, fanOut)),
  [[0.7071067811865476, 1], [0.5, 0.5], [1, 2.449489742783178]]`,
    4: `() => batchNorm([[0, 5, 1], [4, 5, -1]], [1, 3, -2], [0, 0.5, 10]),
  [[-0.9998750234326181, 0.5, 8.000999250624453], [0.9998750234326181, 0.5, 11.999000749375547]]`,
  },
  "10-losses": {
    1: `() => [meanAbsoluteError([1, -2, 3], [1, 2, 5]), meanAbsoluteError([0.5], [0.25])], [2, 0.25]`,
    2: `() => [stableSoftmax([-2000, -2001]), stableSoftmax([0, 0, 0, 5000]).slice(2)], [[0.7310585786300049, 0.2689414213699951], [0, 1]]`,
    3: `() => [slopes([0, 2, -1], [0, 1, 0]), slopes([0.5, 0.5, 0.5], [0, 0, 1])],
  [[0.11419519938459446, -0.15620526551866054, 0.04201006613406605], [1 / 3, 1 / 3, -2 / 3]], { tolerance: 1e-9 }`,
  },
  "11-gradient-descent": {
    1: `() => [[1000, 3], [7, 7], [7, 100], [50_000, 256]].map(([n, batch]) => stepsPerEpoch(n, batch)), [334, 1, 1, 196]`,
    2: `() => [lastPlace((x) => 4 * x, 2, 0.125, 3), lastPlace(() => 1, 0, 0.5, 6), lastPlace((x) => x, 9, 0.1, 0)], [0.25, -3, 9]`,
    3: `() => [withMomentum((x) => x, 8, 0.5, 0.25, 3), withMomentum(() => -1, 0, 1, 0.5, 3)], [[8, 4, 1, -0.25], [0, 1, 2.5, 4.25]]`,
    4: `() => [growth(1, 1024, 10), growth(0.001, 1, 3), growth(2, 2, 50)], [2, 10, 1], { tolerance: 1e-9 }`,
  },
  "12-optimizers": {
    1: `() => [bestEpoch([0.1, 0.2, 0.9, 0.9, 0.3]), bestEpoch([0.4]), bestEpoch([0.2, 0.1, 0.15, 0.6])], [3, 1, 4]`,
    2: `() => band([[1, 4, 7], [3, 0, 8]]), [[1, 2, 3], [0, 2, 4], [7, 7.5, 8]]`,
    3: `() => [adagradDistance(2, 0.01, 3), adagradDistance(-0.3, 0.5, 2), adagradDistance(1, 1, 1)],
  [0.022654175401519653, -0.627596955562763, 0.9534625892455922], { tolerance: 1e-9 }`,
  },
  "13-overfitting": {
    1: `() => [l2Penalty([0.5, -0.5, 2, 0], 0.01), l2Penalty([3], 2)], [0.045, 18]`,
    2: `() => [stopsAfter([3, 3, 3], 2), stopsAfter([9, 8, 8.5, 7, 7.5], 1), stopsAfter([1, 2, 0.5, 0.6, 0.7, 0.8, 0.9], 5)], [3, 3, 7]`,
    3: `() => [dropOut([10, -20], [0.5, 0.49], 0.5), dropOut([6, 6], [0.05, 0.95], 0.9)], [[20, 0], [0, 60]]`,
  },
  "14-sequential": {
    1: `() => [denseParams([4, 3], true), denseParams([4, 3], false), denseParams([10, 20, 30, 40], true)], [15, 12, 2090]`,
    3: `() => [penalised(1, [0.5, -0.5, 2], 1, 0), penalised(0, [3, -1], 0, 0.5), penalised(0.25, [-2], 0.5, 0.25)], [4, 5, 2.25]`,
    4: `() => smallModel().predict(tf.zeros([5, 28, 28])).shape, [5, 10]`,
  },
  "15-california": {
    1: `() => [rmseInDollars([1.5, 2.5], [1, 3]), rmseInDollars([3, 0, 0, 0], [3, 0, 2, 0])], [50_000, 100_000]`,
    2: `() => [r2Score([1, 2, 3, 4], [1, 2, 3, 4]), r2Score([2, 2, 2], [1, 2, 3]), r2Score([5, 1], [1, 5]), r2Score([2, 4, 7], [1, 4, 7])],
  [1, 0, -3, 17 / 18]`,
    3: `() => clipTable([[-0.5, 0.5, -7], [1.5, 100, -1.5]], 1.5), [[-0.5, 0.5, -1.5], [1.5, 1.5, -1.5]]`,
  },
  "16-functional": {
    1: `() => [countWideAndDeep(1, 1), countWideAndDeep(13, 50)], [7, 3314]`,
    2: `() => [totalLoss({ a: 2, b: 3 }, {}), totalLoss({ left: 1, right: 4 }, { right: 0.5, other: 9 }), totalLoss({ x: 7 }, { x: 0 })],
  [5, 3, 0]`,
    3: `() => {
  const built = residualModel();
  built.setWeights(built.getWeights().map((weight) => tf.onesLike(weight)));
  return [...built.predict([[0.5, 2, 0, 1], [-1, -1, -1, -1]]).dataSync()];
}, [22.5, -3]`,
  },
  "17-save-callbacks-tensorboard": {
    1: `() => [checkpointName(0, 2), checkpointName(98, 0.005), checkpointName(99, 12.345678)],
  ["01-2.00.keras", "99-0.01.keras", "100-12.35.keras"]`,
    2: `() => [stopsAt([1, 1, 1, 0.5], 2), stopsAt([5, 4, 3, 2], 1), stopsAt([3, 1, 2, 2, 0, 9], 3)], [[3, 1], [4, 4], [6, 5]]`,
    3: `async () => [...await tryOut(new StopAtRatio(0.9)), ...await tryOut(new StopAtRatio(5))], [2, 0.8, 1, 5, 0.8, 1, 1.5, 2, 3]`,
  },
  "18-tuning": {
    1: `() => [countTrainings({ a: [1] }, 3), countTrainings({ a: [1, 2], b: ["x", "y", "z"], c: [0, 1] }, 10)], [3, 120]`,
    2: `() => [ladder(1, 16, 4), ladder(0.001, 1, 3)].flat(), [1, 2, 4, 8, 0.001, 0.01, 0.1]`,
    3: `() => tournament([9, 1, 5, 2], (candidate, epochs) => -Math.abs(candidate - epochs), [4, 4], 2), [[9, 1, 5, 2], [2, 5]]`,
  },
  "19-cnn": {
    1: `() => [outputWidth(32, 5, 1, 2), outputWidth(7, 7, 3, 0), outputWidth(224, 7, 2, 3)], [32, 1, 112]`,
    2: `() => maxPool([[-1, -2, -3], [-4, -5, -6], [-9, -8, -7]], 3), [[-1]]`,
    3: `() => [convParams(1, 5, [2]), convParams(3, 3, [8, 8]), convParams(7, 1, [4, 2, 1])], [12, 808, 693]`,
    4: `() => convolveWith([[1, 2], [3, 4]], [[1, 0], [0, -1]], 1, 1), [[-1, -2, 0], [-3, -3, 2], [0, 3, 4]]`,
  },
  "20-exercises": {
    2: `() => shapesOf(1, [4, 7, 2]), [[1, 4], [4, 7], [1, 7], [7, 2], [1, 2], [1, 2]]`,
    4: `() => backpropagate(-1.5, 0.25, [0.8, 0.1, -2, 0.6]),
  [0.038562848236006975, -0.02570856549067132, 0.017133101772937063, 0.068603784004011], { tolerance: 1e-9 }`,
  },
};
