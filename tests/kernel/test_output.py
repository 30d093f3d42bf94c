from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
import pytest
from conftest import KERNEL, Session
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from proxy.child import find_deno

CELLS = 560


def mixed_cell(index: int) -> tuple[str, list[str]]:
    """A cell of one of eight kinds, with what it must show: each text carries the cell's number."""
    mark = f"mark-{index}"
    kinds: list[tuple[str, list[str]]] = [
        (f"`{mark}`", [mark]),
        (f"for (let i = 0; i < 40; i++) console.log(`{mark} ${{i}}`);", [f"{mark} {i}\n" for i in range(40)]),
        (f"({{ mark: '{mark}', list: [1, 2, 3] }})", [mark]),
        (f"Deno.jupyter.svg`<svg id='{mark}'></svg>`", [mark]),
        (f"await new Promise((done) => setTimeout(done, 3)); console.error('{mark}'); '{mark} result'", [mark, f"{mark} result"]),
        (f"await Deno.jupyter.display(Deno.jupyter.html`<b>{mark}</b>`); console.log('after {mark}')", [mark, f"after {mark}"]),
        (
            f"for (let i = 0; i < 5; i++) await Deno.jupyter.display({{ 'text/plain': `{mark} state ${{i}}` }}, "
            f"{{ raw: true, display_id: 'id-{index}', update: i > 0 }});",
            [f"{mark} state 4"],
        ),
        (f"throw new RangeError('{mark}')", [mark]),
    ]
    return kinds[index % len(kinds)]


def run_all(kernel: str, cells: int, folder: Path) -> tuple[int, int]:
    """Executes mixed cells through nbclient: how many outputs are lost, and how many lie under a wrong cell."""
    expected = [mixed_cell(index) for index in range(cells)]
    notebook = new_notebook(cells=[new_code_cell(code) for code, _ in expected])
    client = NotebookClient(notebook, kernel_name=kernel, allow_errors=True, timeout=60, resources={"metadata": {"path": str(folder)}})
    client.execute()
    lost = misplaced = 0
    for index, cell in enumerate(notebook.cells):
        shown = text_of(cell)
        lost += sum(text not in shown for text in expected[index][1])
        others = {f"mark-{other}" for other in (index - 1, index - 2, index + 1)}
        words = set(shown.replace("'", " ").replace('"', " ").replace("<", " ").replace(">", " ").split())
        misplaced += len(others & words)
    return lost, misplaced


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


def test_no_output_of_mixed_cells_is_lost_or_misplaced(tmp_path: Path) -> None:
    assert run_all("baeum", CELLS, tmp_path) == (0, 0)


def test_the_same_cells_lose_outputs_in_denos_own_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if it loses nothing any more, the proxy's fence is no longer needed."""
    spec = tmp_path / "jupyter" / "kernels" / "stock-deno"
    spec.mkdir(parents=True)
    command = [find_deno(), "jupyter", "--quiet", "--kernel", "--conn", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Deno", "language": "typescript"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    lost, misplaced = run_all("stock-deno", CELLS, tmp_path)
    assert lost + misplaced > 0


def test_ten_thousand_lines_arrive_in_order_before_idle(session: Session) -> None:
    cell = session.run("for (let i = 0; i < 10000; i++) console.log(i);")
    assert cell.stdout == "".join(f"{i}\n" for i in range(10000))
    assert len(cell.of("stream")) < 1000, "stream messages are merged"


def test_output_keeps_its_order_across_kinds(session: Session) -> None:
    code = "for (let i = 0; i < 20; i++) { console.log(`a${i}`); await Deno.jupyter.display({ 'text/plain': `b${i}` }, { raw: true }); }"
    kinds = [kind for message in session.run(code).messages if (kind := message["msg_type"]) in ("stream", "display_data")]
    assert kinds == ["stream", "display_data"] * 20


def test_a_display_of_50_mb_arrives_whole(session: Session) -> None:
    cell = session.run("await Deno.jupyter.display({ 'text/plain': 'x'.repeat(50_000_000) }, { raw: true });", timeout=60)
    assert [len(content["data"]["text/plain"]) for content in cell.of("display_data")] == [50_000_000]


def test_late_output_is_credited_to_the_cell_that_was_last_not_to_a_hidden_one(session: Session) -> None:
    request = session.client.execute("setTimeout(() => console.log('late'), 100); 1")
    session.collect(request)
    late: dict[str, Any] = session.client.get_iopub_msg(timeout=5)
    assert late["content"] == {"name": "stdout", "text": "late\n"}
    assert late["parent_header"]["msg_id"] == request


def test_text_written_to_denos_streams_is_shown(session: Session) -> None:
    cell = session.run("Deno.stdout.writeSync(new TextEncoder().encode('글')); await Deno.stderr.write(new TextEncoder().encode('!'));")
    assert [(content["name"], content["text"]) for content in cell.of("stream")] == [("stdout", "글"), ("stderr", "!")]


def test_cells_queued_behind_an_error_are_aborted_and_later_ones_run(session: Session) -> None:
    requests = [session.client.execute(code) for code in ("throw new Error('first')", "globalThis.ran = true", "2")]
    cells = [session.collect(request) for request in requests]
    assert [cell.reply["status"] for cell in cells] == ["error", "aborted", "aborted"]
    assert session.run("globalThis.ran").result is None, "an aborted cell does not run"


def test_stop_on_error_false_keeps_the_queue(session: Session) -> None:
    requests = [session.client.execute(code, stop_on_error=False) for code in ("throw new Error('first')", "'second'")]
    cells = [session.collect(request) for request in requests]
    assert [cell.reply["status"] for cell in cells] == ["error", "ok"]


def test_prompt_asks_the_client(session: Session) -> None:
    request = session.client.execute("prompt('name?')", allow_stdin=True)
    question = session.client.get_stdin_msg(timeout=10)
    assert question["content"]["prompt"].startswith("name?")
    session.client.input("배움")
    assert session.collect(request).result == '"배움"'


def test_a_trivial_cell_takes_less_than_20_ms(session: Session) -> None:
    times = [session.run("1 + 1").seconds for _ in range(100)]
    assert median(times) < 0.02, f"median {median(times) * 1000:.1f} ms"


def test_the_kernel_is_found_where_the_launcher_points_to() -> None:
    assert (KERNEL / "jupyter" / "kernels" / "baeum" / "kernel.json").exists()
