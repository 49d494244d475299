"""What crosses the border about market surveys: the survey, whom to ask, and what was found. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from koopkracht.questionnaires.types import Cell, QuestionInput, QuestionnaireView

SUBJECT = "market-survey"
MOST_QUESTIONS = 10
ATTRIBUTES = ("region", "kind", "size", "activity")


@dataclass(frozen=True, slots=True)
class SurveyInput:
    """What a survey is about: a product group and, when known, the purchase or dossier that it prepares."""

    title: str
    product_group: str
    purpose: str = ""
    introduction: str = ""
    prepares: str = ""


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A ready question to pick; ``theme`` is exploration or chain, ``topic`` what it is about."""

    code: str
    theme: str
    topic: str
    question: QuestionInput


@dataclass(frozen=True, slots=True)
class SurveyView:
    """A market survey with its question list."""

    id: int
    product_group: str
    purpose: str
    prepares: str
    created_at: dt.datetime
    list: QuestionnaireView


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that could be asked, with what is known of it; empty is unknown."""

    supplier_id: int
    name: str
    kbo: str
    region: str
    kind: str
    size: str
    activity: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """Which candidates to show; empty is everything."""

    search: str = ""
    region: str = ""
    kind: str = ""
    size: str = ""
    offers: bool = False


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates that fit, at most ``len(rows)`` of ``total``, and how the whole market is composed."""

    rows: tuple[Candidate, ...]
    total: int
    population: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One question with its figures, as it may be copied to a market sheet."""

    question: str
    answers: int | None
    cells: tuple[Cell, ...]
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class SurveyFindings:
    """What a finished survey taught about a product group: the approved summary and the figures that may be shown."""

    survey_id: int
    title: str
    product_group: str
    summary: str
    finished_on: dt.date
    sent: int
    answered: int
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class SurveyFinished:
    """Event: a survey is finished; its findings can be copied to the market sheet of the product group."""

    organisation_id: int
    survey_id: int
    product_group: str
