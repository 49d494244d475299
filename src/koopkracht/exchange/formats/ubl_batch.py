"""Judge a batch of invoices in one go: what the child process runs, one verdict or refusal per document."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from koopkracht.exchange.formats.ubl_rules import LoadedRules, Verdict, judge
from koopkracht.shared.errors import Rejected

__all__ = ["JudgedDocument", "judge_batch", "judge_document"]


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """One file of an upload: the verdict on the invoice in it, or why there is no invoice to judge."""

    name: str
    sha256: str
    verdict: Verdict | None
    refusal_code: str = ""
    refusal: str = ""


def judge_document(name: str, data: bytes, rules: LoadedRules) -> JudgedDocument:
    """Judge one document; a file that is no invoice is refused by itself."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return JudgedDocument(name=name, sha256=sha256, verdict=judge(data, rules))
    except Rejected as error:
        return JudgedDocument(name=name, sha256=sha256, verdict=None, refusal_code=error.code, refusal=error.message)


def judge_batch(
    *, path: str, schematron: Mapping[str, str], schemas: str | None, versions: Mapping[str, str]
) -> list[JudgedDocument]:
    """Judge every document in a plain ZIP that our own process wrote, in its order."""
    rules = LoadedRules(
        schematron={name: Path(file) for name, file in schematron.items()},
        schemas=Path(schemas) if schemas else None,
        versions=dict(versions),
    )
    with zipfile.ZipFile(path) as archive:
        return [judge_document(entry.filename, archive.read(entry), rules) for entry in archive.infolist()]
