from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from conftest import Cell, Session


@pytest.fixture(autouse=True)
def state(session: Session) -> Iterator[None]:
    session.run("globalThis.kept = 42;")
    yield


def stopped(session: Session, code: str) -> tuple[Cell, float]:
    """Runs a cell and presses Stop; the cell, and how many seconds it took to end from then."""
    request = session.begin(code)
    pressed = time.monotonic()
    session.manager.interrupt_kernel()
    return session.collect(request), time.monotonic() - pressed


@pytest.mark.parametrize(
    "code",
    [
        "while (true) {}",
        "for (;;) await 1;",
        "await new Promise(() => {});",
        "await new Promise((done) => setTimeout(done, 600_000));",
        "for (;;) await new Promise((done) => setTimeout(done, 10));",
        "setInterval(() => {}, 5); await new Promise(() => {});",
        "const server = Deno.listen({ port: 0, hostname: '127.0.0.1' }); await server.accept();",
        "for (;;) JSON.stringify(Array.from({ length: 1e6 }, (_, i) => i));",
        "/(a+)+$/.test('a'.repeat(60) + 'b');",
    ],
)
def test_stop_ends_the_cell(session: Session, code: str) -> None:
    cell, seconds = stopped(session, code)
    assert cell.error["ename"] == "Interrupted"
    # A machine with nothing else to do needs at most two.
    assert seconds < 120


@pytest.mark.parametrize("code", ["while (true) {}", "for (;;) await 1;", "await new Promise(() => {});", "for (;;) await new Promise((done) => setTimeout(done, 10));"])
def test_state_is_kept_after_stop(session: Session, code: str) -> None:
    stopped(session, code)
    assert session.run("kept").result == "42"


def test_a_cell_that_watches_the_signal_ends_as_it_likes(session: Session) -> None:
    code = """
    const signal = globalThis[Symbol.for("baeum.interrupt")];
    BEGUN;
    while (!signal.aborted) await new Promise((done) => setTimeout(done, 10));
    "ended cleanly"
    """
    cell, _ = stopped(session, code)
    assert cell.reply["status"] == "ok"
    assert cell.result == '"ended cleanly"'


def test_a_cell_that_watches_the_signal_is_not_cut_off_in_a_long_step(session: Session) -> None:
    code = """
    const signal = globalThis[Symbol.for("baeum.interrupt")];
    await new Promise((done) => setTimeout(done, 100));
    BEGUN;
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
    first = session.begin("await new Promise(() => {});")
    second = session.client.execute("globalThis.kept = 0;")
    session.manager.interrupt_kernel()
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
    libc.symbols.sleep(600);
    """
    cell, seconds = stopped(session, code)
    assert cell.error["ename"] == "Interrupted"
    assert seconds < 120, "it sleeps for 600"
    if "restarted" in cell.error["evalue"]:
        assert session.run("typeof kept").result == '"undefined"'
    else:
        assert session.run("kept").result == "42"
