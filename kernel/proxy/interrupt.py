"""Stop, from gentle to hard, each step only if the one before did not end the cell.

1. SIGINT: the prelude acknowledges and aborts the signal that the library's long operations watch.
2. No acknowledgement means that JavaScript is busy: V8 terminates it, later where the cell watches the signal. (V8's terminate while a cell merely waits makes
   the kernel hang for good, so it is never used then.)
3. SIGINT again: the prelude clears live timers and collects garbage, after which nothing can settle the promise that
   the cell awaits, and V8 ends the evaluation.
4. Nothing helped (native code, a promise that something outside still holds): Deno is restarted by the caller.

Windows has no SIGINT for one process there: a busy cell is terminated, a waiting one restarts Deno.
"""

from __future__ import annotations

import asyncio
import os
import signal

from .child import Child
from .wire import Wire

ACKNOWLEDGE_S = 0.4
ENDING_S = 0.5
# How long an operation that watches the signal may take to end cleanly, say at the end of a batch; else only a moment.
CLEAN_END_S = 3.0
UNWATCHED_S = 0.1
COLLECTIONS = 3


class Acknowledgement:
    """What the prelude says: in answer to SIGINT, that JavaScript is not busy; before, that the cell has read the signal."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.watched = False


async def interrupt(child: Child, wire: Wire, running: "asyncio.Future[object]", acknowledged: Acknowledgement) -> bool:
    """Tries to end the running cell with its state kept; False if only a restart is left."""

    async def ended(within: float) -> bool:
        await asyncio.wait([running], timeout=within)
        return running.done()

    if os.name != "posix":
        await child.control.send_multipart(wire.pack(wire.header("interrupt_request"), {}))
        return await ended(CLEAN_END_S)

    acknowledged.event.clear()
    child.signal(signal.SIGINT)
    waiting = asyncio.ensure_future(acknowledged.event.wait())
    patience = CLEAN_END_S if acknowledged.watched else ACKNOWLEDGE_S
    await asyncio.wait([running, waiting], timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if running.done():
        return True
    if acknowledged.event.is_set():
        if await ended(CLEAN_END_S if acknowledged.watched else UNWATCHED_S):
            return True
    else:
        await child.control.send_multipart(wire.pack(wire.header("interrupt_request"), {}))
        if await ended(ENDING_S):
            return True
    for _ in range(COLLECTIONS):
        child.signal(signal.SIGINT)
        if await ended(ENDING_S):
            return True
    return False
