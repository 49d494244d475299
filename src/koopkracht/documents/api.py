"""The door of documents: files in, checked before they are kept under their hash, and paper out. Keep it small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from koopkracht.documents import actions, queries, sandbox, storage
from koopkracht.documents.paper import docx_writer, html_writer, pdf_writer, templates
from koopkracht.documents.paper.model import Paper
from koopkracht.documents.sandbox import SandboxLimits
from koopkracht.documents.types import MEDIA_TYPES, DocumentRef, Purpose
from koopkracht.shared.actor import Actor
from koopkracht.shared.guards import FileKind

__all__ = [
    "DOCX",
    "PDF",
    "Paper",
    "SandboxLimits",
    "document",
    "limit_of",
    "open_document",
    "paper",
    "paper_docx",
    "paper_example",
    "paper_fragment",
    "paper_html",
    "paper_pdf",
    "paper_templates",
    "path_of",
    "pdf",
    "run_sandboxed",
    "store",
    "sweep",
]

DOCX = MEDIA_TYPES[FileKind.DOCX]
PDF = MEDIA_TYPES[FileKind.PDF]


def store(
    *,
    filename: str,
    purpose: Purpose | str,
    data: bytes | None = None,
    stream: BinaryIO | None = None,
    actor: Actor | None = None,
    organisation_id: int | None = None,
) -> DocumentRef:
    """Keep a file and return where it is; the same bytes for the same purpose twice give the same row back.

    Give ``data`` or ``stream`` (read in pieces, so a file of gigabytes is refused without filling the memory) and
    ``actor``, or ``organisation_id`` when the system acts. The kind is told from the content, never from the name.
    Raises ``FileRefused`` (empty, too large, wrong kind), ``HostileFile``, ``InfectedFile``, ``ScannerUnavailable``.
    The caller has checked the permission of its own use case.
    """
    if (data is None) == (stream is None):
        raise TypeError("give data or stream")
    if actor is None:
        if organisation_id is None:
            raise TypeError("give actor or organisation_id")
        actor = Actor(organisation_id=organisation_id, label="systeem")
    source = stream if stream is not None else data or b""
    return actions.store(actor=actor, source=source, filename=filename, purpose=Purpose(purpose))


def document(*, organisation_id: int, sha256: str) -> DocumentRef:
    """Return what is known of a stored file. Raises ``DocumentNotFound``."""
    return queries.find(organisation_id, sha256)


def open_document(*, organisation_id: int, sha256: str) -> BinaryIO:
    """Open a stored file for reading. Raises ``DocumentNotFound``."""
    return path_of(organisation_id=organisation_id, sha256=sha256).open("rb")


def path_of(*, organisation_id: int, sha256: str) -> Path:
    """Return the path of a stored file, for readers that need one; never write to it. Raises ``DocumentNotFound``."""
    return queries.path_of(organisation_id, sha256)


def sweep(*, older_than_seconds: float = 86_400.0) -> int:
    """Remove what a killed process left half received, and return how many files that were."""
    return storage.sweep(older_than_seconds=older_than_seconds)


def limit_of(*, purpose: Purpose | str) -> int:
    """Return how many bytes a file for this purpose may have."""
    return actions.limit_of(Purpose(purpose))


def run_sandboxed(function: str, *, arguments: Mapping[str, Any], limits: SandboxLimits = sandbox.DEFAULT) -> Any:
    """Call one of our own functions (``koopkracht.module:name``) in a child process with limits.

    Arguments are plain JSON; the answer is plain values, dates, decimals and our own frozen records. Raises
    ``HostileFile`` when the function refuses the file, takes too much memory or time, or crashes.
    """
    return sandbox.run(function, arguments=arguments, limits=limits)


def paper(
    *, template: str, values: Mapping[str, Any], title: str = "", author: str = "", date: dt.date | None = None
) -> Paper:
    """Return a paper: the template ``content/documents/<template>.md`` filled in with ``values``.

    Values are plain text, dates, decimals, or lists and mappings of those; text of people stays text, whatever signs
    are in it. ``title`` replaces that of the template; ``author`` and ``date`` are properties of the files. Raises
    ``PaperFault`` when the template does not exist or a value is missing.
    """
    return templates.fill(templates.template(template), values, title=title, author=author, date=date)


def paper_docx(paper: Paper) -> bytes:
    """Return a paper as a Word document with real styles; the same paper gives the same bytes."""
    return docx_writer.docx(paper)


def paper_pdf(paper: Paper) -> bytes:
    """Return a paper as a tagged PDF (PDF/UA-1)."""
    return pdf_writer.pdf(html_writer.page(paper))


def paper_html(paper: Paper) -> str:
    """Return a paper as a whole HTML page that needs nothing from anywhere."""
    return html_writer.page(paper)


def paper_fragment(paper: Paper, *, level: int = 2) -> str:
    """Return only the contents as safe HTML, to show within a page; ``level`` is that of its title."""
    return html_writer.contents(paper, level=level)


def paper_templates() -> tuple[str, ...]:
    """Return the codes of all templates of papers."""
    return templates.codes()


def paper_example(*, template: str) -> Mapping[str, Any]:
    """Return the example values that belong to a template."""
    return templates.example(template)


def pdf(*, html: str) -> bytes:
    """Return a page of HTML as a tagged PDF; nothing is fetched from anywhere."""
    return pdf_writer.pdf(html)
