"""A document that a form brings along: kept when it comes in, given back as a file."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.http import FileResponse

from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.shared.errors import Rejected
from koopkracht.web.ui.page import Request

FIELD = "file"


def stored(request: Request) -> str:
    """Keep the uploaded document and return its hash; nothing without a document.

    Raises ``Rejected`` at the field of the upload, so that a form can show why the document is refused.
    """
    file = request.FILES.get(FIELD)
    if file is None:
        return ""
    try:
        kept = documents.store(
            filename=file.name or "document",
            purpose=Purpose.EVIDENCE,
            stream=cast(BinaryIO, file.file),
            actor=request.actor,
        )
    except Rejected as error:
        raise Rejected(error.message, code=error.code, field=FIELD) from error
    return kept.sha256


def given_back(request: Request, sha256: str) -> FileResponse:
    """Return a kept document of this organisation as a file to save. Raises ``DocumentNotFound``."""
    organisation_id = request.actor.organisation_id
    known = documents.document(organisation_id=organisation_id, sha256=sha256)
    content = documents.open_document(organisation_id=organisation_id, sha256=sha256)
    return FileResponse(content, as_attachment=True, filename=known.filename, content_type=known.media_type)
