"""Starts TensorBoard.

With BAEUM_WATCH_STDIN it ends when its standard input does, so it never outlives who started it, and takes no notice of a
notebook's Stop button, which reaches all processes of the kernel.
"""

import os
import signal
import sys
import threading

from tensorboard.main import run_main


def end_with_stdin() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if os.environ.get("BAEUM_WATCH_STDIN"):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_stdin, daemon=True).start()

sys.argv[0] = "tensorboard"
run_main()
