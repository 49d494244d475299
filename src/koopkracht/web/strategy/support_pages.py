"""What the pages about support share: forms that keep what was typed, names of people, choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from koopkracht.accounts import api as accounts
from koopkracht.shared.errors import Conflict, KoopkrachtError, Rejected
from koopkracht.web.ui.page import Request, render


class Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def edit(
    request: Request, form: forms.Form, save: Callable[[dict[str, Any]], str], context: Mapping[str, Any]
) -> HttpResponse:
    """Show a form; when it was sent and ``save`` takes it, go to the address that ``save`` returns.

    A refusal stands at its field with everything that was typed. ``context`` holds what
    ``strategy/support_form.html`` shows around the form: ``title``, ``intro``, ``trail``, ``cancel``, ``submit``.
    """
    status = 200
    if request.method == "POST":
        target, status = _saved(form, save)
        if target:
            if context.get("done"):
                messages.success(request, context["done"])
            return redirect(target)
    values = {"example": None, "submit": "", "aside": "", **context, "form": form}
    return render(request, "strategy/support_form.html", values, status=status)


def _saved(form: forms.Form, save: Callable[[dict[str, Any]], str]) -> tuple[str, int]:
    if not form.is_valid():
        return "", Rejected.status
    try:
        return save(form.cleaned_data), 200
    except (Rejected, Conflict) as error:
        refuse(form, error)
        return "", error.status


def refuse(form: forms.Form, error: KoopkrachtError) -> None:
    """Put a refusal at its field, or above the form when it has none there."""
    field = error.details.get("field")
    form.add_error(field if field in form.fields else None, error.message)


def names(request: Request, ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of people by number, in one look."""
    wanted = {one for one in ids if one is not None}
    return accounts.names_of(organisation_id=request.actor.organisation_id, user_ids=wanted) if wanted else {}


def colleagues(request: Request) -> list[tuple[str, str]]:
    """Return the people of the organisation as choices."""
    found = accounts.colleagues(organisation_id=request.actor.organisation_id)
    return [(str(one.id), one.label) for one in found]


def choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return labels by enum member as choices of a field."""
    return [(member.value, label) for member, label in labels.items()]
