"""ZIP and TAR guard: the list of contents is judged first, then each file is read with a hard limit, one at a time."""

from __future__ import annotations

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from koopkracht.shared.guards.kinds import FileKind, sniff
from koopkracht.shared.guards.reasons import HostileFile, too_large

_END_RECORD = b"PK\x05\x06"
_LOCAL_HEADER = 30
_NESTED = (".zip", ".tar", ".gz", ".tgz", ".xz", ".txz", ".bz2", ".7z", ".rar", ".zst")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_RATIO_FROM = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What one archive may hold; the defaults fit a year of invoices or notices of a town."""

    size: int = 512 << 20
    entries: int = 20_000
    member: int = 32 << 20
    total: int = 1 << 30
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of an archive."""

    name: str
    data: bytes


DEFAULT = ArchiveLimits()


def iterate_files(path: Path, filename: str, limits: ArchiveLimits = DEFAULT) -> Iterator[Member]:
    """Yield the files inside an archive, or the one file itself when it is not an archive."""
    with path.open("rb") as stream:
        kind = sniff(stream.read(4096), filename)
    if kind in (FileKind.ZIP, FileKind.TAR, FileKind.GZIP, FileKind.XZ):
        yield from iterate_archive(path, limits)
        return
    size = path.stat().st_size
    if size > limits.member:
        raise too_large(size, limits.member, "Dit bestand")
    yield Member(filename, path.read_bytes())


def check_archive(path: Path, limits: ArchiveLimits = DEFAULT) -> int:
    """Judge the whole archive without keeping its contents; the number of files in it."""
    return sum(1 for _ in iterate_archive(path, limits))


def iterate_archive(path: Path, limits: ArchiveLimits = DEFAULT) -> Iterator[Member]:
    """Yield each regular file; raise ``HostileFile`` at the first sign of a trap. Nothing is written to disk."""
    size = path.stat().st_size
    if size > limits.size:
        raise too_large(size, limits.size, "Dit archief")
    with path.open("rb") as stream:
        head = stream.read(4)
    try:
        yield from _zip_members(path, limits) if head.startswith(b"PK") else _tar_members(path, limits)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise HostileFile(
            "Dit archief is beschadigd of geen ZIP- of TAR-bestand. Maak het opnieuw.",
            code="guard.archive.damaged",
            reason=str(error)[:200],
        ) from None


def safe_entries(archive: zipfile.ZipFile, limits: ArchiveLimits) -> list[zipfile.ZipInfo]:
    """Return the entries of a ZIP after every check that needs only its list of contents."""
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise _too_many(limits)
    for entry in entries:
        _check_name(entry.filename)
        _check_entry(entry, limits)
    if sum(entry.file_size for entry in entries) > limits.total:
        raise too_large(sum(entry.file_size for entry in entries), limits.total, "De inhoud van dit archief")
    _check_overlap(entries)
    return [entry for entry in entries if not entry.is_dir()]


def open_zip(path: Path, limits: ArchiveLimits) -> zipfile.ZipFile:
    """Open a ZIP after a look at its end record, so that a list of a million names is never built."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 66_000))
        tail = stream.read()
    end = tail.rfind(_END_RECORD)
    count = int.from_bytes(tail[end + 10 : end + 12], "little") if end >= 0 else 0
    if count > limits.entries:
        raise _too_many(limits)
    return zipfile.ZipFile(path)


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Inflate one entry; more bytes than its header says is a trap."""
    with archive.open(entry) as stream:
        data = stream.read(min(limit, entry.file_size) + 1)
    if len(data) > limit or len(data) != entry.file_size:
        raise HostileFile(
            f"Het bestand “{_shown(entry.filename)}” in dit archief is groter dan het archief zelf zegt.",
            code="guard.archive.lie",
        )
    return data


def _zip_members(path: Path, limits: ArchiveLimits) -> Iterator[Member]:
    with open_zip(path, limits) as archive:
        for entry in safe_entries(archive, limits):
            _check_nested(entry.filename)
            data = read_entry(archive, entry, limits.member)
            _check_nested(entry.filename, data)
            yield Member(entry.filename, data)


