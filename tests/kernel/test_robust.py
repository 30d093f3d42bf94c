from __future__ import annotations

import asyncio
import json
import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import zmq
from conftest import KERNEL, ROOT, Session, kernel_process, open_session
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from proxy import child
from proxy.kernel import Kernel
from proxy.wire import Wire


def gone(processes: list[psutil.Process], within: float) -> bool:
    return not psutil.wait_procs(processes, timeout=within)[1]


def test_shutdown_leaves_no_process_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A folder of its own: other kernels on this machine come and go meanwhile.
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    session = open_session()
    process = kernel_process(session)
    family = [process, *process.children(recursive=True)]
    assert len(family) >= 2
    session.close()
    assert gone(family, 20)
    assert list(tmp_path.glob("baeum-kernel-*")) == []


def listening(processes: list[psutil.Process]) -> int:
    return sum(connection.status == psutil.CONN_LISTEN for process in processes for connection in process.net_connections())


def test_fifty_restarts_leave_one_kernel_with_its_ports_and_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    session = open_session()
    try:
        seen: list[psutil.Process] = []
        for round in range(50):
            process = kernel_process(session)
            seen += [process, *process.children(recursive=True)]
            session.manager.restart_kernel(now=round % 2 == 0)
            session.client.wait_for_ready(timeout=60)
        assert gone(seen, 20)
        assert session.run("1 + 1").result == "2"
        process = kernel_process(session)
        assert listening([process, *process.children(recursive=True)]) == 2 * 5, "Jupyter's five ports and Deno's"
        assert list(tmp_path.glob("baeum-kernel-*")) == []
    finally:
        session.close()


def open_files(process: psutil.Process, most: float = math.inf) -> int:
    """How many it has when that has not changed for a second, and is no more than `most`, which may take a while."""
    end = time.monotonic() + 60
    seen = [process.num_fds()]
    while time.monotonic() < end and (len(set(seen[-10:])) > 1 or len(seen) < 10 or seen[-1] > most):
        time.sleep(0.1)
        seen.append(process.num_fds())
    return seen[-1]


def test_a_deno_that_dies_again_and_again_leaves_no_open_file_or_socket(fresh: Callable[[], Session]) -> None:
    session = fresh()
    process = kernel_process(session)
    before = math.inf
    for death in range(7):
        assert session.run("Deno.kill(Deno.pid, 'SIGKILL');").error["ename"] == "KernelDied"
        assert session.run("1 + 1").result == "2"
        if death == 0:
            before = open_files(process)
    # ZeroMQ's thread closes and connects when it gets to it: a few may come and go, but not one for each death.
    assert open_files(process, before) < before + 6
    assert len(process.children(recursive=True)) == 1


def test_the_child_ends_when_the_proxy_is_killed(fresh: Callable[[], Session]) -> None:
    process = kernel_process(fresh())
    children = process.children(recursive=True)
    process.kill()
    assert gone(children, 20)


def test_the_kernel_ends_when_the_process_that_started_it_is_gone(tmp_path: Path) -> None:
    connection_file, _ = write_connection_file(str(tmp_path / "connection.json"))
    starter = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys; print(subprocess.Popen([sys.executable, *sys.argv[1:]], start_new_session=True).pid, flush=True); input()",
            str(KERNEL),
            connection_file,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout
    process = psutil.Process(int(starter.stdout.readline()))
    end = time.monotonic() + 60
    while not process.children() and time.monotonic() < end:
        time.sleep(0.1)
    family = [process, *process.children()]
    starter.kill()
    starter.wait()
    assert gone(family, 20)


def test_a_message_with_a_wrong_signature_does_not_run(session: Session) -> None:
    info = session.client.get_connection_info()
    wire = Wire("not the key")
    with zmq.Context() as context, context.socket(zmq.DEALER) as socket:
        socket.linger = 0
        socket.connect(f"tcp://{info['ip']}:{info['shell_port']}")
        socket.send_multipart(wire.pack(wire.header("execute_request"), {"code": "globalThis.forged = 1"}))
        time.sleep(0.3)
    assert session.run("globalThis.forged").result is None


def test_a_second_client_finds_the_state_of_the_first(session: Session) -> None:
    session.run("globalThis.left = 'behind'")
    client = BlockingKernelClient()
    client.load_connection_info(session.client.get_connection_info())
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        assert Session(session.manager, client).run("left").result == '"behind"'
    finally:
        client.stop_channels()


def test_two_kernels_at_once_keep_apart(session: Session, fresh: Callable[[], Session]) -> None:
    other = fresh()
    session.run("globalThis.mine = 1")
    assert other.run("typeof mine").result == '"undefined"'
    assert session.run("mine").result == "1"


def test_the_installed_spec_starts_the_same_kernel_from_another_place(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER_")}
    environment |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    script = [sys.executable, str(KERNEL / "install_spec.py")]
    subprocess.run([*script, "install", "--user"], check=True, env=environment, capture_output=True)
    (written,) = tmp_path.rglob("kernel.json")
    spec = json.loads(written.read_text(encoding="utf-8"))
    assert spec["argv"] == [sys.executable, str(ROOT / "kernel"), "{connection_file}"]
    assert spec["interrupt_mode"] == "message"
    subprocess.run([*script, "uninstall", "--user"], check=True, env=environment, capture_output=True)
    assert not list(tmp_path.rglob("kernel.json"))


def test_a_port_that_is_taken_before_deno_listens_costs_another_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[socket.socket] = []
    free_ports = child.free_ports

    def first_one_taken(ip: str, count: int) -> list[int]:
        ports = free_ports(ip, count)
        if not taken:
            taken.append(socket.create_server((ip, ports[0])))
        return ports

    monkeypatch.setattr(child, "free_ports", first_one_taken)
    path, _ = write_connection_file(str(tmp_path / "connection.json"))

    async def asked() -> str:
        kernel = Kernel(json.loads(Path(path).read_text(encoding="utf-8")))
        serving = asyncio.create_task(kernel.serve())
        client = AsyncKernelClient()
        client.load_connection_file(path)
        client.start_channels()
        try:
            client.kernel_info()
            reply = await client.get_shell_msg(timeout=120)
            return str(reply["msg_type"])
        finally:
            client.stop_channels()
            kernel._finish()
            await serving

    assert asyncio.run(asked()) == "kernel_info_reply"
    assert len(taken) == 1
    taken[0].close()


def test_sigterm_ends_kernel_and_child(fresh: Callable[[], Session]) -> None:
    process = kernel_process(fresh())
    family = [process, *process.children(recursive=True)]
    process.send_signal(signal.SIGTERM)
    assert gone(family, 20)
