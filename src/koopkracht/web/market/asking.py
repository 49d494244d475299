"""One way to ask for something about the market: a short form, what was wrong at its field, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from koopkracht.catalogue import api as catalogue
from koopkracht.shared.errors import Conflict, Rejected
from koopkracht.web.ui.page import Request, render


class Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Question:
    """What stands around a form; ``crumbs`` are (text, address) pairs from the landing page on."""

    title: str
    intro: str
    back: str
    said: str
    submit: str = ""
    crumbs: Sequence[tuple[str, str]] = ()
    template: str = "market/ask.html"


def ask(request: Request, form: forms.Form, question: Question, save: Callable[[], str | None]) -> HttpResponse:
    """Show the form; save what was filled in and go back, or show it again with what is wrong.

    ``save`` may return the address to go to instead of the place where the visitor came from.
    """
    if request.method == "POST" and form.is_valid():
        try:
            target = save()
        except (Rejected, Conflict) as error:
            field = error.details.get("field")
            form.add_error(field if field in form.fields else None, error.message)
        else:
            messages.success(request, question.said)
            return HttpResponseRedirect(target or question.back)
    context = {"form": form, "question": question, "crumbs": [*question.crumbs, (question.title, "")]}
    return render(request, question.template, context, status=422 if form.errors else 200)


def group_choices(*, empty: str = "") -> list[tuple[Any, Any]]:
    """Return the product groups by segment, with a first line for none."""
    segments: dict[str, list[tuple[str, str]]] = {}
    for group in catalogue.product_groups():
        segments.setdefault(group.segment.name, []).append((group.code, group.name))
    return [("", empty or _("Nog niet gekozen")), *segments.items()]


def group_names() -> dict[str, str]:
    """Return the names of the product groups by code."""
    return {group.code: group.name for group in catalogue.product_groups()}
