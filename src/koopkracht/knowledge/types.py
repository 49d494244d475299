"""What crosses the border of knowledge: words and success stories. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary in plain Dutch; ``forms`` are the spellings by which a page recognises it."""

    slug: str
    term: str
    forms: tuple[str, ...]
    text: str
    see: tuple[str, ...] = ()


class StoryState(StrEnum):
    """How far a success story is; only what everybody named agreed to can be published."""

    DRAFT = "draft"
    CONSENT_ASKED = "consent-asked"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """For whom a story is: the own organisation, or everybody."""

    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class StoryInput:
    """A success story as somebody writes it; ``parties`` are the names of those who occur in it and must agree."""

    title: str
    text: str
    figures: str = ""
    product_group: str = ""
    audience: Audience = Audience.INTERNAL
    channels: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentView:
    """Whether one party agreed, when, and how that is known."""

    id: int
    party: str
    given_on: dt.date | None
    how: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """A success story with the consents that it needs."""

    id: int
    organisation: str
    title: str
    text: str
    figures: str
    product_group: str
    audience: Audience
    channels: tuple[str, ...]
    state: StoryState
    published_on: dt.date | None
    consents: tuple[ConsentView, ...]

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Return the parties that have not agreed yet."""
        return tuple(consent.party for consent in self.consents if consent.given_on is None)
