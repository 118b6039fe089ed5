"""Two keys, two people: a master paper is an age file inside an age file.

The inner layer opens with the second holder's identity, the outer with the first's; either
alone yields nothing. Identities are kept sealed under their holder's passphrase (age, scrypt).
"""

import pyrage


class KeyRefusedError(ValueError):
    """A passphrase or a key does not open its layer; `holder` is 1 or 2."""

    def __init__(self, holder: int) -> None:
        self.holder = holder
        super().__init__(f"key {holder} does not open the seal")


def new_identity(passphrase: str) -> tuple[str, bytes]:
    """A fresh key pair: the public recipient, and the identity sealed under the passphrase."""
    identity = pyrage.x25519.Identity.generate()
    sealed = pyrage.passphrase.encrypt(str(identity).encode(), passphrase)
    return str(identity.to_public()), bytes(sealed)


def open_identity(sealed: bytes, passphrase: str, *, holder: int) -> pyrage.x25519.Identity:
    """Open a holder's identity (about two seconds: scrypt); raises `KeyRefusedError`."""
    try:
        text = pyrage.passphrase.decrypt(sealed, passphrase).decode()
    except pyrage.DecryptError as fault:
        raise KeyRefusedError(holder) from fault
    return pyrage.x25519.Identity.from_str(text)


def seal(content: bytes, *, first: str, second: str) -> bytes:
    """Seal for two recipients, one inside the other; equal recipients are refused."""
    if first == second:
        raise KeyRefusedError(2)
    inner = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(second)])
    return bytes(pyrage.encrypt(inner, [pyrage.x25519.Recipient.from_str(first)]))


def unseal(
    sealed: bytes, *, first: pyrage.x25519.Identity, second: pyrage.x25519.Identity
) -> bytes:
    """Open both layers with both opened identities; raises `KeyRefusedError`."""
    try:
        layer = pyrage.decrypt(sealed, [first])
    except pyrage.DecryptError as fault:
        raise KeyRefusedError(1) from fault
    try:
        return bytes(pyrage.decrypt(layer, [second]))
    except pyrage.DecryptError as fault:
        raise KeyRefusedError(2) from fault
