"""The centre's master key: from the environment, or made once under `var/` for a demo."""

import os
import secrets
from pathlib import Path


def load_key(folder: Path) -> bytes:
    """32 bytes; `ASSESSMENT_KEY` is 64 hexadecimal digits.

    A new key file is readable by its owner only.
    """
    given = os.environ.get("ASSESSMENT_KEY")
    if given:
        key = bytes.fromhex(given)
        if len(key) != 32:  # noqa: PLR2004
            message = "ASSESSMENT_KEY must be 64 hexadecimal digits"
            raise ValueError(message)
        return key
    path = folder / "centre.key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text().strip())
    with os.fdopen(handle, "w") as file:
        key = secrets.token_bytes(32)
        file.write(key.hex())
    return key
