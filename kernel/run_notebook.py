"""`./baeum run`: executes notebooks in the real kernel and saves their outputs."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import re
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Optional

signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends the seconds of loading without a trace

import nbformat  # noqa: E402
from jupyter_client.kernelspec import NoSuchKernel  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import CellExecutionError, DeadKernelError  # noqa: E402

KERNEL = "baeum"
LESSONS = Path(__file__).resolve().parent.parent / "notebooks"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Refused(Exception):
    """Something that the user has to change; its text says what."""


class Progress:
    """One line a cell: its number, its seconds, its first line of code. On a terminal the running cell is shown, too."""

    def __init__(self, cells: int) -> None:
        self._cells = cells
        self._live = sys.stderr.isatty()

    def begin(self, number: int, source: str) -> None:
        self._start = time.monotonic()
        lines = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("//")]
        self._label = f"  [{number:>{len(str(self._cells))}}/{self._cells}]", (lines or [""])[0].strip()[:80]
        if self._live:
            print(f"{self._label[0]}   ...    {self._label[1]}", end="", flush=True, file=sys.stderr)

    def end(self) -> None:
        seconds = time.monotonic() - self._start
        before = "\r" if self._live else ""
        print(f"{before}{self._label[0]} {seconds:6.1f} s  {self._label[1]}", flush=True, file=sys.stderr)


def read(path: Path) -> nbformat.NotebookNode:
    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise Refused(f"There is no notebook {path}.") from None
    except (OSError, ValueError, nbformat.validator.NotebookValidationError) as error:
        raise Refused(f"{path} could not be read as a notebook: {str(error).splitlines()[0]}") from None
    return notebook


def tidy(notebook: nbformat.NotebookNode) -> None:
    """Leaves only what the next run would write again, so that a diff shows real changes."""
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for index, cell in enumerate(notebook.cells):
        if "id" not in cell:
            cell["id"] = hashlib.sha256(f"{index}\n{cell.source}".encode()).hexdigest()[:8]
        if cell.cell_type == "code":
            cell.outputs = merge_streams(cell.outputs)
        for noise in ("execution", "ExecuteTime", "trusted", "collapsed", "scrolled"):
            cell.metadata.pop(noise, None)


def merge_streams(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """One output for each run of writes to the same stream, however the clock cut them into messages.

    nbclient's `coalesce_streams` would also move text across figures.
    """
    merged: list[nbformat.NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged


def write(notebook: nbformat.NotebookNode, target: Path) -> None:
    """Replaces the file in one step: a full disk or Ctrl-C leaves it as it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            nbformat.write(notebook, file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, target.stat().st_mode if target.exists() else 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


async def execute(notebook: nbformat.NotebookNode, folder: Path, quick: bool) -> Optional[str]:
    """Runs all cells, outputs into `notebook`; a description of the first cell that failed, if one did."""
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL,
        timeout=None,
        startup_timeout=120,
        iopub_timeout=300,  # else outputs that take long to arrive would be left out
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.reset_execution_trackers()
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    progress = Progress(len(code_cells))
    environment = {**os.environ, "BAEUM_QUICK": "1" if quick else ""}
    async with client.async_setup_kernel(env=environment):
        task = asyncio.current_task()
        assert task
        interrupted = False

        def interrupt() -> None:
            nonlocal interrupted
            if not interrupted:  # a second one would cut short the kernel's end
                interrupted = True
                task.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, interrupt)
        assert client.kc
        info = await client.async_wait_for_reply(client.kc.kernel_info())
        notebook.metadata["language_info"] = info["content"]["language_info"] if info else {}
        count = 0
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            count += 1
            progress.begin(count, cell.source)
            try:
                await client.async_execute_cell(cell, index)
            except CellExecutionError as error:
                progress.end()
                return describe(count, cell, f"{error.ename}: {error.evalue}")
            except DeadKernelError:  # nbclient takes a cancelled task for a dead kernel
                if interrupted:
                    raise KeyboardInterrupt from None
                progress.end()
                return describe(count, cell, "the kernel died")
            progress.end()
    return None


def describe(number: int, cell: nbformat.NotebookNode, what: str) -> str:
    """The cell that failed, what went wrong, and where."""
    error = next((output for output in cell.outputs if output.output_type == "error"), None)
    trace = ANSI.sub("", "\n".join(error.traceback)) if error else what
    return f"cell {number} failed: {ANSI.sub('', what).splitlines()[0]}\n" + "\n".join(f"    {line}" for line in trace.splitlines())


async def run(path: Path, target: Optional[Path], quick: bool) -> bool:
    """Runs one notebook; whether all went well. Without a target nothing is written."""
    notebook = read(path)
    print(f"{path}{' (quick)' if quick else ''}", flush=True, file=sys.stderr)
    failure = await execute(notebook, path.resolve().parent, quick)
    tidy(notebook)
    # The file itself is replaced only by a whole run; a copy also shows how far a failed one came.
    if target and not (failure and target.resolve() == path.resolve()):
        try:
            write(notebook, target)
        except OSError as error:
            raise Refused(f"The outputs could not be written to {target}: {error.strerror}. The notebook is as it was.") from None
    if failure:
        print(f"{path}: {failure}", flush=True, file=sys.stderr)
    return failure is None


def targets(paths: list[Path], output_dir: Optional[Path], quick: bool) -> list[Optional[Path]]:
    """Where each notebook's outputs go."""
    if output_dir is None:
        return [None if quick else path for path in paths]
    copies = [output_dir / path.name for path in paths]
    if len(set(copies)) < len(copies):
        raise Refused("Two notebooks have the same name: run them with output directories of their own.")
    if quick and any(copy.exists() and path.exists() and copy.samefile(path) for copy, path in zip(copies, paths)):
        raise Refused("--quick would overwrite the notebook itself. Choose another --output-dir.")
    return list(copies)


def chosen(parser: argparse.ArgumentParser, options: argparse.Namespace) -> list[Path]:
    """The notebooks that were named, or all lessons, in their order."""
    if options.all == bool(options.notebooks):
        parser.error("name notebooks, or say --all")
    return sorted(LESSONS.glob("*.ipynb")) if options.all else options.notebooks


def times(seconds: dict[Path, float]) -> str:
    """How long each notebook took, and all together."""
    rows = [*((path.name, taken) for path, taken in seconds.items()), ("together", sum(seconds.values()))]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}} {taken:8.1f} s" for name, taken in rows)


def main() -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser(prog="./baeum run", description="Execute notebooks and save their outputs.")
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--all", action="store_true", help="every lesson of the course, in order")
    parser.add_argument("--output-dir", type=Path, metavar="DIR", help="write copies to DIR, leave the notebooks as they are")
    parser.add_argument(
        "--quick", action="store_true", help="less data, fewer epochs; outputs are dropped unless there is an --output-dir"
    )
    options = parser.parse_args()
    notebooks = chosen(parser, options)
    good = True
    seconds: dict[Path, float] = {}
    try:
        for path, target in zip(notebooks, targets(notebooks, options.output_dir, options.quick)):
            begin = time.monotonic()
            good = asyncio.run(run(path, target, options.quick)) and good
            seconds[path] = time.monotonic() - begin
        if len(seconds) > 1:
            print(times(seconds))
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    except NoSuchKernel:
        print(f"Jupyter does not find the kernel '{KERNEL}'. Start this through ./baeum run.", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nInterrupted. The notebook is as it was.", file=sys.stderr)
        return 130
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
