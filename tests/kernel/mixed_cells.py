"""A notebook of mixed cells through nbclient: how many outputs are lost, and how many lie under a wrong cell.

`deno task mixed-cells` runs 1,000 of them three times in Baeum's kernel and once in Deno's own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from conftest import ROOT
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from proxy.child import find_deno

IMPORTS = 'import { plotHistory } from "baeum/plots"; import { live, progress, show, table } from "baeum/notebook";'
MARK = re.compile(r"mark-(\d+)-")


def mixed_cell(index: int, kind: int) -> tuple[str, list[str]]:
    """A cell of one of eleven kinds, with what it must show: each text carries the cell's number."""
    mark = f"mark-{index}-"
    kinds: list[tuple[str, list[str]]] = [
        (f"`{mark}`", [mark]),
        (f"for (let i = 0; i < 40; i++) console.log(`{mark} ${{i}}`);", [f"{mark} {i}\n" for i in range(40)]),
        (f"({{ mark: '{mark}', list: [1, 2, 3] }})", [mark]),
        (f"Deno.jupyter.svg`<svg id='{mark}'></svg>`", [mark]),
        (f"await new Promise((done) => setTimeout(done, 3)); console.error('{mark}'); '{mark} result'", [f"{mark}\n", f"{mark} result"]),
        (f"await Deno.jupyter.display(Deno.jupyter.html`<b>{mark}</b>`); console.log('after {mark}')", [f"<b>{mark}</b>", f"after {mark}"]),
        (
            f"for (let i = 0; i < 5; i++) await Deno.jupyter.display({{ 'text/plain': `{mark} state ${{i}}` }}, "
            f"{{ raw: true, display_id: 'id-{index}', update: i > 0 }});",
            [f"{mark} state 4"],
        ),
        (f"throw new RangeError('{mark}')", [mark]),
        (f"plotHistory({{ history: {{ loss: [0.9, 0.{index + 1}] }} }}, {{ title: '{mark}' }})", [f"{mark}: 2 epochs"]),
        (f"show(table([{{ name: '{mark} row' }}])); '{mark} end'", [f"{mark} row", f"{mark} end"]),
        (
            f"{{ const bar = progress(3, {{ label: '{mark}' }}); let n = 0; const view = live(() => `{mark} round ${{n}}`);"
            " for (; n < 3; n++) { bar.advance(); view.update(); await new Promise((done) => setTimeout(done, 1)); } view.close(); }",
            [f"{mark} 3/3", f"{mark} round 3"],
        ),
    ]
    return kinds[kind % len(kinds)]


def text_of(cell: nbformat.NotebookNode) -> str:
    texts: list[str] = []
    for output in cell.outputs:
        if output.output_type == "stream":
            texts.append(output.text)
        elif output.output_type == "error":
            texts.append(output.evalue)
        else:
            texts.extend(str(value) for value in output.data.values())
    return "\n".join(texts)


def run_all(kernel: str, cells: int, seed: int = 0) -> tuple[int, int]:
    """Executes cells of all kinds in an order of the seed's: how many outputs are lost, and how many are misplaced."""
    kinds = list(range(cells))
    random.Random(seed).shuffle(kinds)
    expected = [mixed_cell(index, kind) for index, kind in enumerate(kinds)]
    notebook = new_notebook(cells=[new_code_cell(code) for code in (IMPORTS, *(code for code, _ in expected))])
    client = NotebookClient(
        notebook,
        kernel_name=kernel,
        allow_errors=True,
        timeout=300,
        startup_timeout=300,
        iopub_timeout=60,
        resources={"metadata": {"path": str(ROOT / "notebooks")}},
    )
    client.execute()
    lost = misplaced = 0
    for index, cell in enumerate(notebook.cells[1:]):
        shown = text_of(cell)
        lost += sum(text not in shown for text in expected[index][1])
        misplaced += len({mark for mark in MARK.findall(shown) if int(mark) != index})
    return lost, misplaced


def install_stock_kernel(folder: Path) -> str:
    """Deno's own kernel, as `deno jupyter --install` would offer it, in a folder for JUPYTER_PATH; its name."""
    spec = folder / "kernels" / "stock-deno"
    spec.mkdir(parents=True)
    command = [find_deno(), "jupyter", "--quiet", "--kernel", "--conn", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Deno", "language": "typescript"}))
    return "stock-deno"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as folder:
        stock = install_stock_kernel(Path(folder))
        os.environ["JUPYTER_PATH"] += os.pathsep + folder
        for kernel, rounds in (("baeum", options.rounds), (stock, 1)):
            for round in range(rounds):
                lost, misplaced = run_all(kernel, options.cells, round)
                print(f"{kernel}, {options.cells} cells, round {round + 1}: {lost} lost, {misplaced} misplaced", flush=True)
                good = good and (lost + misplaced == 0) == (kernel == "baeum")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
