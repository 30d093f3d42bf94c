"""A kernel as Jupyter starts it, and a client that collects what belongs to a cell."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Optional

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

ROOT = Path(__file__).resolve().parents[2]
KERNEL = ROOT / "kernel"
sys.path.insert(0, str(KERNEL))
os.environ["JUPYTER_PATH"] = str(KERNEL / "jupyter")

Message = dict[str, Any]


class Cell:
    """A cell's messages on iopub, its reply, and how many seconds it took from the client's side."""

    def __init__(self, messages: list[Message], reply: Message, seconds: float) -> None:
        self.messages = messages
        self.reply = reply["content"]
        self.seconds = seconds

    def of(self, kind: str) -> list[Message]:
        return [message["content"] for message in self.messages if message["msg_type"] == kind]

    @property
    def stdout(self) -> str:
        return "".join(content["text"] for content in self.of("stream") if content["name"] == "stdout")

    @property
    def result(self) -> Optional[str]:
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    @property
    def error(self) -> Message:
        errors = self.of("error")
        assert errors, f"no error was shown; the reply was {self.reply}"
        return errors[0]


class Session:
    """A kernel and its client. `strays` are messages that arrived for another cell than the running one."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager = manager
        self.client = client
        self.strays: list[Message] = []

    def run(self, code: str, timeout: float = 120, **options: Any) -> Cell:
        return self.collect(self.client.execute(code, **options), timeout)

    def collect(self, request: str, timeout: float = 120) -> Cell:
        begin = time.monotonic()
        messages: list[Message] = []
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != request:
                self.strays.append(message)
                continue
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == request:
                return Cell(messages, reply, time.monotonic() - begin)

    def begin(self, code: str) -> str:
        """Starts a cell and returns when it runs, at BEGUN if that stands in it, else at its first line; its request's id."""
        with tempfile.TemporaryDirectory() as folder:
            mark = Path(folder, "begun")
            said = f"Deno.writeTextFileSync({json.dumps(str(mark))}, '')"
            request = self.client.execute(code.replace("BEGUN", said) if "BEGUN" in code else f"{said}; {code}")
            end = time.monotonic() + 120
            while not mark.exists():
                assert time.monotonic() < end, "the cell did not begin"
                time.sleep(0.05)
        time.sleep(0.3)  # it goes on to what it does next: to wait, to compute
        return str(request)

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=False)


def kernel_process(session: Session) -> psutil.Process:
    return psutil.Process(session.manager.provisioner.process.pid)  # type: ignore[union-attr]


def open_session(kernel: str = "baeum", folder: Path = ROOT / "notebooks") -> Session:
    os.environ["NO_COLOR"] = "1"
    return Session(*start_new_kernel(kernel_name=kernel, cwd=str(folder)))


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """One kernel for the tests of a module."""
    opened = open_session()
    yield opened
    opened.close()


@pytest.fixture
def fresh() -> Iterator[Callable[[], Session]]:
    """Makes kernels for one test, and ends them."""
    opened: list[Session] = []

    def make() -> Session:
        opened.append(open_session())
        return opened[-1]

    yield make
    for each in opened:
        each.close()
