"""Reads of the document store."""

from __future__ import annotations

from pathlib import Path

from koopkracht.documents import storage
from koopkracht.documents.errors import DocumentNotFound
from koopkracht.documents.models import Document
from koopkracht.documents.types import DocumentRef, Purpose
from koopkracht.shared.guards import FileKind


def ref_of(document: Document, *, is_new: bool = False) -> DocumentRef:
    """Return the row as it crosses the border."""
    return DocumentRef(
        id=document.pk,
        organisation_id=document.organisation_id,
        sha256=document.sha256,
        size=document.size,
        filename=document.filename,
        media_type=document.media_type,
        kind=FileKind(document.kind),
        purpose=Purpose(document.purpose),
        stored_at=document.stored_at,
        is_new=is_new,
    )


def find(organisation_id: int, sha256: str) -> DocumentRef:
    """Return the file of this organisation with this hash. Raises ``DocumentNotFound``."""
    document = Document.objects.of(organisation_id).filter(sha256=sha256).order_by("pk").first()
    if document is None:
        raise DocumentNotFound("Dit bestand bestaat niet.", code="document-not-found")
    return ref_of(document)


def path_of(organisation_id: int, sha256: str) -> Path:
    """Return where the bytes are. Raises ``DocumentNotFound``, also when they are gone from the disk."""
    path = storage.path_of(find(organisation_id, sha256).sha256)
    if not path.is_file():
        raise DocumentNotFound("Dit bestand staat niet meer op de schijf.", code="document-lost", sha256=sha256)
    return path
