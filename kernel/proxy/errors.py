"""Errors as a student should see them."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess

from .child import find_deno
from .wire import Json

ANSI = re.compile(r"\x1b\[[0-9;]*m")


async def deno(*arguments: str, text: str, timeout: float = 5) -> "subprocess.CompletedProcess[str]":
    """Runs a Deno command on a text."""

    def run() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [find_deno(), *arguments],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            env={**os.environ, "NO_COLOR": "1"},
        )

    return await asyncio.get_running_loop().run_in_executor(None, run)


async def syntax_error(code: str) -> str:
    """What is wrong with a cell that does not parse, with line, column and a caret. Deno's kernel does not say."""
    try:
        found = await deno("fmt", "--no-config", "--ext=ts", "--check", "-", text=code)
    except (OSError, subprocess.TimeoutExpired):
        return "This cell is not valid TypeScript."
    text = ANSI.sub("", found.stderr).split("\n\nStack backtrace")[0].strip()
    text = re.sub(r"^error: (SyntaxError: )?", "", text)
    text = re.sub(r" at file://\S*?:(\d+):(\d+)", r" (line \1, column \2)", text)
    return text or "This cell is not valid TypeScript."


async def explain(error: Json, code: str) -> Json:
    """The error with colour codes taken out of its texts, which Deno puts there even for a file name."""
    return {
        "ename": error["ename"],
        "evalue": ANSI.sub("", error["evalue"]),
        "traceback": [ANSI.sub("", line) for line in error["traceback"]],
    }
