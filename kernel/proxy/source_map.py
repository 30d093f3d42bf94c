"""Source maps (https://tc39.es/ecma426), as far as lines need them."""

from __future__ import annotations

import base64
import json
from typing import Optional

DIGITS = {digit: value for value, digit in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}


class Lines:
    """For each line of JavaScript, its segments: the column where one begins, and the original line, both from 1."""

    def __init__(self, mappings: str) -> None:
        self._segments: list[list[tuple[int, int]]] = []
        original = 0
        for line in mappings.split(";"):
            column = 0
            segments: list[tuple[int, int]] = []
            for segment in filter(None, line.split(",")):
                fields = decode(segment)
                column += fields[0]
                if len(fields) >= 4:
                    original += fields[2]
                    segments.append((column + 1, original + 1))
            self._segments.append(segments)

    def original(self, line: int, column: int) -> Optional[int]:
        """The original line of a place in the JavaScript; None where nothing is known of it."""
        if not 1 <= line <= len(self._segments) or not self._segments[line - 1]:
            return None
        segments = self._segments[line - 1]
        before = [at for start, at in segments if start <= column]
        return before[-1] if before else segments[0][1]


def decode(text: str) -> list[int]:
    """Base64 variable-length quantities: five bits a digit, least significant first, the sign in the lowest bit."""
    values: list[int] = []
    value = shift = 0
    for digit in text:
        bits = DIGITS[digit]
        value |= (bits & 31) << shift
        if bits & 32:
            shift += 5
            continue
        values.append(-(value >> 1) if value & 1 else value >> 1)
        value = shift = 0
    return values


def read_inline(javascript: str) -> Lines:
    """The source map at the end of a JavaScript text. Raises ValueError if there is none."""
    _, mark, encoded = javascript.rpartition("sourceMappingURL=data:application/json;base64,")
    if not mark:
        raise ValueError("no inline source map")
    return Lines(json.loads(base64.b64decode(encoded.strip()))["mappings"])
