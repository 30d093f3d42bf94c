"""The Deno process behind the kernel: `deno jupyter` on ports of its own, known to nobody but the proxy."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any, Callable, Iterator, Optional, Sequence

import psutil
import zmq
import zmq.asyncio

from .wire import BadMessage, Json, Message, Wire

FENCE = "baeum_fence"
ACKNOWLEDGED = "baeum_interrupt_acknowledged"
WATCHED = "baeum_interrupt_watched"

PRELUDE = Path(__file__).with_name("prelude.js").read_text(encoding="utf-8")
for placeholder, message_type in (("FENCE_TYPE", FENCE), ("ACK_TYPE", ACKNOWLEDGED), ("WATCH_TYPE", WATCHED)):
    PRELUDE = PRELUDE.replace(placeholder, message_type)
CHANNELS = ("shell", "iopub", "stdin", "control", "hb")


def find_deno() -> str:
    """The launcher's choice, else the Deno beside this Python, else the one on PATH."""
    chosen = os.environ.get("BAEUM_DENO")
    if chosen:
        return chosen
    beside = Path(sys.executable).with_name("deno.exe" if os.name == "nt" else "deno")
    found = str(beside) if beside.exists() else shutil.which("deno")
    if found is None:
        raise FileNotFoundError("No Deno was found beside this Python or on PATH. Set BAEUM_DENO to the path of one.")
    return found


# Starts a command with descriptors passed on, V8's flags, and the ports (`host:port`) that it is to listen on.
Start = Callable[[list[str], tuple[int, ...], str, list[str]], "subprocess.Popen[bytes]"]


