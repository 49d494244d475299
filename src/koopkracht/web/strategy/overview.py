"""The landing page of the strategy: the whole chain on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("strategy.view")
def overview(request: Request) -> HttpResponse:
    """Show where the organisation stands and the next step."""
    return render(request, "strategy/overview.html", {})
