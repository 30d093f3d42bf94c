from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import KERNEL, Session, open_session
from mixed_cells import install_stock_kernel, run_all

CELLS = 330


def test_no_output_of_mixed_cells_is_lost_or_misplaced() -> None:
    """`deno task mixed-cells` does the same with three times 1,000 cells."""
    assert run_all("baeum", CELLS) == (0, 0)


def test_the_same_cells_lose_outputs_in_denos_own_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if it loses nothing any more, the proxy's fence is no longer needed."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    stock = install_stock_kernel(tmp_path)
    assert any(sum(run_all(stock, CELLS, seed)) > 0 for seed in range(5))


def test_ten_thousand_lines_arrive_in_order_before_idle(session: Session) -> None:
    cell = session.run("for (let i = 0; i < 10000; i++) console.log(i);")
    assert cell.stdout == "".join(f"{i}\n" for i in range(10000))
    assert len(cell.of("stream")) < 1000, "stream messages are merged"


def test_output_keeps_its_order_across_kinds(session: Session) -> None:
    code = "for (let i = 0; i < 20; i++) { console.log(`a${i}`); await Deno.jupyter.display({ 'text/plain': `b${i}` }, { raw: true }); }"
    kinds = [kind for message in session.run(code).messages if (kind := message["msg_type"]) in ("stream", "display_data")]
    assert kinds == ["stream", "display_data"] * 20


def test_a_display_of_50_mb_arrives_whole(session: Session) -> None:
    cell = session.run("await Deno.jupyter.display({ 'text/plain': 'x'.repeat(50_000_000) }, { raw: true });", timeout=240)
    assert [len(content["data"]["text/plain"]) for content in cell.of("display_data")] == [50_000_000]


def once(mark: Path) -> str:
    """Code that goes on when the test has made this file."""
    return f"for (;;) try {{ Deno.statSync({json.dumps(str(mark))}); break; }} catch {{ await new Promise((done) => setTimeout(done, 10)); }}"


def test_late_output_is_credited_to_the_cell_that_was_last_not_to_a_hidden_one(session: Session, tmp_path: Path) -> None:
    request = session.client.execute(f"(async () => {{ {once(tmp_path / 'ended')} console.log('late'); }})(); 1")
    session.collect(request)
    (tmp_path / "ended").touch()
    late: dict[str, Any] = session.client.get_iopub_msg(timeout=60)
    assert late["content"] == {"name": "stdout", "text": "late\n"}
    assert late["parent_header"]["msg_id"] == request


def test_text_written_to_denos_streams_is_shown(session: Session) -> None:
    cell = session.run("Deno.stdout.writeSync(new TextEncoder().encode('글')); await Deno.stderr.write(new TextEncoder().encode('!'));")
    assert [(content["name"], content["text"]) for content in cell.of("stream")] == [("stdout", "글"), ("stderr", "!")]


def test_cells_queued_behind_an_error_are_aborted_and_later_ones_run(session: Session, tmp_path: Path) -> None:
    first = f"{once(tmp_path / 'queued')} throw new Error('first')"
    requests = [session.client.execute(code) for code in (first, "globalThis.ran = true", "2")]
    (tmp_path / "queued").touch()
    cells = [session.collect(request) for request in requests]
    assert [cell.reply["status"] for cell in cells] == ["error", "aborted", "aborted"]
    assert session.run("globalThis.ran").result is None, "an aborted cell does not run"


def test_stop_on_error_false_keeps_the_queue(session: Session) -> None:
    requests = [session.client.execute(code, stop_on_error=False) for code in ("throw new Error('first')", "'second'")]
    cells = [session.collect(request) for request in requests]
    assert [cell.reply["status"] for cell in cells] == ["error", "ok"]


def test_prompt_asks_the_client(session: Session) -> None:
    request = session.client.execute("prompt('name?')", allow_stdin=True)
    question = session.client.get_stdin_msg(timeout=60)
    assert question["content"]["prompt"].startswith("name?")
    session.client.input("배움")
    assert session.collect(request).result == '"배움"'


def test_the_proxy_adds_no_wait_to_a_trivial_cell_that_one_would_notice(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stock = install_stock_kernel(tmp_path)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    plain = open_session(stock)
    try:
        pairs = [(session.run("1 + 1").seconds, plain.run("1 + 1").seconds) for _ in range(100)]
    finally:
        plain.close()
    # The shortest of each: what else the machine does comes on top of the others.
    added = min(seconds for seconds, _ in pairs) - min(seconds for _, seconds in pairs)
    print(f"added {added * 1000:.1f} ms")
    # A few milliseconds; waiting for a clock would take more.
    assert added < 0.1, f"{added * 1000:.1f} ms"


def test_the_kernel_is_found_where_the_launcher_points_to() -> None:
    assert (KERNEL / "jupyter" / "kernels" / "baeum" / "kernel.json").exists()
