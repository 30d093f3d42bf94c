/**
 * The search for good hyper-parameters, in scikit-learn's vocabulary.
 *
 * @module
 */
export { crossValidate } from "./cross_validate.ts";
export { choice, type Distribution, logUniform, randInt, uniform } from "./distributions.ts";
export { findLearningRate, type FindLearningRateOptions, type LearningRateCurve } from "./find_learning_rate.ts";
export { gridSearch } from "./grid_search.ts";
export { type HalvingOptions } from "./halving_schedule.ts";
export { HalvingResults, halvingSearch, type HalvingSearchOptions } from "./halving_search.ts";
export { parameterGrid } from "./parameter_grid.ts";
export { type ParamDistributions, parameterSampler } from "./parameter_sampler.ts";
export { randomSearch, type RandomSearchOptions } from "./random_search.ts";
export { type SearchOptions } from "./search_options.ts";
export { type CandidateResult, SearchResults } from "./search_results.ts";
export { type Trial, type TrialData, type TrialFold, type TrialPart } from "./trial.ts";
