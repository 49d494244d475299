"""The documents of an upload with their verdicts, judged batch by batch in a child process.

Official rules run in a native library; a child keeps the web worker alive whatever a document does to it. The parent
opens the archive (its guard is plain Python), writes a batch to a scratch file, and gets frozen records back.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from koopkracht.documents import api as documents
from koopkracht.documents.api import SandboxLimits
from koopkracht.exchange.formats.ubl_batch import JudgedDocument, judge_document
from koopkracht.exchange.formats.ubl_rules import LoadedRules
from koopkracht.shared.guards import HostileFile, Member, iterate_files

_BATCH = 200
_LIMITS = SandboxLimits(memory=2 << 30, seconds=120, address_space=False)
_ALONE = SandboxLimits(memory=2 << 30, seconds=30, address_space=False)


def judged_documents(path: Path, filename: str, rules: LoadedRules) -> Iterator[tuple[Member, JudgedDocument]]:
    """Yield each document of a file or archive with its verdict. Raises ``HostileFile`` for a dangerous archive."""
    members = (member for member in iterate_files(path, filename) if not _is_layout(member.name))
    while batch := list(islice(members, _BATCH)):
        yield from zip(batch, judged_batch(batch, rules), strict=True)


def judged_batch(batch: list[Member], rules: LoadedRules) -> list[JudgedDocument]:
    """Judge a batch; when it brings the child down, each document is tried alone, so that one bad one stands out."""
    if not rules.schematron and not rules.schemas:
        return [judge_document(member.name, member.data, rules) for member in batch]
    try:
        return _in_child(batch, rules, _LIMITS)
    except HostileFile as error:
        if len(batch) == 1:
            return [_refused(batch[0], error)]
        return [each for member in batch for each in _alone(member, rules)]


def _alone(member: Member, rules: LoadedRules) -> list[JudgedDocument]:
    try:
        return _in_child([member], rules, _ALONE)
    except HostileFile as error:
        return [_refused(member, error)]


def _refused(member: Member, error: HostileFile) -> JudgedDocument:
    sha256 = hashlib.sha256(member.data).hexdigest()
    return JudgedDocument(name=member.name, sha256=sha256, verdict=None, refusal_code=error.code, refusal=error.message)


def _in_child(batch: list[Member], rules: LoadedRules, limits: SandboxLimits) -> list[JudgedDocument]:
    with tempfile.TemporaryDirectory(prefix="koopkracht-") as folder:
        path = Path(folder) / "batch.zip"
        _write(path, batch)
        judged: list[JudgedDocument] = documents.run_sandboxed(
            "koopkracht.exchange.formats.ubl_batch:judge_batch",
            arguments={
                "path": str(path),
                "schematron": {name: str(file) for name, file in rules.schematron.items()},
                "schemas": str(rules.schemas) if rules.schemas else None,
                "versions": dict(rules.versions),
            },
            limits=limits,
        )
    return judged


def _write(path: Path, batch: Iterable[Member]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number, member in enumerate(batch):
            archive.writestr(f"{number}", member.data)


def _is_layout(name: str) -> bool:
    """Tell whether a file only belongs to the archive: hidden files, and folders of macOS."""
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
