import type { DataFile } from "./data_file.ts";
import {
  bostonHousingNpz,
  californiaHousingTable,
  cifar10Archive,
  cifar10PythonArchive,
  fashionMnistFiles,
  mnistNpz,
  mnistPackage,
  reutersNpz,
  reutersWordIndex,
} from "./published_files.ts";

/** What is to be known of a data set before it is loaded. */
export interface CatalogEntry {
  /** Its name in `baeum/datasets`. */
  name: string;
  /** What it holds, in a few words. */
  content: string;
  /** The shapes of `x`: to learn from, and to test with where that is apart. */
  shapes: string;
  /** What `y` is. */
  target: string;
  licence: string;
  /** Who made it, and where that is written down. */
  source: string;
  /** The files it needs; each is a list of alternatives, the preferred one first. Empty for what the library brings. */
  files: DataFile[][];
}

/** All data sets, those of the lectures first. */
export const catalog: readonly CatalogEntry[] = [
  {
    name: "mnist",
    content: "handwritten digits",
    shapes: "[60000, 28, 28], [10000, 28, 28]",
    target: "10 classes",
    licence: "CC BY-SA 3.0",
    source: "LeCun, Cortes, Burges 1998",
    files: [[mnistNpz, mnistPackage]],
  },
  {
    name: "fashionMnist",
    content: "photographs of clothes",
    shapes: "[60000, 28, 28], [10000, 28, 28]",
    target: "10 classes",
    licence: "MIT, Zalando SE",
    source: "Xiao, Rasul, Vollgraf 2017",
    files: Object.values(fashionMnistFiles).map((file) => [file]),
  },
  {
    name: "cifar10",
    content: "small colour photographs",
    shapes: "[50000, 32, 32, 3], [10000, 32, 32, 3]",
    target: "10 classes",
    licence: "none stated; to be cited",
    source: "Krizhevsky 2009",
    files: [[cifar10Archive, cifar10PythonArchive]],
  },
  {
    name: "bostonHousing",
    content: "house prices by district, 1978; mind column B",
    shapes: "[404, 13], [102, 13]",
    target: "1000 dollars",
    licence: "none stated",
    source: "Harrison, Rubinfeld 1978",
    files: [[bostonHousingNpz]],
  },
  {
    name: "californiaHousing",
    content: "house prices by district, 1990",
    shapes: "[20640, 8]",
    target: "100,000 dollars",
    licence: "none stated",
    source: "Pace, Barry 1997",
    files: [[californiaHousingTable]],
  },
  {
    name: "reuters",
    content: "newswires as word numbers, 1987",
    shapes: "8982 lists, 2246 lists",
    target: "46 classes",
    licence: "for research",
    source: "Lewis, Reuters-21578",
    files: [[reutersNpz], [reutersWordIndex]],
  },
  {
    name: "iris",
    content: "flowers' measures",
    shapes: "[150, 4]",
    target: "3 classes",
    licence: "CC BY 4.0",
    source: "Fisher 1936",
    files: [],
  },
  {
    name: "gates",
    content: "truth tables of AND, OR, NAND, XOR",
    shapes: "[4, 2] each",
    target: "0 or 1",
    licence: "facts",
    source: "Boole 1854",
    files: [],
  },
];
