from __future__ import annotations

import pytest
from proxy.wire import DELIMITER, BadMessage, Wire


def test_a_packed_message_reads_back_with_its_identities_parent_and_content() -> None:
    wire = Wire("key")
    parent = wire.header("execute_request")
    frames = wire.pack(wire.header("stream"), {"name": "stdout", "text": "배움"}, parent, [b"client"])
    message = wire.unpack(frames)
    assert message.idents == [b"client"]
    assert message.type == "stream"
    assert message.parent == parent
    assert message.content() == {"name": "stdout", "text": "배움"}


def test_a_message_signed_with_another_key_is_refused() -> None:
    frames = Wire("theirs").pack(Wire("theirs").header("execute_request"), {"code": "1"})
    with pytest.raises(BadMessage, match="wrong signature"):
        Wire("ours").unpack(frames)


@pytest.mark.parametrize("frames", [[], [b"id"], [DELIMITER], [DELIMITER, b"", b"{}", b"{}"], [DELIMITER, b"", b"{", b"", b"", b""]])
def test_a_message_that_is_cut_short_is_refused(frames: list[bytes]) -> None:
    with pytest.raises(BadMessage):
        Wire("").unpack(frames)


def test_a_repacked_message_is_signed_anew_and_keeps_its_buffers() -> None:
    wire = Wire("key")
    frames = wire.pack(wire.header("display_data"), {"data": {}}) + [b"buffer"]
    message = wire.unpack(frames)
    message.parts[1] = b'{"msg_id": "cell"}'
    assert wire.unpack(wire.repack(message)).parent == {"msg_id": "cell"}
    assert wire.repack(message)[-1] == b"buffer"
