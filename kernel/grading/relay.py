"""What of a submission's output goes on to the notebook, so that none can stand for a success that there was not."""

from __future__ import annotations

import json
from typing import Optional

from proxy.child import ACKNOWLEDGED, FENCE, WATCHED
from proxy.relay import Relay
from proxy.wire import Json, Message

from .messages import well_formed

OUTPUT_BYTES = 2_000_000
ERRORS = 10
CUT = "\n… 출력이 너무 길어 여기서 잘랐다. (output cut: a cell of a graded notebook may put out 2 MB)\n"
PASSED_ON = ("stream", "display_data", "update_display_data", "execute_result", "execute_input", "error")


class GradingRelay(Relay):
    """nbgrader gives points for a cell without an `error` output, and stops reading at the first result.

    Any code may send a message of any type. So results wait until the cell has succeeded, nothing can clear outputs, and of the
    rest only what shows something is passed on.
    """

    _bytes = 0
    _errors = 0
    _result: Optional[Message] = None

    def begin(self, cell: Json) -> None:
        super().begin(cell)
        self._bytes = self._errors = 0
        self._result = None

    async def _pass_on(self, message: Message) -> None:
        kind = message.type
        if kind in (ACKNOWLEDGED, WATCHED):
            await super()._pass_on(message)
        elif kind == FENCE or (kind in PASSED_ON and await self._has_room(message)):
            try:
                content = well_formed(kind, message.content())
            except (ValueError, RecursionError):
                return
            if content is None:
                return
            message.parts[2:] = b"{}", json.dumps(content).encode()
            message.buffers = []
            if kind == "execute_result":
                self._result = message
            else:
                await super()._pass_on(message)

    async def _has_room(self, message: Message) -> bool:
        """Whether a cell may put out this, too. Says once that it may not; its first errors always have room."""
        if message.type == "error":
            self._errors += 1
            return self._errors <= ERRORS
        within = self._bytes <= OUTPUT_BYTES
        self._bytes += sum(map(len, message.parts))
        if within and self._bytes > OUTPUT_BYTES:
            await self._collect({"name": "stdout", "text": CUT})
        return self._bytes <= OUTPUT_BYTES

    async def succeed(self) -> None:
        if self._result:
            await super()._pass_on(self._result)
