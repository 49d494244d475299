"""What a stored notice says, read again from the raw document."""

from __future__ import annotations

from koopkracht.documents import api as documents
from koopkracht.exchange.notices.documents import read_notice, read_terms
from koopkracht.exchange.types import NoticeContent, NoticeIssue, NoticeTerm

__all__ = ["notice_content"]


def notice_content(*, organisation_id: int, sha256: str) -> NoticeContent:
    """Return every term of a stored notice with its Dutch label, and what was noticed while reading.

    Values about persons (contacts, beneficial owners, jury) are left out and counted. Raises ``DocumentNotFound``.
    """
    with documents.open_document(organisation_id=organisation_id, sha256=sha256) as stream:
        data = stream.read()
    notice = read_notice(data)
    terms = read_terms(data)
    shown = [term for term in terms if not term.personal]
    return NoticeContent(
        terms=tuple(NoticeTerm(term.block, term.number, term.label, term.value, term.qualifier) for term in shown),
        hidden_terms=len(terms) - len(shown),
        issues=tuple(NoticeIssue(issue.level, issue.code, issue.message, issue.pointer) for issue in notice.issues),
    )
