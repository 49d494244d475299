"""Managing signed links: which ones are out, how often they were used, and withdrawing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.web.ui.page import page, render


@page("links.manage")
@require_GET
def links(request: Any) -> HttpResponse:
    """List the links of the organisation."""
    return render(request, "accounts/links.html", {"links": accounts.signed_links(actor=request.actor)})


@page("links.manage")
@require_POST
def revoke(request: Any, link_id: int) -> HttpResponse:
    """Withdraw a link."""
    accounts.revoke_signed_link(actor=request.actor, link_id=link_id)
    messages.success(request, gettext("De link is ingetrokken en werkt niet meer."))
    return redirect("signed-links")
