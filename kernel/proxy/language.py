"""What TypeScript knows of the code under the cursor: `deno lsp`, asked about the cells that ran and the one at hand.

The Language Server Protocol: https://microsoft.github.io/language-server-protocol/specification
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
from pathlib import Path
from typing import Any, Optional

from .child import find_deno
from .errors import IMPORT
from .wire import Json

# Of LSP's numbered kinds, those that Jupyter's completer has icons for.
KINDS = {2: "method", 3: "function", 4: "class", 5: "property", 6: "variable", 7: "class", 8: "interface", 9: "module", 10: "property"}
KINDS |= {12: "value", 13: "enum", 14: "keyword", 20: "enum", 21: "constant", 25: "type"}
MOST_MATCHES = 500
# TypeScript reads the libraries' types at the first question, which takes seconds.
ANSWER_S = 10
READ_S = 60

log = logging.getLogger("baeum.kernel")


class Language:
    """One language server, started at the first question."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._uri = (folder / "cells.baeum.ts").as_uri()
        self._cells: list[str] = []
        self._server: Optional[asyncio.subprocess.Process] = None
        self._reader: Optional[asyncio.Task[None]] = None
        self._starting = asyncio.Lock()
        self._asking = asyncio.Lock()
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        self._version = 0

    def remember(self, code: str) -> None:
        """A cell that ran: its names are known from now on."""
        self._cells.append(code)

    def forget(self) -> None:
        """The kernel was restarted: its names are gone."""
        self._cells.clear()

    async def read_imports(self) -> None:
        """Lets TypeScript read what the cells import before somebody asks: JupyterLab waits for Tab's answer but briefly."""
        if self._cells and IMPORT.search(self._cells[-1]):
            with contextlib.suppress(Exception):  # whoever asks next hears of it
                await asyncio.wait_for(self.inspect("globalThis", 0), READ_S)

    async def answer(self, request_type: str, content: Json) -> Json:
        """The content of the reply to an inspect_request or a complete_request; an empty one where none can be had."""
        code = content["code"]
        cursor = min(content["cursor_pos"], len(code))  # JupyterLab's completer asks about places behind the end
        try:
            if request_type == "complete_request":
                return {"status": "ok", **await asyncio.wait_for(self.complete(code, cursor), ANSWER_S)}
            text = await asyncio.wait_for(self.inspect(code, cursor), ANSWER_S)
            data = {"text/markdown": text, "text/plain": text} if text else {}
            return {"status": "ok", "found": text is not None, "data": data, "metadata": {}}
        except asyncio.TimeoutError:
            log.warning("%s was not answered within %s s", request_type, ANSWER_S)
        except Exception:  # help that fails must not take the kernel along
            log.exception("%s could not be answered", request_type)
        if request_type == "complete_request":
            return {"status": "ok", "matches": [], "cursor_start": cursor, "cursor_end": cursor, "metadata": {}}
        return {"status": "ok", "found": False, "data": {}, "metadata": {}}

    async def inspect(self, code: str, cursor: int) -> Optional[str]:
        """Signature, types and documentation at the cursor as Markdown; in a call's arguments, those of the function."""
        for at in candidates(code, cursor):
            hover = await self._ask("textDocument/hover", code, at)
            contents = (hover or {}).get("contents")
            text = contents.get("value", "") if isinstance(contents, dict) else ""
            if text.strip():
                return text
        return None

    async def complete(self, code: str, cursor: int) -> Json:
        """The content of a complete_reply, without its status."""
        start = cursor - len(re.search(r"[\w$]*$", code[:cursor]).group(0))  # type: ignore[union-attr]
        quoted = re.search(r"""\bfrom\s*["']([^"'\n]*)$""", code[:cursor])
        if quoted:
            start = cursor - len(quoted.group(1))
        prefix = code[start:cursor].lower()
        answer = await self._ask("textDocument/completion", code, cursor) or {}
        items = answer if isinstance(answer, list) else answer.get("items", [])
        items = sorted(items, key=lambda item: (item.get("sortText", item["label"]), item["label"]))
        found: dict[str, str] = {}
        for item in items:
            text = item.get("insertText") or (item.get("textEdit") or {}).get("newText") or item["label"]
            text = text.removeprefix(".")
            if text.lower().startswith(prefix):
                found.setdefault(text, KINDS.get(item.get("kind", 0), ""))
        found = dict(list(found.items())[:MOST_MATCHES])
        types = [{"text": text, "type": kind, "start": start, "end": cursor} for text, kind in found.items()]
        return {
            "matches": list(found),
            "cursor_start": start,
            "cursor_end": cursor,
            "metadata": {"_jupyter_types_experimental": types},
        }

    async def close(self) -> None:
        if self._reader:
            self._reader.cancel()
        if self._server and self._server.returncode is None:
            self._server.kill()
            await self._server.wait()

    def _document(self, code: str, cursor: int) -> tuple[str, int]:
        """All cells as one module, each in a block inside the one before, imports at the top; the cursor in it."""
        inside = any(match.start() <= cursor <= match.end() for match in IMPORT.finditer(code))
        unfinished = re.search(r"^[ \t]*import\b[^;\n]*$", code[:cursor].rsplit("\n", 1)[-1])
        if inside or unfinished:
            return code, cursor
        texts = [*self._cells, code]
        imports = dict.fromkeys(match.group(0).strip() for text in texts for match in IMPORT.finditer(text))
        bodies = [IMPORT.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), text) for text in texts]
        before = "\n".join([*imports, *(f"{body}\n{{" for body in bodies[:-1])]) + "\n"
        return f"{before}{bodies[-1]}\n{'}' * (len(bodies) - 1)}\nexport {{}};\n", len(before) + cursor

    async def _ask(self, method: str, code: str, cursor: int) -> Any:
        async with self._asking:
            await self._start()
            text, at = self._document(code, cursor)
            self._version += 1
            document = {"uri": self._uri, "languageId": "typescript", "version": self._version, "text": text}
            if self._version == 1:
                await self._notify("textDocument/didOpen", {"textDocument": document})
            else:
                changes = {"textDocument": document, "contentChanges": [{"text": text}]}
                await self._notify("textDocument/didChange", changes)
            lines = text[:at].split("\n")
            position = {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}
            return await self._request(method, {"textDocument": {"uri": self._uri}, "position": position})

    async def _start(self) -> None:
        async with self._starting:
            if self._server and self._server.returncode is None:
                return
            self._version = 0
            self._server = await asyncio.create_subprocess_exec(
                find_deno(),
                "lsp",
                "--quiet",
                cwd=self._folder,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            self._reader = asyncio.create_task(self._read(self._server))
            root = next((parent for parent in (self._folder, *self._folder.parents) if (parent / "deno.json").exists()), self._folder)
            options: Json = {"enable": True, "suggest": {"imports": {"autoDiscover": False}}}
            if (root / "deno.json").exists():  # looked for in the opened folder alone
                options["config"] = (root / "deno.json").as_uri()
            await self._request(
                "initialize",
                {
                    "processId": os.getpid(),
                    "rootUri": root.as_uri(),
                    "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                    "capabilities": {"textDocument": {"hover": {"contentFormat": ["markdown"]}}},
                    "initializationOptions": options,
                },
            )
            await self._notify("initialized", {})

    async def _read(self, server: asyncio.subprocess.Process) -> None:
        assert server.stdout
        while True:
            length = 0
            while (line := await server.stdout.readline()).strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                break
            message = json.loads(await server.stdout.readexactly(length))
            if "method" in message:
                if "id" in message:  # the server asks for its settings; it has them from the start
                    result = [None] * len(message.get("params", {}).get("items", [])) or None
                    await self._send({"id": message["id"], "result": result})
                continue
            waiting = self._answers.pop(message["id"], None)
            if waiting and not waiting.done():
                waiting.set_result(message.get("result"))
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_result(None)
        self._answers.clear()

    async def _request(self, method: str, parameters: Json) -> Any:
        self._number += 1
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[self._number] = answer
        await self._send({"id": self._number, "method": method, "params": parameters})
        return await answer

    async def _notify(self, method: str, parameters: Json) -> None:
        await self._send({"method": method, "params": parameters})

    async def _send(self, message: Json) -> None:
        assert self._server and self._server.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await self._server.stdin.drain()


def candidates(code: str, cursor: int) -> list[int]:
    """Where to look: the word at the cursor, the one that ends there, and the function whose arguments it stands in."""
    found: list[int] = []
    if re.search(r"[\w$]$", code[:cursor]):
        found.append(cursor - 1)
    elif re.match(r"[\w$]", code[cursor:]):
        found.append(cursor)
    depth = 0
    for at in range(cursor - 1, -1, -1):
        if code[at] in ")]}":
            depth += 1
        elif code[at] in "([{":
            if depth == 0 and code[at] == "(" and at > 0 and re.match(r"[\w$]", code[at - 1]):
                found.append(at - 1)
                break
            depth = max(0, depth - 1)
    return found
