"""Stop, from gentle to hard, each step only if the one before did not end the cell.

1. SIGINT: the prelude acknowledges and aborts the signal that the library's long operations watch.
2. No acknowledgement although Deno computes means that JavaScript is busy: V8 terminates it, later where the cell watches the
   signal. (V8's terminate while a cell merely waits makes the kernel hang for good. How long an answer takes does not tell the
   two apart: a machine that does much else takes its time.)
3. SIGINT again: the prelude clears live timers and collects garbage, after which nothing can settle the promise that
   the cell awaits, and V8 ends the evaluation.
4. Nothing helped (native code, a promise that something outside still holds): Deno is restarted by the caller.

Windows has no SIGINT for one process there: a busy cell is terminated, a waiting one restarts Deno.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import Optional

from .child import Child
from .wire import Wire

# A cell that was sent off may not have begun: then there is nothing yet that Stop could end.
BEGIN_S = 2.0
# Busy is who gives no answer for so long, half of it spent on a processor.
ACKNOWLEDGE_S = 0.4
# Blocked in native code is who gives none and has not been on a processor for so long.
BLOCKED_S = 1.0
LOOK_S = 0.1
ENDING_S = 0.5
# How long an operation that watches the signal may take to end cleanly, say at the end of a batch; else only a moment.
CLEAN_END_S = 3.0
UNWATCHED_S = 0.1
COLLECTIONS = 3


class Acknowledgement:
    """What is heard of the running cell: that it has begun, that it has read the signal, and, in answer to SIGINT, that
    JavaScript is not busy."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.begun = asyncio.Event()
        self.watched = False

    def begin(self) -> None:
        """Another cell is about to run."""
        self.begun.clear()
        self.watched = False


async def interrupt(child: Child, wire: Wire, running: "asyncio.Future[object]", acknowledged: Acknowledgement) -> bool:
    """Tries to end the running cell with its state kept; False if only a restart is left."""

    async def ended(within: float) -> bool:
        await asyncio.wait([running], timeout=within)
        return running.done()

    async def ended_or(event: asyncio.Event, within: float) -> bool:
        waiting = asyncio.ensure_future(event.wait())
        await asyncio.wait([running, waiting], timeout=within, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        return running.done() or event.is_set()

    async def answer(patience: float) -> Optional[float]:
        """How many seconds the acknowledgement of a SIGINT took; None if JavaScript is busy or blocked."""
        acknowledged.event.clear()
        child.signal(signal.SIGINT)
        sent = time.monotonic()
        computed = [child.computed()]
        # Looks are counted, not seconds: a machine that stood still in between has not kept anybody from answering.
        while not await ended_or(acknowledged.event, LOOK_S):
            computed.append(child.computed())
            looks = len(computed) - 1
            if looks * LOOK_S >= patience and computed[-1] - computed[0] >= patience / 2:
                return None
            if looks * LOOK_S >= BLOCKED_S and computed[-1] == computed[-1 - round(BLOCKED_S / LOOK_S)]:
                return None
        return time.monotonic() - sent

    async def terminate() -> None:
        await child.control.send_multipart(wire.pack(wire.header("interrupt_request"), {}))

    if os.name != "posix":
        await terminate()
        return await ended(CLEAN_END_S)

    # If it has not begun by then, what an earlier cell has left keeps Deno busy, and is ended in its place.
    await ended_or(acknowledged.begun, BEGIN_S)
    if running.done():
        return True
    patience = CLEAN_END_S if acknowledged.watched else ACKNOWLEDGE_S
    ending = CLEAN_END_S if acknowledged.watched else UNWATCHED_S
    unanswered = 0
    for _ in range(1 + COLLECTIONS):
        seconds = await answer(patience)
        if running.done():
            return True
        if seconds is None:
            await terminate()
            unanswered += 1
            ending = ENDING_S
        else:
            unanswered = 0
            ending += 10 * seconds  # who is slow to answer is as slow to end
        if await ended(ending):
            return True
        if unanswered == 3:
            return False
        patience, ending = ACKNOWLEDGE_S, ENDING_S
    return False
