/**
 * Eight colours that people with any kind of colour vision tell apart (Okabe and Ito, "Color Universal Design", 2008),
 * those that read well on both white and dark pages first. Their black is `currentColor`, the page's own text colour.
 */
export const palette = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#56B4E9",
  "#E69F00",
  "#F0E442",
  "currentColor",
] as const;

/** What belongs to the training, or is the main thing. */
export const blue: string = palette[0];
/** What belongs to the validation, or is wrong. */
export const vermilion: string = palette[1];
