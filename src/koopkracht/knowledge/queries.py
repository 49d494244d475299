"""Reads of knowledge. Querysets stay inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from koopkracht.knowledge.errors import StoryNotFound
from koopkracht.knowledge.models import Consent, Story
from koopkracht.knowledge.types import Audience, ConsentView, StoryState, StoryView
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_SORTS = {"published_on": "published_on", "title": "title"}
_FIELDS = (
    "id",
    "organisation__name",
    "title",
    "text",
    "figures",
    "product_group",
    "audience",
    "channels",
    "state",
    "published_on",
)
PUBLIC = {"audience": Audience.PUBLIC.value, "state": StoryState.PUBLISHED.value}


def stories(organisation_id: int, query: ListQuery) -> Slice[StoryView]:
    """Return a slice of the organisation's stories; filters ``state`` and ``audience``."""
    rows = Story.objects.of(organisation_id)
    for name in ("state", "audience"):
        if query.filters.get(name):
            rows = rows.filter(**{name: query.filters[name]})
    if query.search.strip():
        rows = rows.filter(title__icontains=query.search.strip())
    return keyset(rows, query=query, sorts=_SORTS, fields=_FIELDS, convert=_view)


def published(limit: int) -> tuple[StoryView, ...]:
    """Return the newest stories that organisations published for everybody; without who was asked for consent."""
    rows = Story.objects.filter(**PUBLIC).order_by("-published_on", "-id")
    return tuple(_view(**row) for row in rows.values(*_FIELDS)[:limit])


def story(organisation_id: int, story_id: int) -> StoryView:
    """Return a story of the organisation with its consents. Raises ``StoryNotFound``."""
    row = Story.objects.of(organisation_id).filter(pk=story_id).values(*_FIELDS).first()
    if row is None:
        raise StoryNotFound(story_id)
    return _view(**row, consents=_consents(organisation_id, [story_id])[story_id])


def public_story(story_id: int) -> StoryView:
    """Return a story that is open to everybody. Raises ``StoryNotFound``."""
    row = Story.objects.filter(**PUBLIC, pk=story_id).values(*_FIELDS).first()
    if row is None:
        raise StoryNotFound(story_id)
    return _view(**row)


def _consents(organisation_id: int, story_ids: Iterable[int]) -> dict[int, tuple[ConsentView, ...]]:
    found: dict[int, list[ConsentView]] = defaultdict(list)
    rows = Consent.objects.of(organisation_id).filter(story_id__in=list(story_ids)).order_by("id")
    for row in rows.values("id", "story_id", "party", "given_on", "how"):
        found[row["story_id"]].append(ConsentView(row["id"], row["party"], row["given_on"], row["how"]))
    return defaultdict(tuple, {key: tuple(value) for key, value in found.items()})


def _view(*, consents: tuple[ConsentView, ...] = (), **row: Any) -> StoryView:
    return StoryView(
        id=row["id"],
        organisation=row["organisation__name"],
        title=row["title"],
        text=row["text"],
        figures=row["figures"],
        product_group=row["product_group"],
        audience=Audience(row["audience"]),
        channels=tuple(row["channels"]),
        state=StoryState(row["state"]),
        published_on=row["published_on"],
        consents=consents,
    )
