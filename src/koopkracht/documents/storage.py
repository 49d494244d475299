"""Files on disk under their hash: streamed to a temporary file, synced, renamed; never a half file under its name."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from koopkracht.documents.errors import FileRefused
from koopkracht.shared.guards.reasons import too_large

_READ_SIZE = 1 << 20
_STAGED = "tmp"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Staged:
    """Bytes that came in and are on disk under a temporary name."""

    path: Path
    sha256: str
    size: int
    head: bytes


def path_of(sha256: str) -> Path:
    """Return where a file with this hash is kept, whether or not it exists."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return Path(settings.DOCUMENTS_ROOT) / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def staged(stream: BinaryIO, *, limit: int) -> Iterator[Staged]:
    """Copy a stream to a temporary file, hashing as it passes; stop at the limit. The copy is gone after the block.

    Raises ``HostileFile`` above the limit and ``FileRefused`` for an empty file. Memory does not grow with the file.
    """
    folder = Path(settings.DOCUMENTS_ROOT) / _STAGED
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            received = _copy(stream, target, path, limit)
        yield received
    finally:
        path.unlink(missing_ok=True)


def publish(file: Staged) -> Path:
    """Give the file its final name, durably; a file that is already there stays as it is."""
    final = path_of(file.sha256)
    if final.exists():
        return final
    final.parent.mkdir(parents=True, exist_ok=True)
    file.path.chmod(0o440)
    file.path.rename(final)
    for folder in (final.parent, final.parent.parent, final.parent.parent.parent):
        _sync_folder(folder)
    return final


def sweep(*, older_than_seconds: float) -> int:
    """Remove temporary files that nobody wrote to for a while: a process that was killed left them. Return how many."""
    removed = 0
    for path in (Path(settings.DOCUMENTS_ROOT) / _STAGED).glob("*"):
        try:
            if time.time() - path.stat().st_mtime >= older_than_seconds:
                path.unlink()
                removed += 1
        except FileNotFoundError:  # its own process was faster
            continue
    return removed


def _copy(stream: BinaryIO, target: BinaryIO, path: Path, limit: int) -> Staged:
    digest = hashlib.sha256()
    size = 0
    head = b""
    while chunk := stream.read(_READ_SIZE):
        size += len(chunk)
        if size > limit:
            raise too_large(size, limit, "Dit bestand")
        digest.update(chunk)
        target.write(chunk)
        head = head or chunk[:4096]
    if not size:
        raise FileRefused("Dit bestand is leeg. Kies een ander bestand.", code="document-empty")
    target.flush()
    os.fsync(target.fileno())
    return Staged(path=path, sha256=digest.hexdigest(), size=size, head=head)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
