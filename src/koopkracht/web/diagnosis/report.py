"""The diagnosis on paper and as a workbook, with the same figures as the pages."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from koopkracht.monitoring import api as monitoring
from koopkracht.monitoring.types import Overview
from koopkracht.shared import clock
from koopkracht.shared.errors import NotFound
from koopkracht.web.diagnosis import paper
from koopkracht.web.diagnosis.address import Period
from koopkracht.web.ui.exports import XlsxExport
from koopkracht.web.ui.page import Request, page


@page("spend.export")
def pdf(request: Request) -> HttpResponse:
    """Return the report as a tagged PDF."""
    content = paper.pdf(paper.report_of(_found(request), organisation_id=request.actor.organisation_id))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{_filename("pdf")}"'
    return answer


@page("spend.export")
def xlsx(request: Request) -> HttpResponseBase:
    """Return the figures as a workbook, one sheet per breakdown."""
    file = paper.xlsx(paper.report_of(_found(request), organisation_id=request.actor.organisation_id))
    return FileResponse(file, as_attachment=True, filename=_filename("xlsx"), content_type=XlsxExport.media_type)


def _found(request: Request) -> Overview:
    period = Period.of(request.GET)
    found = monitoring.overview(organisation_id=request.actor.organisation_id, year=period.year, compare=period.compare)
    if found.figures is None:
        raise NotFound(
            _("Er zijn nog geen cijfers om een rapport van te maken. Laad eerst uitgaven in."), code="no-figures"
        )
    return found


def _filename(suffix: str) -> str:
    return f"diagnose-{clock.today():%Y-%m-%d}.{suffix}"
