"""The own success stories: write, ask everybody who is named, publish, withdraw."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.catalogue import api as catalogue
from koopkracht.knowledge import api as knowledge
from koopkracht.knowledge.types import Audience, StoryInput, StoryState, StoryView
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.knowledge.views import group_name
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render


@cache
def channels() -> tuple[tuple[str, str], ...]:
    """Return the channels of ``content/home/channels.yaml``: code and name."""
    text = resources.files("koopkracht").joinpath("content", "home", "channels.yaml").read_text(encoding="utf-8")
    return tuple((row["code"], row["name"]) for row in yaml.safe_load(text)["channels"])


AUDIENCES = [(code.value, label) for code, label in knowledge.AUDIENCE_LABELS.items()]
STORIES = Listing(
    name="verhalen",
    caption=gettext_lazy("Verhalen"),
    columns=(
        Column("title", gettext_lazy("Titel"), sort=True, href=link_to("story", story_id="id")),
        Column("state", gettext_lazy("Stand")),
        Column("audience", gettext_lazy("Voor wie")),
        Column("published_on", gettext_lazy("Gepubliceerd"), format="date_short", sort=True),
    ),
    filters=(
        Filter("state", gettext_lazy("Stand"), options=[(k.value, v) for k, v in knowledge.STATE_LABELS.items()]),
        Filter("audience", gettext_lazy("Voor wie"), options=AUDIENCES),
    ),
    sort="title",
    search=gettext_lazy("Zoek in de titels"),
    empty_title=gettext_lazy("Nog geen verhalen"),
    empty_text=gettext_lazy("Een goed voorbeeld overtuigt meer dan een nota. Schrijf op wat lukte en wat u leerde."),
)


class StoryForm(forms.Form):
    """A success story as somebody writes it."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=160,
        error_messages={"required": gettext_lazy("Geef het verhaal een titel.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Wat deed u, en wat leverde het op voor mensen?"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Schrijf het verhaal: wat deed u, en wat leverde het op?")},
    )
    figures = forms.CharField(
        label=gettext_lazy("Cijfers, met bron en periode"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    product_group = forms.ChoiceField(label=gettext_lazy("Productgroep"), required=False)
    audience = forms.ChoiceField(
        label=gettext_lazy("Voor wie is het?"),
        choices=AUDIENCES,
        widget=forms.RadioSelect,
        initial=Audience.INTERNAL.value,
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Langs welke kanalen?"),
        choices=channels,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    parties = forms.CharField(
        label=gettext_lazy("Wie komt erin voor?"),
        help_text=gettext_lazy(
            "Eén naam per regel: ondernemingen, diensten en mensen. Ieder moet akkoord gaan voor u publiceert. "
            "Noem geen namen van doelgroepmedewerkers."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for group in catalogue.product_groups():
            groups.setdefault(group.segment.name, []).append((group.code, group.name))
        self.fields["product_group"].choices = [("", _("Geen")), *groups.items()]  # type: ignore[attr-defined]

    def story(self) -> StoryInput:
        """Return what was filled in."""
        data = self.cleaned_data
        return StoryInput(
            **{
                **data,
                "audience": Audience(data["audience"]),
                "channels": tuple(data["channels"]),
                "parties": tuple(data["parties"].splitlines()),
            }
        )


@require_GET
@page("strategy.view")
def stories(request: Request) -> HttpResponseBase:
    """List the own stories."""

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return knowledge.stories(actor=request.actor, query=query).map(_row)

    return STORIES.respond(request, fetch, "knowledge/stories.html")


def _row(view: StoryView) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.title,
        "state": knowledge.STATE_LABELS[view.state],
        "audience": knowledge.AUDIENCE_LABELS[view.audience],
        "published_on": view.published_on,
    }


@require_GET
@page("strategy.view")
def story(request: Request, story_id: int) -> HttpResponse:
    """Show one own story and its next step."""
    return _show(request, story_id)


def _show(request: Request, story_id: int, *, status: int = 200, problem: str = "") -> HttpResponse:
    found = knowledge.story(actor=request.actor, story_id=story_id)
    context = {
        "story": found,
        "group": group_name(found.product_group),
        "states": StoryState,
        "state_label": knowledge.STATE_LABELS[found.state],
        "audience_label": knowledge.AUDIENCE_LABELS[found.audience],
        "channels": [label for code, label in channels() if code in found.channels],
        "problem": problem,
    }
    return render(request, "knowledge/story.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page("story.edit")
def add(request: Request) -> HttpResponse:
    """Write a new story."""
    return _form(request, StoryForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
@page("story.edit")
def edit(request: Request, story_id: int) -> HttpResponse:
    """Change a story that is not published."""
    found = knowledge.story(actor=request.actor, story_id=story_id)
    initial = {
        **{name: getattr(found, name) for name in ("title", "text", "figures", "product_group", "channels")},
        "audience": found.audience.value,
        "parties": "\n".join(consent.party for consent in found.consents),
    }
    return _form(request, StoryForm(request.POST or None, initial=initial), story_id)


def _form(request: Request, form: StoryForm, story_id: int | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = knowledge.write_story(actor=request.actor, story=form.story(), story_id=story_id)
        except Rejected as error:
            form.add_error(error.details.get("field"), error.message)
        else:
            messages.success(request, _("Het verhaal is bewaard."))
            return redirect("story", story_id=saved)
    status = 422 if form.errors else 200
    return render(request, "knowledge/story_edit.html", {"form": form, "story_id": story_id}, status=status)


@require_POST
@page("story.edit")
def move(request: Request, story_id: int) -> HttpResponse:
    """Ask for consent, publish, withdraw, or take a story up again."""
    asked = request.POST.get("naar", "")
    if asked not in set(StoryState):
        return _show(request, story_id, status=422, problem=_("Kies wat er met het verhaal moet gebeuren."))
    try:
        knowledge.move_story(actor=request.actor, story_id=story_id, to=StoryState(asked))
    except Rejected as error:
        return _show(request, story_id, status=422, problem=error.message)
    messages.success(request, _("De stand van het verhaal is bijgewerkt."))
    return redirect("story", story_id=story_id)


@require_POST
@page("story.edit")
def consent(request: Request, story_id: int, consent_id: int) -> HttpResponse:
    """Note that a party agreed."""
    try:
        knowledge.note_consent(
            actor=request.actor, story_id=story_id, consent_id=consent_id, how=request.POST.get("hoe", "")
        )
    except Rejected as error:
        return _show(request, story_id, status=422, problem=error.message)
    messages.success(request, _("De toestemming is genoteerd."))
    return redirect("story", story_id=story_id)
