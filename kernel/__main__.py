"""The kernel `baeum`: started by Jupyter with the path of a connection file (see jupyter/kernels/baeum/kernel.json)."""

import asyncio
import json
import logging
import signal
import sys

from proxy.kernel import Kernel


def main(connection_file: str) -> None:
    logging.basicConfig(format="[baeum kernel] %(levelname)s: %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Stop comes as a message; Ctrl-C in a terminal is for the server
    with open(connection_file) as file:
        connection = json.load(file)
    asyncio.run(Kernel(connection).serve())


if __name__ == "__main__":
    main(sys.argv[1])
