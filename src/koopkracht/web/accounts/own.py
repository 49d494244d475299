"""The own account: who I am here, where I am logged in, and for which organisation I work now."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.shared.errors import NotFound
from koopkracht.web.ui.middleware import ORGANISATION_KEY
from koopkracht.web.ui.page import own_page, render

# In this order: many browsers also name the ones that they descend from.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def device_text(agent: str) -> str:
    """Return what a browser says about itself in words that its owner recognises."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return gettext("%(browser)s op %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("Onbekend toestel")


class NameForm(forms.Form):
    """The name that colleagues see."""

    name = forms.CharField(
        label=gettext_lazy("Uw naam"), max_length=200, help_text=gettext_lazy("Zo zien collega's u.")
    )


@own_page
@require_http_methods(["GET", "POST"])
def choose_organisation(request: Any) -> HttpResponse:
    """Choose the organisation to work for."""
    mine = accounts.organisations_of(user_id=request.user.pk)
    if request.method == "POST":
        chosen = next((one for one in mine if str(one.id) == request.POST.get("organisation")), None)
        if chosen is None:
            raise NotFound(gettext("U hebt geen rol in deze organisatie."), code="organisation-not-found")
        request.session[ORGANISATION_KEY] = chosen.id
        return redirect("home")
    return render(request, "accounts/choose_organisation.html", {"organisations": mine})


@own_page
@require_GET
def no_organisation(request: Any) -> HttpResponse:
    """Say what to do to somebody who has no role anywhere (any more)."""
    if request.actor is not None:
        return redirect("home")
    return render(request, "accounts/no_organisation.html", {"account": accounts.account(user_id=request.user.pk)})


@own_page
@require_http_methods(["GET", "POST"])
def profile(request: Any) -> HttpResponse:
    """Show the own account, and change the name."""
    account = accounts.account(user_id=request.user.pk)
    form = NameForm(request.POST or None, initial={"name": account.name})
    if request.method == "POST" and form.is_valid():
        accounts.change_name(user_id=request.user.pk, name=form.cleaned_data["name"])
        messages.success(request, gettext("Uw naam is bewaard."))
        return redirect("profile")
    sessions = accounts.sessions_of(user_id=request.user.pk, current_key=request.session.session_key or "")
    return render(
        request,
        "accounts/profile.html",
        {"account": account, "form": form, "sessions": sessions, "device_text": device_text},
    )


@own_page
@require_POST
def end_session(request: Any, session_id: int) -> HttpResponse:
    """Log out on one other device."""
    accounts.end_session(user_id=request.user.pk, session_id=session_id)
    messages.success(request, gettext("U bent op dat toestel afgemeld."))
    return redirect("profile")


@own_page
@require_POST
def end_other_sessions(request: Any) -> HttpResponse:
    """Log out everywhere else."""
    accounts.end_sessions(user_id=request.user.pk, except_key=request.session.session_key or "")
    messages.success(request, gettext("U bent op alle andere toestellen afgemeld."))
    return redirect("profile")
