"""The kernel `baeum-grading`: nbgrader runs submissions in it."""

from __future__ import annotations

import asyncio
import json
import math
import os
import time
from pathlib import Path

from proxy.child import Child, ChildDied
from proxy.kernel import Kernel
from proxy.relay import Improve, Relay
from proxy.wire import Json, Message

from .relay import GradingRelay
from .sandbox import Sandbox

LOCKDOWN = Path(__file__).with_name("lockdown.js").read_text(encoding="utf-8")
# For all cells together: nbgrader limits each one, but a submission may have any number of them.
NOTEBOOK_S = float(os.environ.get("BAEUM_GRADING_SECONDS", 600))


class TimeSpent(ChildDied):
    """All cells together took too long."""

    def __init__(self) -> None:
        Exception.__init__(self, f"The time for this notebook, {NOTEBOOK_S:.0f} s, is spent.")


class GradingKernel(Kernel):
    """Runs cells with a sandbox's permissions and limits, for a limited time altogether."""

    def __init__(self, connection: Json, sandbox: Sandbox) -> None:
        super().__init__(connection)
        self._sandbox = sandbox
        self._deadline = math.inf  # until the first cell begins

    async def serve(self) -> None:
        await self._sandbox.broker.listen(self._sandbox.folder / "broker")
        await super().serve()

    def _make_relay(self, improve: Improve) -> Relay:
        return GradingRelay(self._wire, self._iopub, improve)

    def _make_child(self) -> Child:
        return Child(self._context, self._connection, self._wire, self._sandbox.start)

    async def _start(self) -> None:
        self._sandbox.broker.asked = 0
        await super()._start()
        permissions = self._sandbox.broker.permissions
        permissions.own_ports = frozenset()
        if self._sandbox.broker.asked == 0:
            raise RuntimeError("This Deno does not ask the permission broker: submissions would be permitted everything.")
        reply = await self._child.run_hidden(LOCKDOWN.replace("SUBMISSION", json.dumps(str(self._sandbox.submission))))
        if reply.content()["status"] != "ok":
            raise RuntimeError("Deno could not be prepared for a submission.")

    async def _run_cell(self, request: Message) -> Message:
        if self._deadline == math.inf:
            self._deadline = time.monotonic() + NOTEBOOK_S
        left = self._deadline - time.monotonic()
        try:
            return await asyncio.wait_for(super()._run_cell(request), timeout=max(left, 0))
        except asyncio.TimeoutError:
            raise TimeSpent from None

    async def _restart(self) -> None:
        if time.monotonic() < self._deadline:
            await super()._restart()
        else:
            self._close_child()  # there is nothing left to run

    async def _abort_queue(self) -> None:
        """Aborts nothing: a test cell that was not run has no error, which counts as success."""
