"""What is uploaded lies sealed until it is imported, and not for ever."""

import io
import os
import time
from pathlib import Path

import pytest

from candidates import photo_vault, vault
from tests.factories import foundation as f

ONE = f.id_number(1)


def test_a_pack_is_kept_sealed_in_pieces_and_found_again(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_vault, "PIECE", 1000)
    content = f"{ONE}.jpg".encode() * 300
    token = photo_vault.keep_photos(io.BytesIO(content))
    (kept,) = (media / "imports").iterdir()
    assert ONE.encode() not in kept.read_bytes()
    with photo_vault.open_photos(token) as found:
        assert found is not None
        assert found.read() == content
    damaged = bytearray(kept.read_bytes())
    damaged[20] ^= 1
    kept.write_bytes(bytes(damaged))
    with photo_vault.open_photos(token) as found:
        assert found is None
    photo_vault.drop_photos(token)
    with photo_vault.open_photos(token) as found:
        assert found is None


def test_uploads_nobody_imported_are_forgotten(media: Path) -> None:
    token = vault.keep_upload(b"names")
    (kept,) = (media / "imports").iterdir()
    assert vault.forget_uploads() == 0
    long_ago = time.time() - 30 * 24 * 3600
    os.utime(kept, (long_ago, long_ago))
    assert vault.forget_uploads() == 1
    assert vault.read_upload(token) is None
