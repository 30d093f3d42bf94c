"""The kernels `baeum` and `baeum-grading`: started by Jupyter with the path of a connection file.

Their specs: jupyter/kernels/baeum/kernel.json, grading/jupyter/kernels/baeum-grading/kernel.json.
"""

import asyncio
import json
import logging
import signal
import sys
from pathlib import Path

from proxy.kernel import Kernel


def main(connection_file: str, grading: bool) -> None:
    logging.basicConfig(format="[baeum kernel] %(levelname)s: %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Stop comes as a message; Ctrl-C in a terminal is for the server
    with open(connection_file) as file:
        connection = json.load(file)
    if not grading:
        asyncio.run(Kernel(connection).serve())
        return
    from grading.kernel import GradingKernel
    from grading.sandbox import Sandbox

    with Sandbox(Path.cwd()) as sandbox:
        asyncio.run(GradingKernel(connection, sandbox).serve())


if __name__ == "__main__":
    main(sys.argv[1], grading="--grading" in sys.argv[2:])
