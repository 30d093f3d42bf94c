from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from conftest import Cell, Session


@pytest.fixture(autouse=True)
def state(session: Session) -> Iterator[None]:
    session.run("globalThis.kept = 42;")
    yield


def stopped(session: Session, code: str, after: float = 0.7) -> tuple[Cell, float]:
    """Runs a cell and presses Stop; the cell, and how many seconds it took to end from then."""
    timer = threading.Timer(after, session.manager.interrupt_kernel)
    timer.start()
    cell = session.run(code)
    timer.join()
    return cell, cell.seconds - after


@pytest.mark.parametrize(
    "code",
    [
        "while (true) {}",
        "for (;;) await 1;",
        "await new Promise(() => {});",
        "await new Promise((done) => setTimeout(done, 60_000));",
        "for (;;) await new Promise((done) => setTimeout(done, 10));",
        "setInterval(() => {}, 5); await new Promise(() => {});",
        "const server = Deno.listen({ port: 0, hostname: '127.0.0.1' }); await server.accept();",
        "JSON.stringify(Array.from({ length: 1e9 }, (_, i) => i));",
    ],
)
def test_stop_ends_the_cell(session: Session, code: str) -> None:
    cell, seconds = stopped(session, code)
    assert cell.error["ename"] == "Interrupted"
    # A machine with nothing else to do needs at most two.
    assert seconds < 20


@pytest.mark.parametrize("code", ["while (true) {}", "for (;;) await 1;", "await new Promise(() => {});", "for (;;) await new Promise((done) => setTimeout(done, 10));"])
def test_state_is_kept_after_stop(session: Session, code: str) -> None:
    stopped(session, code)
    assert session.run("kept").result == "42"


def test_a_cell_that_watches_the_signal_ends_as_it_likes(session: Session) -> None:
    code = """
    const signal = globalThis[Symbol.for("baeum.interrupt")];
    while (!signal.aborted) await new Promise((done) => setTimeout(done, 10));
    "ended cleanly"
    """
    cell, _ = stopped(session, code)
    assert cell.reply["status"] == "ok"
    assert cell.result == '"ended cleanly"'


def test_a_cell_that_watches_the_signal_is_not_cut_off_in_a_long_step(session: Session) -> None:
    code = """
    const signal = globalThis[Symbol.for("baeum.interrupt")];
    while (!signal.aborted) {
      for (const end = Date.now() + 900; Date.now() < end;);
      await new Promise((done) => setTimeout(done, 0));
    }
    "ended cleanly"
    """
    cell, _ = stopped(session, code)
    assert cell.result == '"ended cleanly"'


def test_the_signal_is_a_new_one_after_each_stop(session: Session) -> None:
    stopped(session, "while (!globalThis[Symbol.for('baeum.interrupt')].aborted) await new Promise((done) => setTimeout(done, 10));")
    assert session.run("globalThis[Symbol.for('baeum.interrupt')].aborted").result == "false"


def test_cells_queued_behind_a_stopped_one_are_aborted(session: Session) -> None:
    first = session.client.execute("await new Promise(() => {});")
    second = session.client.execute("globalThis.kept = 0;")
    threading.Timer(0.5, session.manager.interrupt_kernel).start()
    session.collect(first)
    assert session.collect(second).reply["status"] == "aborted"
    assert session.run("kept").result == "42"


def test_stop_while_nothing_runs_does_nothing(session: Session) -> None:
    session.manager.interrupt_kernel()
    assert session.run("kept").result == "42"


def test_a_wait_in_native_code_ends_at_the_latest_by_a_restart(session: Session) -> None:
    """libc's sleep blocks the thread where V8 cannot reach it."""
    code = """
    const libc = Deno.dlopen(Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6", { sleep: { parameters: ["u32"], result: "u32" } });
    libc.symbols.sleep(60);
    """
    cell, seconds = stopped(session, code)
    assert cell.error["ename"] == "Interrupted"
    assert seconds < 30, "it sleeps for 60"
    if "restarted" in cell.error["evalue"]:
        assert session.run("typeof kept").result == '"undefined"'
    else:
        assert session.run("kept").result == "42"
