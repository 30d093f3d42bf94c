"""The kernel `baeum`: started by Jupyter with the path of a connection file (see jupyter/kernels/baeum/kernel.json)."""

import sys

from proxy.kernel import main

if __name__ == "__main__":
    main(sys.argv[1])
