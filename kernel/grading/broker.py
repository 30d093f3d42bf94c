"""Deno's permission broker: with DENO_PERMISSION_BROKER_PATH, Deno asks here instead of reading its own flags."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Optional

from .permissions import Permissions


class Broker:
    """Answers one question a line, in order. Nothing inside Deno can change an answer or take it back."""

    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions
        self.asked = 0
        self._server: Optional[asyncio.AbstractServer] = None

    async def listen(self, path: Path) -> None:
        self._server = await asyncio.start_unix_server(self._answer, path)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                question = json.loads(line)
                self.asked += 1
                refusal = self.permissions.refusal(question["permission"], question.get("value"))
                answer = {"id": question["id"], "result": "allow" if refusal is None else "deny"}
                writer.write(json.dumps(answer if refusal is None else {**answer, "reason": refusal}).encode() + b"\n")
                await writer.drain()
        except asyncio.CancelledError:
            pass  # the kernel ends
        except (ConnectionError, ValueError):
            pass  # Deno is gone, or asked for a path longer than a line may be: without an answer it ends
        finally:
            writer.close()
