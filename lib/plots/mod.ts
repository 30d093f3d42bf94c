/**
 * Figures for lessons: how a training went, what the images are, what was taken for what.
 *
 * Each is one SVG with title, labels and a description in words, drawn with Observable Plot, readable in light and dark.
 *
 * @module
 */
export { type Bars, plotBars, type PlotBarsOptions } from "./bars.ts";
export { type ClassIndices } from "./class_indices.ts";
export { type ComparedRun, plotComparison, type PlotComparisonOptions } from "./comparison.ts";
export { confusionMatrix, type ConfusionMatrixOptions } from "./confusion_matrix.ts";
export { plotFeatureMaps, type PlotFeatureMapsOptions } from "./feature_maps.ts";
export { Figure, type FigureParts } from "./figure.ts";
export { plotFilters, type PlotFiltersOptions } from "./filters.ts";
export { type HistogramRow, plotHistograms, type PlotHistogramsOptions } from "./histograms.ts";
export { plotHistory, type PlotHistoryOptions, type TrainingHistory } from "./history.ts";
export { plotImages, type PlotImagesOptions } from "./images.ts";
export { type Line, plotLines, type PlotLinesOptions } from "./lines.ts";
export { type MapPoints, plotMap, type PlotMapOptions } from "./map.ts";
export { type NetworkEdge, type NetworkNode, plotNetwork, type PlotNetworkOptions } from "./network.ts";
export { palette } from "./palette.ts";
export { plotParallel, type PlotParallelOptions } from "./parallel.ts";
export { type Images, type RawImages } from "./pixels.ts";
export { plotRegions, type PlotRegionsOptions, type RegionPanel, type RegionPoint } from "./regions.ts";
export { plotResiduals, type PlotResidualsOptions } from "./residuals.ts";
export { plotSurface, type PlotSurfaceOptions } from "./surface.ts";
export { plotTimeline, type PlotTimelineOptions, type TimelineEvent } from "./timeline.ts";
