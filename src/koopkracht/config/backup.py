"""One file with everything: the database as of one moment, the documents, the facts and the key.

Files are written before the rows that name them are committed, so a copy of the files that is made after the copy of
the database holds at least everything the database knows. Each member is listed with its hash; a restore checks all
of them before it touches anything.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from koopkracht import __version__
from koopkracht.shared import clock
from koopkracht.shared.errors import ConfigurationError, Conflict, Rejected

FORMAT = 1
FOLDERS = ("documents", "lake", "artefacts")
MANIFEST = "manifest.json"
SQLITE_MEMBER, POSTGRES_MEMBER = "database.sqlite3", "database.pgdump"


def create(target: Path) -> dict[str, Any]:
    """Write the backup to ``target`` (never over an existing file) and return its summary; raises ``Conflict``."""
    if target.exists():
        raise Conflict(f"{target} bestaat al. Kies een andere naam; er is niets overschreven.", code="backup-exists")
    home = Path(settings.HOME)
    partial = target.with_name(target.name + ".partial")
    try:
        summary = _write(partial, home)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return summary


def _write(partial: Path, home: Path) -> dict[str, Any]:
    """Write the archive, readable by its owner only: it holds everything, the key included."""
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    with tempfile.TemporaryDirectory(dir=home) as scratch, tarfile.open(partial, "w:gz", compresslevel=1) as archive:
        members = [_add(archive, _dump_database(Path(scratch)))]
        members += [_add(archive, (path, str(path.relative_to(home)))) for path in _files(home)]
        summary = {
            "format": FORMAT,
            "version": __version__,
            "made_at": clock.now().isoformat(timespec="seconds"),
            "files": len(members),
            "bytes": sum(member["size"] for member in members),
            "members": members,
        }
        text = json.dumps(summary).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    _flush(partial)
    return summary


def restore(source: Path) -> dict[str, Any]:
    """Put a backup back into an empty installation and return its summary.

    Raises ``Rejected`` for a file that is not whole, and ``Conflict`` when there is data already.
    """
    home = Path(settings.HOME)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_existing_data(home)
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        unpacked = Path(scratch)
        summary = _unpack(source, unpacked)
        _load_database(unpacked)
        for name in (*FOLDERS, "secret.key"):
            if (unpacked / name).exists():
                _replace(unpacked / name, home / name)
    return summary


def _files(home: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (home / folder).rglob("*") if path.is_file() and not _is_passing(path))
    if (home / "secret.key").exists():
        yield home / "secret.key"


def _is_passing(path: Path) -> bool:
    """Tell whether a file is still being written; it may be gone before its turn comes, and no row names it."""
    return path.parent.name == "tmp" or path.suffix == ".part"


def _add(archive: tarfile.TarFile, named: tuple[Path, str]) -> dict[str, Any]:
    path, name = named
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    archive.add(path, arcname=name)
    return {"name": name, "size": path.stat().st_size, "sha256": digest}


def _dump_database(scratch: Path) -> tuple[Path, str]:
    if connection.vendor == "sqlite":
        path = scratch / SQLITE_MEMBER
        with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as live, sqlite3.connect(path) as copy:
            live.backup(copy)
        copy.close()
        live.close()
        return path, SQLITE_MEMBER
    path = scratch / POSTGRES_MEMBER
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={path}")
    return path, POSTGRES_MEMBER


def _load_database(unpacked: Path) -> None:
    name = SQLITE_MEMBER if connection.vendor == "sqlite" else POSTGRES_MEMBER
    if not (unpacked / name).exists():
        raise Rejected(
            "Deze reservekopie komt van een ander soort database. Stel DATABASE_URL in zoals toen.",
            code="backup-other-database",
        )
    connection.close()
    if connection.vendor == "sqlite":
        database = Path(settings.DATABASES["default"]["NAME"])
        for leftover in (Path(f"{database}-wal"), Path(f"{database}-shm")):
            leftover.unlink(missing_ok=True)
        _replace(unpacked / name, database)
    else:
        _postgres(
            "pg_restore",
            "--no-owner",
            "--clean",
            "--if-exists",
            "--single-transaction",
            f"--dbname={settings.DATABASES['default']['NAME']}",
            str(unpacked / name),
        )


def _postgres(*command: str) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise ConfigurationError(
            f"Het programma {command[0]} van PostgreSQL staat niet op deze machine.", code="no-pg-tools"
        )
    database = settings.DATABASES["default"]
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    values = {name: str(database[key]) for name, key in given.items() if database.get(key)}
    done = subprocess.run(  # noqa: S603 - a fixed program of PostgreSQL with our own settings
        [program, *command[1:]], env={**os.environ, **values}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ConfigurationError(f"{command[0]} lukte niet: {done.stderr.strip()[:300]}", code="pg-tool-failed")


def _refuse_existing_data(home: Path) -> None:
    from koopkracht.accounts import api as accounts

    if any((home / folder).is_dir() and any((home / folder).iterdir()) for folder in FOLDERS):
        raise Conflict(
            f"In {home} staan al gegevens. Zet een reservekopie terug in een lege map (KOOPKRACHT_HOME).",
            code="restore-not-empty",
        )
    if "accounts_organisation" in connection.introspection.table_names() and accounts.organisations():
        raise Conflict("In de database staan al gegevens. Gebruik een lege database.", code="restore-not-empty")


def _unpack(source: Path, target: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(target, filter="data")
        summary: dict[str, Any] = json.loads((target / MANIFEST).read_bytes())
    except (OSError, tarfile.TarError, ValueError, EOFError) as error:
        raise Rejected(f"{source} is geen volledige reservekopie: {error}", code="backup-unreadable") from error
    if summary.get("format") != FORMAT:
        raise Rejected("Deze reservekopie is van een nieuwere versie van Koopkracht.", code="backup-newer")
    for member in summary["members"]:
        path = target / member["name"]
        if not path.is_file():
            raise Rejected(f"In de reservekopie ontbreekt {member['name']}.", code="backup-damaged")
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != member["sha256"]:
                raise Rejected(f"In de reservekopie is {member['name']} beschadigd.", code="backup-damaged")
    return summary


def _replace(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        target.rmdir()
    source.rename(target)


def _flush(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
