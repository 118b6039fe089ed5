"""What lies in the envelope: parts one after the other, each a heading and a stream of bytes."""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from assessment_center.backup.errors import DamagedError

LENGTH = struct.Struct(">I")
LARGEST = 1 << 26
PIECE = 1 << 18
LEVEL = 3


class Sink(Protocol):
    def write(self, data: bytes, /) -> object: ...


class PartWriter:
    """Writes parts, deflated, into a sink; `finish` flushes what is left."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._deflate = zlib.compressobj(LEVEL)

    def part(self, heading: dict[str, Any], data: Iterable[bytes] = ()) -> None:
        text = json.dumps(heading, ensure_ascii=False, separators=(",", ":")).encode()
        self._put(LENGTH.pack(len(text)) + text)
        for piece in data:
            if piece:
                self._put(LENGTH.pack(len(piece)) + piece)
        self._put(LENGTH.pack(0))

    def finish(self) -> None:
        self._sink.write(self._deflate.flush())

    def _put(self, data: bytes) -> None:
        packed = self._deflate.compress(data)
        if packed:
            self._sink.write(packed)


class PartReader:
    """Reads parts from plain blocks; a part must be read through before the next."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._inflate = zlib.decompressobj()
        self._ready = bytearray()
        self._open = False

    def parts(self) -> Iterator[tuple[dict[str, Any], Iterator[bytes]]]:
        while (text := self._piece(first=True)) is not None:
            heading: dict[str, Any] = json.loads(text)
            self._open = True
            data = self._data()
            yield heading, data
            for _unread in data:
                pass

    def _data(self) -> Iterator[bytes]:
        while self._open:
            piece = self._piece()
            if not piece:
                self._open = False
                return
            yield piece

    def _piece(self, *, first: bool = False) -> bytes | None:
        length = self._take(LENGTH.size, may_end=first)
        if length is None:
            return None
        (size,) = LENGTH.unpack(length)
        if size > LARGEST:
            raise DamagedError
        return self._take(size)

    def _take(self, size: int, *, may_end: bool = False) -> bytes | None:
        while len(self._ready) < size:
            if self._inflate.unconsumed_tail:
                self._ready += self._inflate.decompress(self._inflate.unconsumed_tail, PIECE)
                continue
            block = next(self._blocks, None)
            if block is None:
                rest = self._inflate.flush()
                if rest:
                    self._ready += rest
                    continue
                if may_end and not self._ready:
                    return None
                raise DamagedError
            self._ready += self._inflate.decompress(block, PIECE)
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken
