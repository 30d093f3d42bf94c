from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from conftest import KERNEL
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes


def notebook(path: Path, *sources: str) -> Path:
    cells = [new_markdown_cell("# Title"), *(new_code_cell(source) for source in sources)]
    path.write_text(writes(new_notebook(cells=cells)), encoding="utf-8")
    return path


def start(*arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, str(KERNEL / "run_notebook.py"), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(*arguments: object) -> tuple[int, str]:
    process = start(*arguments)
    output, _ = process.communicate(timeout=300)
    return process.returncode, output


def outputs(path: Path) -> list[object]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]


def test_outputs_are_written_into_the_notebook_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = notebook(tmp_path / "lesson.ipynb", "console.log('배움');", "1 + 1")
    assert run(path)[0] == 0
    first = path.read_text(encoding="utf-8")
    assert "배움" in first and '"2"' in first.replace("\\u001b[33m", "").replace("\\u001b[39m", "")
    assert run(path)[0] == 0
    assert path.read_text(encoding="utf-8") == first


def test_writes_far_apart_are_saved_as_one_stream_and_keep_their_place_between_figures(tmp_path: Path) -> None:
    pause = "await new Promise((done) => setTimeout(done, 80));"
    path = notebook(
        tmp_path / "lesson.ipynb",
        f"console.log('a'); {pause} console.log('b'); Deno.jupyter.broadcast('display_data', "
        f"{{ data: {{ 'text/plain': 'figure' }}, metadata: {{}}, transient: {{}} }}); console.log('c'); {pause} console.log('d');",
    )
    assert run(path)[0] == 0
    (cell,) = json.loads(path.read_text(encoding="utf-8"))["cells"][1:]
    assert [output.get("text", [output["output_type"]]) for output in cell["outputs"]] == [["a\n", "b\n"], ["display_data"], ["c\n", "d\n"]]


def test_a_failing_cell_is_named_with_its_error_and_the_notebook_stays_as_it_was(tmp_path: Path) -> None:
    path = notebook(tmp_path / "lesson.ipynb", "const a = 1;", "a.b.c;", "2")
    before = path.read_bytes()
    code, text = run(path)
    assert code == 1
    assert "cell 2 failed: TypeError: Cannot read properties of undefined" in text
    assert "line 1: a.b.c;" in text
    assert path.read_bytes() == before


def test_quick_mode_is_seen_by_the_notebook_and_never_overwrites_it(tmp_path: Path) -> None:
    path = notebook(tmp_path / "lesson.ipynb", "console.log(`quick:${Deno.env.get('BAEUM_QUICK')}`);")
    before = path.read_bytes()
    assert run("--quick", path)[0] == 0
    assert run("--quick", "--output-dir", tmp_path, path)[0] == 2
    assert path.read_bytes() == before
    assert run("--quick", "--output-dir", tmp_path / "copies", path)[0] == 0
    assert "quick:1" in str(outputs(tmp_path / "copies" / "lesson.ipynb"))


def test_ctrl_c_leaves_the_notebook_as_it_was_and_no_file_beside_it(tmp_path: Path) -> None:
    path = notebook(tmp_path / "lesson.ipynb", "console.log('started');", "await new Promise((done) => setTimeout(done, 60_000));")
    before = path.read_bytes()
    process = start(path)
    assert process.stdout
    assert any("[1/2]" in line for line in process.stdout), "it ended before its second cell"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 130, output
    assert "Interrupted" in output
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["lesson.ipynb"]


def test_what_is_no_notebook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    missing, broken = tmp_path / "missing.ipynb", tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")
    assert run(missing) == (2, f"There is no notebook {missing}.\n")
    code, text = run(broken)
    assert code == 2
    assert text.startswith(f"{broken} could not be read as a notebook") and text.count("\n") == 1


def test_several_notebooks_end_with_how_long_each_took(tmp_path: Path) -> None:
    paths = [notebook(tmp_path / f"{name}.ipynb", "1") for name in ("first", "second")]
    code, output = run(*paths)
    assert code == 0
    rows = [line.split() for line in output.splitlines()[-3:]]
    assert [row[0] for row in rows] == ["first.ipynb", "second.ipynb", "together"]
    assert abs(float(rows[0][1]) + float(rows[1][1]) - float(rows[2][1])) < 0.25


def test_all_lessons_or_some_have_to_be_named(tmp_path: Path) -> None:
    for arguments in ([], ["--all", notebook(tmp_path / "lesson.ipynb", "1")]):
        code, output = run(*arguments)
        assert code == 2
        assert "name notebooks, or say --all" in output