def _check_entry(entry: zipfile.ZipInfo, limits: ArchiveLimits) -> None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _link(entry.filename)
    if entry.flag_bits & 0x1:
        raise HostileFile(
            "Dit archief is met een wachtwoord beveiligd. Laad het zonder wachtwoord op.",
            code="guard.archive.encrypted",
        )
    if entry.compress_type not in _METHODS:
        raise HostileFile(
            "Dit archief gebruikt een ongewone manier van inpakken. Maak een gewoon ZIP-bestand.",
            code="guard.archive.method",
        )
    if entry.file_size > limits.member:
        raise too_large(entry.file_size, limits.member, f"Het bestand “{_shown(entry.filename)}” in dit archief")
    if entry.file_size > _RATIO_FROM and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        raise _bomb()


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Two entries that share packed bytes are the mark of a bomb that inflates the same bytes over and over."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise HostileFile(
                "In dit archief delen verschillende bestanden dezelfde bytes; zo wordt een archief gemaakt dat een "
                "server moet overladen. Wij openen het niet.",
                code="guard.archive.overlap",
            )
        end = entry.header_offset + _LOCAL_HEADER + len(entry.orig_filename.encode()) + entry.compress_size


def _tar_members(path: Path, limits: ArchiveLimits) -> Iterator[Member]:
    packed = path.stat().st_size
    total = 0
    with tarfile.open(path, mode="r|*") as archive:
        for count, entry in enumerate(archive, start=1):
            if count > limits.entries:
                raise _too_many(limits)
            _check_name(entry.name)
            if entry.isdir():
                continue
            _check_tar_entry(entry, limits)
            total += entry.size
            if total > limits.total or (total > 100 * _RATIO_FROM and total > limits.ratio * packed):
                raise _bomb()
            yield _tar_member(archive.extractfile(entry), entry)


def _check_tar_entry(entry: tarfile.TarInfo, limits: ArchiveLimits) -> None:
    if entry.issym() or entry.islnk():
        raise _link(entry.name)
    if not entry.isfile():
        raise HostileFile(
            f"“{_shown(entry.name)}” in dit archief is geen gewoon bestand.", code="guard.archive.special_file"
        )
    if entry.size > limits.member:
        raise too_large(entry.size, limits.member, f"Het bestand “{_shown(entry.name)}” in dit archief")
    _check_nested(entry.name)


def _tar_member(stream: IO[bytes] | None, entry: tarfile.TarInfo) -> Member:
    data = stream.read(entry.size) if stream else b""
    _check_nested(entry.name, data)
    return Member(entry.name, data)


def _check_name(name: str) -> None:
    plain = name.replace("\\", "/")
    parts = PurePosixPath(plain).parts
    if plain.startswith("/") or ".." in parts or ":" in plain[:3] or any(ord(sign) < 32 for sign in plain):
        raise HostileFile(
            f"Het archief bevat een bestand met een onveilige naam (“{_shown(name)}”) "
            "dat buiten zijn map wil schrijven.",
            code="guard.archive.path",
        )


def _check_nested(name: str, data: bytes = b"") -> None:
    packed = name.lower().endswith(_NESTED) or (
        data[:6] and sniff(data[:4096], name) in (FileKind.ZIP, FileKind.GZIP, FileKind.XZ, FileKind.TAR)
    )
    if packed:
        raise HostileFile(
            f"Dit archief bevat zelf een archief (“{_shown(name)}”). Pak dat eerst uit.", code="guard.archive.nested"
        )


def _link(name: str) -> HostileFile:
    return HostileFile(
        f"“{_shown(name)}” in dit archief is een verwijzing naar een ander bestand. Voeg het bestand zelf toe.",
        code="guard.archive.link",
    )


def _bomb() -> HostileFile:
    return HostileFile(
        "Dit archief wordt bij het uitpakken honderden keren groter; zo ziet een bestand eruit dat een server moet "
        "overladen. Wij openen het niet.",
        code="guard.archive.bomb",
    )


def _too_many(limits: ArchiveLimits) -> HostileFile:
    return HostileFile(
        f"Dit archief bevat meer dan {limits.entries} bestanden. Splits het in kleinere archieven.",
        code="guard.archive.entries",
    )


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[-80:]