def start_freely(command: list[str], descriptors: tuple[int, ...], flags: str, ports: list[str]) -> "subprocess.Popen[bytes]":
    """Deno as the user's own cells need it: permitted to do all that the user may."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,  # never written to: its end tells Deno that the proxy is gone
        pass_fds=descriptors,
        env={**os.environ, "DENO_V8_FLAGS": flags},
    )


class ChildDied(Exception):
    """Deno ended while an answer was awaited."""

    def __init__(self, code: int) -> None:
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        super().__init__(f"The kernel's Deno process ended ({how}).")


class Child:
    """A running `deno jupyter`. `on_output` gets every message of its iopub channel, in order."""

    def __init__(
        self, context: zmq.asyncio.Context, connection: Json, wire: Wire, start: Optional[Start] = None
    ) -> None:
        self._wire = wire
        self._replies: dict[str, asyncio.Future[Message]] = {}
        ports = free_ports(connection["ip"], len(CHANNELS))
        own = {**connection, **{f"{name}_port": port for name, port in zip(CHANNELS, ports)}}
        flags = ",".join(filter(None, [os.environ.get("DENO_V8_FLAGS"), "--expose-gc"]))
        with readable(json.dumps(own).encode()) as (path, descriptors):
            command = [find_deno(), "jupyter", "--quiet", "--kernel", "--conn", path]
            self.process = (start or start_freely)(command, descriptors, flags, [f"{own['ip']}:{port}" for port in ports])

        def connect(kind: int, channel: str) -> zmq.asyncio.Socket:
            opened = context.socket(kind)
            opened.linger = 0
            opened.reconnect_ivl = 10
            opened.rcvhwm = opened.sndhwm = 0
            if kind == zmq.SUB:
                opened.subscribe(b"")
            opened.connect(f"tcp://{connection['ip']}:{own[channel + '_port']}")
            return opened

        self.shell = connect(zmq.DEALER, "shell")
        self.control = connect(zmq.DEALER, "control")
        self.stdin = connect(zmq.DEALER, "stdin")
        self.iopub = connect(zmq.SUB, "iopub")
        self.died: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._tasks = [asyncio.create_task(self._read_shell()), asyncio.create_task(self._watch())]

    async def _read_shell(self) -> None:
        while True:
            try:
                reply = self._wire.unpack(await self.shell.recv_multipart(), check=False)
            except BadMessage:
                continue
            waiting = self._replies.pop(reply.parent.get("msg_id", ""), None)
            if waiting and not waiting.done():
                waiting.set_result(reply)

    async def _watch(self) -> None:
        while self.process.poll() is None:
            await asyncio.sleep(0.1)
        self.died.set_result(self.process.returncode)

    async def ask(self, frames: Sequence[bytes], msg_id: str) -> Message:
        """Sends a request on the shell channel; its reply. Raises `ChildDied` if Deno ends before."""
        reply: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._replies[msg_id] = reply
        await self.shell.send_multipart(list(frames))
        await asyncio.wait([reply, self.died], return_when=asyncio.FIRST_COMPLETED)
        if not reply.done():
            raise ChildDied(self.died.result())
        return reply.result()

    async def run_hidden(self, code: str) -> Message:
        """Runs code that no cell shows."""
        header = self._wire.header("execute_request")
        content = {"code": code, "silent": True, "store_history": False, "allow_stdin": False}
        return await self.ask(self._wire.pack(header, content), header["msg_id"])

    async def fence(self, arm: Callable[[str], asyncio.Future[None]], code: str = "") -> None:
        """Returns when all output that was made before this call has been received."""
        token = uuid.uuid4().hex
        passed = arm(token)
        await self.run_hidden(f'{code};globalThis[Symbol.for("baeum.kernel")].fence("{token}");')
        await asyncio.wait([passed, self.died], return_when=asyncio.FIRST_COMPLETED)
        if not passed.done():
            raise ChildDied(self.died.result())

    async def start(self, arm: Callable[[str], asyncio.Future[None]]) -> None:
        """Waits until Deno answers on both channels, and injects the prelude."""
        attempts: set[asyncio.Task[None]] = set()
        answered: set[asyncio.Task[None]] = set()
        try:
            # A fence is lost if Deno does not listen yet, or if the subscription has not arrived there. None is given up:
            # on a machine that does much else each may take longer than the wait for the next.
            while not answered:
                attempts.add(asyncio.create_task(self.fence(arm, PRELUDE)))
                answered, _ = await asyncio.wait(attempts, timeout=0.3, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for attempt in attempts:
                attempt.cancel()
            await asyncio.gather(*attempts, return_exceptions=True)
        answered.pop().result()

    def signal(self, number: int) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)

    def computed(self) -> float:
        """How many seconds all of Deno's threads together have spent on processors."""
        try:
            times = psutil.Process(self.process.pid).cpu_times()
        except psutil.Error:  # it has ended
            return 0.0
        return float(times.user + times.system)

    def close(self) -> None:
        """Ends Deno and gives back its sockets and file."""
        for task in self._tasks:
            task.cancel()
        for opened in (self.shell, self.control, self.stdin, self.iopub):
            opened.close()
        if self.process.stdin:
            self.process.stdin.close()
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def readable(content: bytes) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A path that a process started meanwhile can read, and the descriptors that it must be given for that.

    A pipe, not a file: whoever is killed leaves nothing behind. Windows has no path for one.
    """
    if os.name != "posix":
        with tempfile.NamedTemporaryFile(prefix="baeum-kernel-", suffix=".json", delete=False) as file:
            file.write(content)
        atexit.register(os.unlink, file.name)
        yield file.name, ()
        return
    end, start = os.pipe()
    try:
        os.write(start, content)
        os.close(start)
        yield f"/dev/fd/{end}", (end,)
    finally:
        os.close(end)


def free_ports(ip: str, count: int) -> list[int]:
    """Ports that nobody uses right now; held open together so that all differ."""
    held: list[Any] = []
    try:
        for _ in range(count):
            opened = socket.socket()
            held.append(opened)
            opened.bind((ip, 0))
        return [opened.getsockname()[1] for opened in held]
    finally:
        for opened in held:
            opened.close()
