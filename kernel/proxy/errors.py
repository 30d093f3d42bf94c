"""Errors as a student should see them: the cell's lines, the library's frames folded, names that exist."""

from __future__ import annotations

import asyncio
import difflib
import os
import re
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Optional

from .child import find_deno
from .source_map import Lines, read_inline
from .wire import Json

ANSI = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"^\s+at (?:(?P<name>.+?) \()?(?P<place>[^()]+?)\)?$")
CELL_PLACE = re.compile(r"^(?:async )?<anonymous>:(\d+):(\d+)$")
IMPORT = re.compile(r"^[ \t]*import\b(?!\s*[(.])[^;'\"]*(?:'[^'\n]*'|\"[^\"\n]*\")[ \t]*;?", re.MULTILINE)
NOT_MAPPED = re.compile(r'Import "([^"]+)" not a dependency and not in import map')
# Deno evaluates a cell behind this text.
PREFIX = len('"use strict"; void 0;')


async def deno(*arguments: str, text: str = "", timeout: float = 20) -> "subprocess.CompletedProcess[str]":
    """Runs a Deno command, with a text on its standard input."""

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
    """The error with places that the student knows."""
    evalue = ANSI.sub("", error["evalue"])
    missing = NOT_MAPPED.search(evalue)
    if missing:
        evalue = unknown_import(missing.group(1))
        return {"ename": "ImportError", "evalue": evalue, "traceback": [f"ImportError: {evalue}"]}
    lines = await emitted_lines(code) if any("<anonymous>:" in line for line in error["traceback"]) else None
    trace = fold([ANSI.sub("", line) for line in error["traceback"]], code, lines)
    return {"ename": error["ename"], "evalue": evalue, "traceback": trace or [f"{error['ename']}: {evalue}"]}


async def emitted_lines(code: str) -> Optional[Lines]:
    """Where the lines of Deno's JavaScript come from; each import is one line of it, wherever it stood."""

    def one_line(match: "re.Match[str]") -> str:
        text = match.group(0)
        kept = "" if re.match(r"\s*import\s+type\b", text) else "await 0;"
        return kept + "\n" * text.count("\n")

    with tempfile.TemporaryDirectory(prefix="baeum-kernel-") as folder:
        path = Path(folder, "cell.ts")
        path.write_text(IMPORT.sub(one_line, code), encoding="utf-8")
        try:
            found = await deno("transpile", "--quiet", "--source-map", "inline", str(path))
            return read_inline(found.stdout)
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return None  # the error is then shown without lines


def fold(trace: list[str], code: str, lines: Optional[Lines]) -> list[str]:
    """The message, then the frames in cells; runs of other frames become one line that counts them."""
    kept: list[str] = []
    hidden = 0

    def close() -> None:
        nonlocal hidden
        if hidden:
            kept.append(f"    … {hidden} {'step' if hidden == 1 else 'steps'} inside libraries")
            hidden = 0

    for text in trace:
        frame = FRAME.match(text)
        if not frame:
            close()
            kept.append(text)
            continue
        place = CELL_PLACE.match(frame["place"])
        name = (frame["name"] or "").removeprefix("async ")
        if not place or name.startswith("Timeout."):
            hidden += 1
            continue
        close()
        # A function of an earlier cell has lines of that cell, which only the name tells apart.
        here = not name or re.search(rf"\b{re.escape(name.split('.')[-1].split(' ')[0])}\b", code)
        line = lines.original(int(place[1]), int(place[2]) - (PREFIX if place[1] == "1" else 0)) if lines and here else None
        where = f"line {line}: {code.splitlines()[line - 1].strip()}" if line else "this cell" if here else "an earlier cell"
        kept.append(f"    at {name}, {where}" if name else f"    at {where}")
    return kept


@lru_cache(maxsize=1)
def course_modules() -> tuple[str, ...]:
    """The bare names of the course's import map."""
    config = Path(__file__).resolve().parents[2] / "deno.json"
    try:
        return tuple(sorted(set(re.findall(r'"(baeum/[\w-]+)":', config.read_text(encoding="utf-8")))))
    except OSError:
        return ()


def unknown_import(name: str) -> str:
    """That there is no such module, which one may have been meant, and which ones there are."""
    close = difflib.get_close_matches(name, course_modules(), n=1)
    hint = f' Did you mean "{close[0]}"?' if close else ""
    names = f" The course has: {', '.join(course_modules())}." if course_modules() else ""
    return f'There is no module "{name}".{hint}{names} Packages are imported as "npm:name@version".'
