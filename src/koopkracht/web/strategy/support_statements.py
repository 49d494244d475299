"""Statements: expectations that buyers confirm, and the charter that executives sign."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.shared.errors import NotFound
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import CommitmentStatus, StatementKind, StatementView
from koopkracht.web.strategy.support_decision_forms import CharterForm, ProgressForm, StatementForm
from koopkracht.web.strategy.support_pages import edit, names
from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("strategy.view")
def statements(request: Request) -> HttpResponse:
    """List the statements with how many confirmed."""
    readers = _readers(request)
    rows = [
        {"one": one, "read": len(readers[one.kind] & set(one.confirmed)), "readers": len(readers[one.kind])}
        for one in support.statements(organisation_id=request.actor.organisation_id)
    ]
    context = {"rows": rows, "labels": support.STATEMENT_LABELS, "kinds": StatementKind}
    return render(request, "strategy/support_statements.html", context)


@require_GET
@page("strategy.view")
def statement(request: Request, statement_id: int) -> HttpResponse:
    """Show one statement, who confirmed it and who did not yet."""
    found = _found(request, statement_id)
    readers = _readers(request)[found.kind]
    people = names(request, [found.author_id, *readers, *found.confirmed])
    role_holder = support.statement_reader(kind=found.kind) in request.actor.roles
    context = {
        "one": found,
        "is_charter": found.kind is StatementKind.CHARTER,
        "labels": support.STATEMENT_LABELS,
        "people": people,
        "confirmed": sorted(found.confirmed.items(), key=lambda item: item[1]),
        "open": sorted(people.get(one, "") for one in readers - set(found.confirmed)),
        "mine": request.actor.user_id in found.confirmed,
        "asked": role_holder and found.withdrawn_at is None and request.actor.user_id not in found.confirmed,
        "progress": {(one.user_id, one.position): one for one in found.progress},
        "commitment_labels": support.COMMITMENT_LABELS,
    }
    return render(request, "strategy/support_statement.html", context)


@require_http_methods(["GET", "POST"])
@page("strategy.decide")
def publish(request: Request, kind: str) -> HttpResponse:
    """Publish a statement, from the suggestion."""
    if kind not in set(StatementKind):
        raise NotFound(_("Deze soort boodschap bestaat niet."), code="statement-kind-unknown")
    chosen = StatementKind(kind)
    start = support.statement_suggestion(kind=chosen)
    initial = {"title": start.title, "text": start.text, "commitments": "\n".join(start.commitments)}
    form_class = CharterForm if chosen is StatementKind.CHARTER else StatementForm
    form = form_class(request.POST or None, initial=initial)

    def save(_data: dict[str, Any]) -> str:
        key = support.publish_statement(actor=request.actor, statement=form.statement(chosen))
        return reverse("support-statement", args=[key])

    context = {
        "title": support.STATEMENT_LABELS[chosen],
        "intro": _("Bestuurders tekenen dit charter en laten zien hoever ze staan.")
        if chosen is StatementKind.CHARTER
        else _("Elke aankoper ziet uw boodschap tot hij bevestigt dat hij ze las."),
        "trail": [(_("Verwachtingen en charter"), reverse("support-statements"))],
        "cancel": reverse("support-statements"),
        "submit": _("Bekendmaken"),
        "done": _("Uw boodschap is bekendgemaakt."),
    }
    return edit(request, form, save, context)


@require_POST
@page("strategy.view")
def confirm(request: Request, statement_id: int) -> HttpResponse:
    """Confirm or sign."""
    support.confirm_statement(actor=request.actor, statement_id=statement_id)
    messages.success(request, _("Dank u. Dit is genoteerd met uw naam en de datum."))
    return redirect("support-statement", statement_id=statement_id)


@require_POST
@page("strategy.decide")
def withdraw(request: Request, statement_id: int) -> HttpResponse:
    """Withdraw a statement."""
    support.withdraw_statement(actor=request.actor, statement_id=statement_id)
    messages.success(request, _("De boodschap is ingetrokken. Niemand hoeft ze nog te bevestigen."))
    return redirect("support-statement", statement_id=statement_id)


@require_http_methods(["GET", "POST"])
@page("strategy.decide")
def progress(request: Request, statement_id: int, position: int) -> HttpResponse:
    """Say how far one is with a commitment."""
    found = _found(request, statement_id)
    if position >= len(found.commitments):
        raise NotFound(_("Dit engagement bestaat niet. Open het charter opnieuw."), code="commitment-not-found")
    mine = [one for one in found.progress if (one.user_id, one.position) == (request.actor.user_id, position)]
    initial = {"status": mine[0].status.value, "note": mine[0].note} if mine else {}

    def save(data: dict[str, Any]) -> str:
        support.put_progress(
            actor=request.actor,
            statement_id=statement_id,
            position=position,
            status=CommitmentStatus(data["status"]),
            note=data["note"],
        )
        return reverse("support-statement", args=[statement_id])

    context = {
        "title": found.commitments[position],
        "intro": _("Laat zien hoever u staat. Iedereen in de organisatie kan dit lezen."),
        "trail": [(found.title, reverse("support-statement", args=[statement_id]))],
        "cancel": reverse("support-statement", args=[statement_id]),
        "done": _("De stand is bewaard."),
    }
    return edit(request, ProgressForm(request.POST or None, initial=initial), save, context)


def _found(request: Request, statement_id: int) -> StatementView:
    return support.statement(organisation_id=request.actor.organisation_id, statement_id=statement_id)


def _readers(request: Request) -> dict[StatementKind, set[int]]:
    people = accounts.colleagues(organisation_id=request.actor.organisation_id)
    return {kind: {one.id for one in people if one.has(support.statement_reader(kind=kind))} for kind in StatementKind}
