"""Official files on disk: one folder per kind and version, with a manifest that names every file's hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from koopkracht.exchange.artefacts.types import Artefact, ArtefactKind

_MANIFEST = "manifest.json"


def current(kind: ArtefactKind) -> Artefact | None:
    """Return the artefact of this kind that was loaded last, or ``None``."""
    found = [artefact for artefact in everything() if artefact.kind is kind]
    return max(found, key=lambda artefact: artefact.loaded_at, default=None)


def everything() -> list[Artefact]:
    """Return every loaded artefact, newest first."""
    manifests = Path(settings.ARTEFACTS_ROOT).glob(f"*/*/{_MANIFEST}")
    found = [_artefact(path.parent, json.loads(path.read_text(encoding="utf-8"))) for path in manifests]
    return sorted(found, key=lambda artefact: artefact.loaded_at, reverse=True)


def changed_files(artefact: Artefact) -> list[str]:
    """Return the files that are gone or differ from what was loaded."""
    manifest = json.loads((artefact.folder / _MANIFEST).read_text(encoding="utf-8"))
    return [
        name
        for name, digest in sorted(manifest["files"].items())
        if not (artefact.folder / name).is_file() or _digest((artefact.folder / name).read_bytes()) != digest
    ]


def put(
    *, kind: ArtefactKind, version: str, files: Mapping[str, bytes], filename: str, sha256: str, loaded_at: dt.datetime
) -> Artefact:
    """Write the files under a temporary name and put them in place in one step; an equal version is replaced."""
    root = Path(settings.ARTEFACTS_ROOT) / kind.value
    root.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=root, prefix=".nieuw-"))
    try:
        manifest = {
            "version": version,
            "filename": filename,
            "sha256": sha256,
            "loaded_at": loaded_at.isoformat(),
            "files": {name: _digest(data) for name, data in sorted(files.items())},
        }
        for name, data in files.items():
            _write(temporary / name, data)
        _write(temporary / _MANIFEST, json.dumps(manifest, indent=1).encode())
        folder = root / version
        _replace(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return _artefact(folder, manifest)


def _artefact(folder: Path, manifest: Mapping[str, Any]) -> Artefact:
    return Artefact(
        kind=ArtefactKind(folder.parent.name),
        version=manifest["version"],
        folder=folder,
        filename=manifest["filename"],
        sha256=manifest["sha256"],
        loaded_at=dt.datetime.fromisoformat(manifest["loaded_at"]),
        files=len(manifest["files"]),
    )


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _replace(temporary: Path, folder: Path) -> None:
    if folder.exists():
        old = folder.with_name(f".oud-{folder.name}-{os.getpid()}")
        folder.rename(old)
        temporary.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    else:
        temporary.rename(folder)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
