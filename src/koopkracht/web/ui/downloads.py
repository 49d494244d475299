"""Files that a page sends: a name that is safe everywhere, and never shown as a page of ours."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify

from koopkracht.documents import api as documents
from koopkracht.documents.api import Paper
from koopkracht.shared.errors import NotFound

_NAME_LIMIT = 80


def safe_filename(name: str, suffix: str) -> str:
    """Return a file name of letters, digits and hyphens, whatever ``name`` holds."""
    return f"{slugify(name)[:_NAME_LIMIT].strip('-') or 'document'}.{suffix}"


def download(content: bytes, *, name: str, suffix: str, media_type: str) -> HttpResponse:
    """Return an answer that a browser saves as a file."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{safe_filename(name, suffix)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def paper_download(paper: Paper, *, suffix: str, name: str = "") -> HttpResponse:
    """Return a paper as ``docx`` or ``pdf``. Raises ``NotFound`` for another suffix."""
    if suffix == "docx":
        content, media_type = documents.paper_docx(paper), documents.DOCX
    elif suffix == "pdf":
        content, media_type = documents.paper_pdf(paper), documents.PDF
    else:
        raise NotFound("Dit document bestaat niet in die vorm.", code="paper-kind-unknown", kind=suffix)
    return download(content, name=name or paper.title, suffix=suffix, media_type=media_type)
