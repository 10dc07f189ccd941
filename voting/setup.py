"""The first start: folders, secrets and an empty database, each made once and never overwritten."""

import os
from collections.abc import Callable
from pathlib import Path


def make_folder(folder: Path, token: Callable[[int], bytes]) -> tuple[str, ...]:
    """Make what is missing in *folder*; the answer names what was made.

    Shape   ``keys/`` and ``anchors/``, a passphrase of 256 bits in one line, a secret of 32 bytes;
            all readable by the owner only.
    """
    made = []
    for name in ("", "keys", "anchors"):
        path = folder / name
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True)
            made.append(str(path))
    for name, content in (("passphrase", token(32).hex().encode() + b"\n"), ("secret", token(32))):
        path = folder / name
        if not path.exists():
            _write(path, content)
            made.append(str(path))
    return tuple(made)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
