"""What Stop relies on and no documentation promises, in Deno's own kernel without the proxy."""

from __future__ import annotations

import os
import queue
import signal
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


def keeps_its_variables(session: Session) -> bool:
    """By the reply, which always arrives; this kernel, having no fence, may lose a cell's outputs."""
    reply = session.run("if (kept !== 42) throw new Error('lost');").reply
    return bool(reply["status"] == "ok")


def test_a_collected_promise_ends_the_cell_that_waits_for_it_and_nothing_else_does(stock: Session) -> None:
    stock.run("let collects = false; Deno.addSignalListener('SIGINT', () => { if (collects) setTimeout(() => gc(), 0); else collects = true; });")
    request = stock.begin("await new Promise(() => {});")
    kernel_process(stock).send_signal(signal.SIGINT)
    assert ended(stock, request, 1.5) is None, "a signal alone does not end it"
    kernel_process(stock).send_signal(signal.SIGINT)
    cell = ended(stock, request, 20)
    assert cell is not None and cell.reply["status"] == "error"
    assert keeps_its_variables(stock)


def test_terminating_a_busy_cell_keeps_the_variables(stock: Session) -> None:
    # What ends a busy cell hangs a kernel that has none.
    request = stock.begin("while (true) {}")
    message = stock.client.session.msg("interrupt_request", {})
    stock.client.control_channel.send(message)
    cell = ended(stock, request, 20)
    assert cell is not None and cell.reply["status"] == "error"
    assert keeps_its_variables(stock)
