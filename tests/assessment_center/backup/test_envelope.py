"""The envelope and what lies in it: nothing is lost, nothing altered goes unnoticed."""

import io
import os
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from assessment_center.backup import envelope, making
from assessment_center.backup.container import PartReader, PartWriter
from assessment_center.backup.errors import BackupError, DamagedError, WrongPassphraseError
from assessment_center.backup.restoring import check_file

WORD = "correct horse battery"
QUICK = 4  # scrypt's cost in these tests


def sealed(data: bytes) -> bytes:
    out = io.BytesIO()
    writer = envelope.Writer(out, WORD, log_n=QUICK)
    for start in range(0, len(data), 300_000):
        writer.write(data[start : start + 300_000])
    writer.close()
    return out.getvalue()


def opened(file: bytes, word: str = WORD) -> bytes:
    return b"".join(envelope.open_blocks(io.BytesIO(file), word))


@pytest.mark.parametrize(
    "size", [0, 1, envelope.BLOCK - 1, envelope.BLOCK, envelope.BLOCK + 1, 2 * envelope.BLOCK]
)
def test_what_goes_in_comes_out(size: int) -> None:
    data = os.urandom(size)
    file = sealed(data)
    assert opened(file) == data
    assert data[:64] not in file or size < 16


def test_a_wrong_word_opens_nothing() -> None:
    with pytest.raises(WrongPassphraseError, match="什么都没有改变"):
        opened(sealed(b"x" * 100), "another word altogether")


@trying(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    file = bytearray(sealed(b"the rows of a small centre"))
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BackupError):
        opened(bytes(file))


@trying(max_examples=60, deadline=None)
@given(st.integers(0, 3 * envelope.BLOCK))
def test_any_lost_end_is_noticed(cut: int) -> None:
    file = _LONG
    with pytest.raises(BackupError):
        opened(file[: min(cut, len(file) - 1)])


def test_blocks_cannot_be_moved_left_out_or_added() -> None:
    blocks, place = [], envelope.HEADER
    while place < len(_LONG):
        (size,) = struct.unpack(">I", _LONG[place : place + 4])
        blocks.append(_LONG[place : place + 4 + size])
        place += 4 + size
    assert len(blocks) == 3
    head = _LONG[: envelope.HEADER]
    one, two, three = blocks
    for order in (
        (two, one, three),
        (one, three),
        (one, two),
        (one, two, three, three),
        (one, one),
    ):
        with pytest.raises(BackupError):
            opened(head + b"".join(order))


_LONG = sealed(os.urandom(2 * envelope.BLOCK + 77))


def test_costs_that_would_exhaust_the_machine_are_refused() -> None:
    file = bytearray(sealed(b""))
    file[len(envelope.MAGIC)] = 40
    with pytest.raises(DamagedError):
        opened(bytes(file))


def test_another_file_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("nothing of ours, but long enough to hold a header and more")
    with pytest.raises(DamagedError, match="不是本系统的备份文件"):
        check_file(path, WORD)
    with pytest.raises(BackupError, match="不能读取"):
        check_file(tmp_path / "none", WORD)


@trying(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.lists(st.binary(max_size=4000), max_size=5))))
def test_parts_come_back_as_they_were(parts: list[tuple[str, list[bytes]]]) -> None:
    out = io.BytesIO()
    writer = PartWriter(out)
    for name, pieces in parts:
        writer.part({"name": name}, pieces)
    writer.finish()
    packed = out.getvalue()
    blocks = (packed[i : i + 7] for i in range(0, len(packed), 7))
    read = [(h["name"], b"".join(data)) for h, data in PartReader(blocks).parts()]
    assert read == [(name, b"".join(pieces)) for name, pieces in parts]


def test_a_part_that_is_not_read_is_passed_over_and_bombs_come_in_small_portions() -> None:
    out = io.BytesIO()
    writer = PartWriter(out)
    writer.part({"name": "zeros"}, (bytes(1 << 18) for _ in range(80)))
    writer.part({"name": "last"}, [b"end"])
    writer.finish()
    reader = PartReader(iter([out.getvalue()]))
    largest = 0
    for heading, data in reader.parts():
        largest = max(largest, len(reader._ready))
        if heading["name"] == "last":
            assert list(data) == [b"end"]
    assert largest < 1 << 20


def test_a_weak_word_and_a_taken_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="至少 12 位"):
        making.make_backup(tmp_path / "x", "short")
    (tmp_path / "x").touch()
    with pytest.raises(BackupError, match="已存在"):
        making.make_backup(tmp_path / "x", WORD)
