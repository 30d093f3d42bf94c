"""The kernel as Jupyter sees it: five sockets, one queue of requests, one Deno behind them."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Coroutine, Optional

import zmq
import zmq.asyncio

from .child import Child, ChildDied
from .errors import explain, syntax_error
from .interrupt import interrupt
from .introduction import introduce
from .language import Language
from .relay import Improve, Relay
from .wire import BadMessage, Json, Message, Wire, bind

log = logging.getLogger("baeum.kernel")

# After an error, requests that the client had sent before it could know of the error may still be on their way.
ABORT_WINDOW_S = 0.05
STARTS = 4
RESTARTED = "The kernel was restarted: its variables are gone. Run the cells above again."


class Kernel:
    """Serves one connection file until a client asks for shutdown or the process that started it is gone."""

    def __init__(self, connection: Json) -> None:
        self._connection = connection
        self._parent = os.getppid()
        self._context = zmq.asyncio.Context()
        self._wire = Wire(connection["key"])
        self._shell = bind(self._context, connection, zmq.ROUTER, "shell")
        self._control = bind(self._context, connection, zmq.ROUTER, "control")
        self._stdin = bind(self._context, connection, zmq.ROUTER, "stdin")
        self._stdin.router_mandatory = 1
        self._iopub = bind(self._context, connection, zmq.PUB, "iopub")
        self._heartbeat = bind(self._context, connection, zmq.REP, "hb")

        self._code = ""
        self._idents: list[bytes] = []
        self._answered = datetime.now(timezone.utc), 0  # when the last cell was, and how many requests had arrived
        self._queue: asyncio.Queue[Message] = asyncio.Queue()
        self._running: Optional[asyncio.Task[Message]] = None
        self._stop: Optional[asyncio.Task[None]] = None
        self._relay = self._make_relay(lambda error: explain(error, self._code))
        self._language = Language(Path.cwd())
        self._child: Child
        self._child_tasks: list[asyncio.Task[None]] = []
        self._finished: asyncio.Future[None]

    async def serve(self) -> None:
        loop = asyncio.get_running_loop()
        self._finished = loop.create_future()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._finish)
        tasks: list[asyncio.Task[Any]] = [
            self._task(self._read_shell()),
            self._task(self._read_control()),
            self._task(self._read_stdin()),
            self._task(self._beat()),
            self._task(self._watch_parent()),
        ]
        try:
            self._spawn()
            tasks.append(self._task(self._work()))
            await self._finished
        finally:
            if self._running:
                tasks.append(self._running)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._language.close()
            self._close_child()
            self._context.destroy(linger=500)

    def _make_relay(self, improve: Improve) -> Relay:
        return Relay(self._wire, self._iopub, improve)

    def _make_child(self) -> Child:
        return Child(self._context, self._connection, self._wire)

    def _finish(self) -> None:
        if not self._finished.done():
            self._finished.set_result(None)

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task whose exception reaches the server's log instead of nobody, and ends the kernel."""
        task = asyncio.create_task(work)

        def done(task: asyncio.Task[None]) -> None:
            if not task.cancelled() and task.exception():
                log.error("The kernel ends because of an unexpected error", exc_info=task.exception())
                self._finish()

        task.add_done_callback(done)
        return task

    # Deno

    def _spawn(self) -> None:
        self._child = self._make_child()
        self._child_tasks = [self._task(self._relay.run(self._child.iopub)), self._task(self._read_child_stdin())]

    def _close_child(self) -> None:
        for task in self._child_tasks:
            task.cancel()
        if hasattr(self, "_child"):
            self._child.close()

    async def _restart(self) -> None:
        self._close_child()
        self._language.forget()
        self._spawn()
        await self._come_up()

    async def _come_up(self) -> None:
        """Waits until Deno is ready. Until it listens, another program may take one of its ports: it is then started again."""
        for left in reversed(range(STARTS)):
            try:
                await self._start()
                return
            except ChildDied:
                if left == 0:
                    raise
                self._close_child()
                self._spawn()

    async def _start(self) -> None:
        """Raises `ChildDied` if Deno does not come up."""
        started = asyncio.ensure_future(self._child.start(self._relay.arm))
        await asyncio.wait([started, self._child.died], return_when=asyncio.FIRST_COMPLETED)
        if not started.done():
            started.cancel()
            raise ChildDied(self._child.died.result())
        started.result()

    # Requests, one after the other

    async def _receive(self, channel: zmq.asyncio.Socket) -> Message:
        """The next message whose signature is right."""
        while True:
            frames = await channel.recv_multipart()
            try:
                return self._wire.unpack(frames)
            except BadMessage as error:
                log.warning("A message was refused: %s", error)

    async def _reply(self, channel: zmq.asyncio.Socket, request: Message, content: Json) -> None:
        header = self._wire.header(request.type.replace("request", "reply"))
        await channel.send_multipart(self._wire.pack(header, content, request.header, request.idents))

    async def _read_shell(self) -> None:
        while True:
            request = await self._receive(self._shell)
            if request.type in ("inspect_request", "complete_request"):  # answered while a cell runs, too
                self._task(self._help(request))
            else:
                self._queue.put_nowait(request)

    async def _work(self) -> None:
        await self._relay.publish("status", {"execution_state": "starting"}, {})
        await self._come_up()
        while True:
            request = await self._queue.get()
            await self._relay.publish("status", {"execution_state": "busy"}, request.header)
            failed = False
            if request.type == "execute_request":
                failed = await self._execute(request)
            elif request.type in ("comm_open", "comm_msg", "comm_close"):
                await self._child.shell.send_multipart(self._wire.repack(request))
            else:
                await self._forward(request)
            await self._relay.publish("status", {"execution_state": "idle"}, request.header)
            if failed:
                await self._abort_queue()

    async def _forward(self, request: Message) -> None:
        try:
            reply = await self._child.ask(self._wire.repack(request), request.id)
        except ChildDied:
            await self._restart()
            reply = await self._child.ask(self._wire.repack(request), request.id)
        if reply.type == "kernel_info_reply":
            reply.parts[3] = json.dumps(introduce(reply.content())).encode()
        await self._shell.send_multipart(self._wire.repack(reply, request.idents))

    async def _execute(self, request: Message) -> bool:
        """Runs a cell; whether the cells queued behind it are to be aborted."""
        content = request.content()
        self._code, self._idents = content["code"], request.idents
        self._relay.begin(request.header)
        self._running = asyncio.create_task(self._run_cell(request))
        try:
            reply = (await self._running).content()
            if self._stop:
                await self._stop
        except (ChildDied, asyncio.CancelledError) as error:
            if self._finished.done():
                raise
            name, text = ("Interrupted", "The cell did not stop.") if self._stop else ("KernelDied", str(error))
            reply = await self._fail(name, f"{text} {RESTARTED}")
            await self._restart()
        interrupted, self._stop, self._running = self._stop is not None, None, None
        if reply["status"] != "ok" or self._relay.error:  # the latter alone: a rejection that nobody handles
            if self._relay.error is None:  # Deno names no cause
                if interrupted:
                    await self._fail("Interrupted", "The cell was stopped. Its variables are kept.")
                else:
                    await self._fail("SyntaxError", await syntax_error(self._code))
            reply.update({"status": "error", **(self._relay.error or {})})
        else:
            await self._relay.succeed()
            self._language.remember(self._code)
            if content.get("allow_stdin"):  # a person is there, not a run without one
                self._task(self._language.read_imports())
        self._answered = datetime.now(timezone.utc), self._queue.qsize()
        await self._reply(self._shell, request, reply)
        return interrupted or (reply["status"] == "error" and content.get("stop_on_error", True))

    async def _run_cell(self, request: Message) -> Message:
        reply = await self._child.ask(self._wire.repack(request), request.id)
        await self._child.fence(self._relay.arm)
        return reply

    async def _fail(self, name: str, text: str) -> Json:
        """Shows an error of the kernel's own in the cell; the reply that goes with it."""
        error = {"ename": name, "evalue": text.split("\n")[0], "traceback": [f"{name}: {text}"]}
        self._relay.error = error
        await self._relay.flush()
        await self._relay.publish("error", error, self._relay.cell)
        return {"status": "error", "execution_count": None, **error}

    async def _abort_queue(self) -> None:
        """Answers the cells queued behind a failed one with "aborted"; some of them may still be on their way."""
        failed_at, arrived = self._answered
        await asyncio.sleep(ABORT_WINDOW_S)
        kept: list[Message] = []
        for index in range(self._queue.qsize()):
            request = self._queue.get_nowait()
            if request.type != "execute_request" or (index >= arrived and request.sent_after(failed_at)):
                kept.append(request)
                continue
            await self._relay.publish("status", {"execution_state": "busy"}, request.header)
            await self._reply(self._shell, request, {"status": "aborted"})
            await self._relay.publish("status", {"execution_state": "idle"}, request.header)
        later = [self._queue.get_nowait() for _ in range(self._queue.qsize())]
        for request in kept + later:
            self._queue.put_nowait(request)

    async def _help(self, request: Message) -> None:
        """Answers Shift-Tab and Tab. JupyterLab takes the answer only once "idle" has followed."""
        await self._relay.publish("status", {"execution_state": "busy"}, request.header)
        reply = await self._language.answer(request.type, request.content())
        await self._reply(self._shell, request, reply)
        await self._relay.publish("status", {"execution_state": "idle"}, request.header)
        if self._running:
            await self._relay.publish("status", {"execution_state": "busy"}, self._relay.cell)

    # Stop and shutdown

    async def _read_control(self) -> None:
        while True:
            request = await self._receive(self._control)
            kind = request.type
            if kind == "interrupt_request":
                if self._running and not self._running.done() and self._stop is None:
                    self._stop = asyncio.create_task(self._interrupt(self._running))
                content: Json = {"status": "ok"}
            elif kind == "shutdown_request":
                content = {"status": "ok", **request.content()}
            else:
                continue
            await self._reply(self._control, request, content)
            if kind == "shutdown_request":
                self._finish()

    async def _interrupt(self, running: asyncio.Task[Message]) -> None:
        if not await interrupt(self._child, self._wire, running, self._relay.acknowledged):
            running.cancel()

    # Everything else

    async def _read_stdin(self) -> None:
        while True:
            answer = await self._receive(self._stdin)
            await self._child.stdin.send_multipart(self._wire.repack(answer))

    async def _read_child_stdin(self) -> None:
        while True:
            question = self._wire.unpack(await self._child.stdin.recv_multipart(), check=False)
            question.parts[1] = json.dumps(self._relay.cell).encode()
            frames = self._wire.repack(question, self._idents)
            for _ in range(40):  # the client's stdin socket may still be connecting
                try:
                    await self._stdin.send_multipart(frames)
                    break
                except zmq.ZMQError:
                    await asyncio.sleep(0.05)

    async def _beat(self) -> None:
        while True:
            await self._heartbeat.send(await self._heartbeat.recv())

    async def _watch_parent(self) -> None:
        """Ends the kernel when the process that started it is gone, however that ended."""
        while os.getppid() == self._parent:
            await asyncio.sleep(1)
        self._finish()
