"""What Stop relies on and no documentation promises, in Deno's own kernel without the proxy."""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Cell, Session, kernel_process, open_session
from mixed_cells import install_stock_kernel

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Stop uses signals, which Windows does not have")


@pytest.fixture
def stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    name = install_stock_kernel(tmp_path)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("DENO_V8_FLAGS", "--expose-gc")
    session = open_session(name)
    session.run("globalThis.kept = 42;")
    yield session
    session.close()


def ended(session: Session, request: str, within: float) -> Cell | None:
    try:
        return session.collect(request, timeout=within)
    except queue.Empty:
        return None


def test_a_collected_promise_ends_the_cell_that_waits_for_it_and_nothing_else_does(stock: Session) -> None:
    stock.run("let collects = false; Deno.addSignalListener('SIGINT', () => { if (collects) setTimeout(() => gc(), 0); else collects = true; });")
    request = stock.client.execute("await new Promise(() => {});")
    time.sleep(0.5)
    kernel_process(stock).send_signal(signal.SIGINT)
    assert ended(stock, request, 1.5) is None, "a signal alone does not end it"
    kernel_process(stock).send_signal(signal.SIGINT)
    cell = ended(stock, request, 3)
    assert cell is not None and cell.reply["status"] == "error"
    assert stock.run("kept").result == "42"


def test_terminating_a_busy_cell_keeps_the_variables(stock: Session) -> None:
    request = stock.client.execute("while (true) {}")
    time.sleep(0.5)
    message = stock.client.session.msg("interrupt_request", {})
    stock.client.control_channel.send(message)
    cell = ended(stock, request, 3)
    assert cell is not None and cell.reply["status"] == "error"
    assert stock.run("kept").result == "42"
