"""Output on its way from Deno to Jupyter: given to the cell that it belongs to, streams merged, fences taken out."""

from __future__ import annotations

import asyncio
import json
from typing import Awaitable, Callable, Optional

import zmq
import zmq.asyncio

from .child import ACKNOWLEDGED, FENCE, WATCHED
from .interrupt import Acknowledgement
from .wire import BadMessage, Json, Message, Wire

# A chunk of stream text waits this long for the next one: long enough to merge bursts, short enough to look immediate.
MERGE_MS = 20
MERGE_BYTES = 1 << 16

Improve = Callable[[Json], Awaitable[Json]]


class Relay:
    """Passes Deno's iopub messages on under the header of `cell`, the running cell or else the last one."""

    def __init__(self, wire: Wire, front: zmq.asyncio.Socket, improve: Improve) -> None:
        self._wire = wire
        self._front = front
        self._improve = improve
        self.cell: Json = {}
        self.error: Optional[Json] = None
        self.acknowledged = Acknowledgement()
        self._fences: dict[str, asyncio.Future[None]] = {}
        self._stream: Optional[str] = None
        self._texts: list[str] = []
        self._size = 0

    def begin(self, cell: Json) -> None:
        """From now on output belongs to `cell` (an execute_request's header)."""
        self.cell, self.error = cell, None
        self.acknowledged.begin()

    def arm(self, token: str) -> asyncio.Future[None]:
        """A future that is done when the fence with this token has come through."""
        passed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._fences[token] = passed
        return passed

    async def run(self, iopub: zmq.asyncio.Socket) -> None:
        """Relays until cancelled. Reads in bursts, as a future for each message would be slow for ten thousand lines."""
        plain = zmq.Socket.shadow(iopub.underlying)
        while True:
            timeout = MERGE_MS if self._stream else None
            if not await iopub.poll(timeout):
                await self.flush()
                continue
            for _ in range(1000):  # then the other tasks get their turn
                try:
                    frames = plain.recv_multipart(zmq.NOBLOCK)
                except zmq.Again:
                    break
                try:
                    message = self._wire.unpack(frames, check=False)
                except BadMessage:
                    continue
                await self._pass_on(message)
            await asyncio.sleep(0)

    async def _pass_on(self, message: Message) -> None:
        kind = message.type
        if kind == "stream":
            await self._collect(message.content())
            return
        if kind == FENCE:
            await self.flush()
            passed = self._fences.pop(message.content()["id"], None)
            if passed and not passed.done():
                passed.set_result(None)
            return
        if kind == ACKNOWLEDGED:
            self.acknowledged.event.set()
            return
        if kind == WATCHED:
            self.acknowledged.watched = True
            return
        # Busy and idle are said by the kernel itself, around each request and after its fence.
        if kind == "status" or (kind == "execute_input" and message.parent.get("session") == self._wire.session):
            return
        if kind == "execute_input" and message.parent.get("msg_id") == self.cell.get("msg_id"):
            self.acknowledged.begun.set()
        await self.flush()
        if kind == "error":
            self.error = await self._improve(message.content())
            message.parts[3] = json.dumps(self.error).encode()
        message.parts[1] = json.dumps(self.cell).encode()
        await self._front.send_multipart(self._wire.repack(message))

    async def _collect(self, content: Json) -> None:
        if self._stream != content["name"] or self._size > MERGE_BYTES:
            await self.flush()
        self._stream = content["name"]
        self._texts.append(content["text"])
        self._size += len(content["text"])

    async def succeed(self) -> None:
        """Told when the cell has ended without an error, before its reply is sent."""

    async def flush(self) -> None:
        """Sends the stream text that waits for more."""
        if self._stream is None:
            return
        content = {"name": self._stream, "text": "".join(self._texts)}
        self._stream, self._texts, self._size = None, [], 0
        await self.publish("stream", content, self.cell)

    async def publish(self, kind: str, content: Json, parent: Json) -> None:
        """Sends a message of the kernel's own."""
        await self._front.send_multipart(self._wire.pack(self._wire.header(kind), content, parent))
