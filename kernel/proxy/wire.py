"""Jupyter's message format on ZeroMQ: identities, delimiter, signature, four JSON parts, buffers.

https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Optional, Sequence

import zmq.asyncio

DELIMITER = b"<IDS|MSG>"

Json = dict[str, Any]


def bind(context: zmq.asyncio.Context, connection: Json, kind: int, channel: str) -> zmq.asyncio.Socket:
    """A socket at the address that the connection file gives the channel. It drops nothing, however slow the other end."""
    opened = context.socket(kind)
    opened.linger = 500
    opened.rcvhwm = opened.sndhwm = 0
    opened.bind(f"{connection.get('transport', 'tcp')}://{connection['ip']}:{connection[channel + '_port']}")
    return opened


class BadMessage(Exception):
    """A message that is cut short or whose signature is wrong."""


@dataclass
class Message:
    """A received message. `parts` are the signed JSON texts: header, parent header, metadata, content."""

    idents: list[bytes]
    parts: list[bytes]
    buffers: list[bytes]
    header: Json
    parent: Json

    @property
    def type(self) -> str:
        return str(self.header["msg_type"])

    @property
    def id(self) -> str:
        return str(self.header["msg_id"])

    def content(self) -> Json:
        """The content, parsed at each call: large displays pass through without it."""
        parsed: Json = json.loads(self.parts[3])
        return parsed

    def sent_after(self, moment: datetime) -> bool:
        """Whether the sender's clock, which is this machine's almost always, says so."""
        try:
            return datetime.fromisoformat(str(self.header["date"]).replace("Z", "+00:00")) > moment
        except (KeyError, ValueError, TypeError):
            return False


class Wire:
    """Packs and unpacks the messages of one connection, which share a key and a session."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self.session = uuid.uuid4().hex

    def sign(self, parts: Sequence[bytes]) -> bytes:
        if not self._key:
            return b""
        digest = hmac.new(self._key, digestmod=hashlib.sha256)
        for part in parts:
            digest.update(part)
        return digest.hexdigest().encode()

    def header(self, msg_type: str) -> Json:
        return {
            "msg_id": uuid.uuid4().hex,
            "session": self.session,
            "username": "kernel",
            "version": "5.3",
            "date": datetime.now(timezone.utc).isoformat(),
            "msg_type": msg_type,
        }

    def pack(
        self, header: Json, content: Json, parent: Optional[Json] = None, idents: Sequence[bytes] = ()
    ) -> list[bytes]:
        """The frames of a new message."""
        parts = [json.dumps(part).encode() for part in (header, parent or {}, {}, content)]
        return [*idents, DELIMITER, self.sign(parts), *parts]

    def repack(self, message: Message, idents: Sequence[bytes] = ()) -> list[bytes]:
        """The frames of a received message whose parts may have been changed."""
        return [*idents, DELIMITER, self.sign(message.parts), *message.parts, *message.buffers]

    def unpack(self, frames: Sequence[bytes], check: bool = True) -> Message:
        """Reads frames; raises `BadMessage` unless they are whole and, with `check`, signed with our key."""
        try:
            at = list(frames).index(DELIMITER)
            parts = list(frames[at + 2 : at + 6])
            if len(parts) != 4:
                raise ValueError(f"{len(parts)} parts instead of 4")
            if check and not hmac.compare_digest(self.sign(parts), frames[at + 1]):
                raise ValueError("wrong signature")
            header, parent = json.loads(parts[0]), json.loads(parts[1])
            header["msg_id"], header["msg_type"]
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise BadMessage(str(error)) from error
        return Message(list(frames[:at]), parts, list(frames[at + 6 :]), header, parent)
