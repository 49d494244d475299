"""The door of knowledge: words and success stories. Stable, keep it small."""

from __future__ import annotations

from koopkracht.knowledge import glossary as _glossary
from koopkracht.knowledge import queries
from koopkracht.knowledge.actions import move_story, note_consent, write_story
from koopkracht.knowledge.models import AUDIENCE_LABELS, STATE_LABELS
from koopkracht.knowledge.types import StoryView, Term
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice

__all__ = [
    "AUDIENCE_LABELS",
    "STATE_LABELS",
    "glossary",
    "move_story",
    "note_consent",
    "public_stories",
    "public_story",
    "stories",
    "story",
    "terms_in",
    "write_story",
]


def glossary() -> tuple[Term, ...]:
    """Return all words in alphabetical order."""
    return _glossary.terms()


def terms_in(*, html: str, most: int = 24) -> tuple[Term, ...]:
    """Return the words that a page uses, in order of first use."""
    return _glossary.used_in(html, most=most)


def stories(*, actor: Actor, query: ListQuery) -> Slice[StoryView]:
    """Return a slice of the organisation's own stories. Raises ``NotAllowed`` without ``strategy.view``."""
    actor.require("strategy.view")
    return queries.stories(actor.organisation_id, query)


def story(*, actor: Actor, story_id: int) -> StoryView:
    """Return one own story with its consents. Raises ``StoryNotFound`` and ``NotAllowed``."""
    actor.require("strategy.view")
    return queries.story(actor.organisation_id, story_id)


def public_stories(*, limit: int = 50) -> tuple[StoryView, ...]:
    """Return the newest stories that organisations published for everybody."""
    return queries.published(limit)


def public_story(*, story_id: int) -> StoryView:
    """Return one story that is open to everybody. Raises ``StoryNotFound``."""
    return queries.public_story(story_id)
