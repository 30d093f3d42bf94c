"""The kernel for submissions, as far as nbgrader's own run (tests/handouts/grading_test.ts) does not show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import KERNEL, open_session


def test_a_notebook_whose_time_is_spent_fails_in_every_further_cell_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "autograded" / "student" / "ps1"
    folder.mkdir(parents=True)
    (folder / "data.csv").write_text("1,2\n")
    monkeypatch.setenv("BAEUM_GRADING_SECONDS", "10")
    monkeypatch.setenv("JUPYTER_PATH", str(KERNEL / "grading" / "jupyter"))
    session = open_session("baeum-grading", folder)
    try:
        assert session.run('Deno.readTextFileSync("data.csv")').result == '"1,2\\n"'
        looping = session.run("while (true);", timeout=120)
        assert "The time for this notebook, 10 s, is spent." in looping.error["evalue"]
        for _ in range(3):
            cell = session.run("1 + 1")
            assert "is spent" in cell.error["evalue"]
            assert cell.seconds < 8, "an endless loop would take all of 10 s again"
    finally:
        session.close()
