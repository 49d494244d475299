"""Plan: what taking a received file over will do with each notice in it, compared with the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from koopkracht.dossiers import api as dossiers
from koopkracht.exchange.formats.notice_records import Issue, NoticeRecord
from koopkracht.exchange.models import ImportIssue
from koopkracht.exchange.notices.documents import NoticeDocument
from koopkracht.exchange.notices.translation import buyer_of, notice_key

__all__ = ["CHANGE", "CONFLICT", "CREATE", "REFUSED", "SKIP", "planned", "store_issues"]

CREATE, CHANGE, SKIP, CONFLICT, REFUSED = "create", "change", "skip", "conflict", "refused"
_SHOWN = 2000
_BATCH = 200
_SEVERITIES = {"error": "error", "warning": "warning", "info": "info"}


@dataclass(slots=True)
class Planning:
    """The plan as it grows: counts over everything, lines for what a person can still oversee."""

    counts: Counter[str]
    documents: list[dict[str, Any]]
    issues: list[tuple[str, Issue]]

    def as_json(self) -> dict[str, Any]:
        """Return the plan as it is stored with the receipt."""
        shown = sorted(self.documents, key=lambda line: line["outcome"] not in {CONFLICT, REFUSED})[:_SHOWN]
        return {
            "counts": dict(self.counts),
            "documents": sorted(shown, key=lambda line: line["name"]),
            "not_shown": max(0, len(self.documents) - _SHOWN),
        }


def planned(organisation_id: int, documents: Iterable[NoticeDocument], own_numbers: frozenset[str]) -> Planning:
    """Compare the documents with the register, a batch at a time."""
    planning = Planning(Counter(), [], [])
    seen: dict[tuple[str, str], str] = {}
    for batch in _batches(documents):
        numbers = [notice_key(document.notice, document.sha256)[0] for document in batch if document.notice]
        states = dossiers.notice_states(organisation_id=organisation_id, notice_ids=numbers)
        known = {key: state.document_hash for key, state in states.items()}
        versions = {number for number, _ in known}
        for document in batch:
            outcome = _outcome(document, known | seen, versions)
            if document.notice:
                seen.setdefault(notice_key(document.notice, document.sha256), document.sha256)
            _add(planning, document, outcome, own_numbers)
    return planning


def _batches(documents: Iterable[NoticeDocument]) -> Iterator[list[NoticeDocument]]:
    iterator = iter(documents)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _outcome(document: NoticeDocument, known: dict[tuple[str, str], str], versions: set[str]) -> str:
    notice = document.notice
    if notice is None:
        return REFUSED
    number, version = notice_key(notice, document.sha256)
    held = known.get((number, version))
    if held is not None:
        return SKIP if held == document.sha256 else CONFLICT
    return CHANGE if number in versions or notice.changed_notices else CREATE


def _add(planning: Planning, document: NoticeDocument, outcome: str, own_numbers: frozenset[str]) -> None:
    planning.counts["documents"] += 1
    planning.counts[outcome] += 1
    notice = document.notice
    line: dict[str, Any] = {"name": document.name, "sha256": document.sha256, "outcome": outcome}
    if notice is None:
        refusal = document.refusal
        line["message"] = refusal.message if refusal else ""
        planning.issues += [(document.name, refusal)] if refusal else []
    else:
        _, body, is_own = buyer_of(notice, own_numbers)
        line |= {
            "title": notice.title,
            "form_type": notice.form_type or "",
            "number": notice.publication_id or notice.notice_id,
            "version": notice.version,
            "buyer": body.name if body else "",
            "is_own": is_own,
            "lots": len(notice.lots),
            "results": len(notice.results),
            "contracts": len(notice.contracts),
            "warnings": sum(issue.level == "warning" for issue in notice.issues),
        }
        for name in ("lots", "results", "contracts"):
            planning.counts[name] += line[name]
        planning.counts["own"] += is_own
        planning.issues += [(document.name, issue) for issue in notice.issues]
        if outcome == CONFLICT:
            planning.issues.append((document.name, _conflict(notice)))
    planning.documents.append(line)


def _conflict(notice: NoticeRecord) -> Issue:
    return Issue(
        "error",
        "notice-other-content",
        f"Versie {notice.version} van deze aankondiging staat al in het register, met een andere inhoud. "
        "We nemen dit bestand niet over. Vergelijk de twee en verwijder het verkeerde.",
        notice.pointer,
    )


def store_issues(organisation_id: int, receipt_id: int, issues: list[tuple[str, Issue]]) -> None:
    """Replace the issues of a receipt by these; the column names the document in the archive."""
    ImportIssue.objects.of(organisation_id).filter(receipt_id=receipt_id).delete()
    ImportIssue.objects.bulk_create(
        (
            ImportIssue(
                organisation_id=organisation_id,
                receipt_id=receipt_id,
                severity=_SEVERITIES[issue.level],
                code=issue.code,
                message=issue.message,
                column=name[-200:],
                pointer=issue.pointer[:500],
            )
            for name, issue in issues
        ),
        batch_size=500,
    )
