"""What crosses the border of question lists: questions, recipients, results and the answer sheet. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

PERMISSION_BY_LINK = "questionnaire.answer"
LINK_SUBJECT = "questionnaire-recipient"
TOKEN_MARK = "{token}"  # noqa: S105 - the mark in an address where the token comes


class QuestionKind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    SCALE = "scale"
    YES_NO = "yes-no"
    NUMBER = "number"
    SHORT = "short"
    LONG = "long"


KINDS_WITH_OPTIONS = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})
KINDS_OF_TEXT = frozenset({QuestionKind.SHORT, QuestionKind.LONG})
SCALE_POINTS = ("1", "2", "3", "4", "5")


class State(StrEnum):
    """Where a question list stands; see ``workflow``."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    SUMMARISED = "summarised"
    FINISHED = "finished"


class DeliveryKind(StrEnum):
    """What is brought to a recipient."""

    INVITATION = "invitation"
    SUMMARY = "summary"


class DeliveryState(StrEnum):
    """How far bringing it is. ``UNSURE``: the program stopped while the mail was leaving, so nobody knows."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BY_HAND = "by-hand"
    UNSURE = "unsure"


DELIVERED = frozenset({DeliveryState.SENT, DeliveryState.BY_HAND})


@dataclass(frozen=True, slots=True)
class QuestionInput:
    """A question as its maker writes it; ``options`` only for a choice."""

    text: str
    kind: QuestionKind = QuestionKind.ONE
    options: tuple[str, ...] = ()
    required: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of a list; ``position`` counts from 1."""

    id: int
    position: int
    text: str
    kind: QuestionKind
    options: tuple[str, ...]
    required: bool
    help: str

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Return code and text of what can be chosen; nothing for numbers and texts."""
        if self.kind in KINDS_WITH_OPTIONS:
            return tuple((str(index), option) for index, option in enumerate(self.options))
        if self.kind is QuestionKind.SCALE:
            return tuple((point, point) for point in SCALE_POINTS)
        if self.kind is QuestionKind.YES_NO:
            return (("yes", "Ja"), ("no", "Nee"))
        return ()


@dataclass(frozen=True, slots=True)
class RecipientInput:
    """Who is asked. ``reference`` is the owner's own key; ``attributes`` describe the party (region, kind, size …).

    The e-mail address may be empty: the owner then brings the link itself.
    """

    name: str
    email: str = ""
    enterprise_number: str = ""
    reference: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecipientView:
    """Who is asked. Whether this party answered is not told to anybody: that would make answers traceable."""

    id: int
    name: str
    email: str
    enterprise_number: str
    reference: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RefusedRecipient:
    """A recipient that was not added, with the reason in words; ``row`` counts from 1."""

    row: int
    name: str
    email: str
    reason: str


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of a list of recipients: the good ones are kept, the others are shown."""

    added: int
    changed: int
    refused: tuple[RefusedRecipient, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One group within a composition: how many are asked, their share, and the share in the whole population."""

    value: str
    asked: int
    share: Decimal
    population: int | None = None
    population_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """How far bringing an invitation or a summary to one recipient is."""

    recipient_id: int
    name: str
    email: str
    kind: DeliveryKind
    state: DeliveryState
    at: dt.datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class QuestionnaireView:
    """A question list without its questions and recipients."""

    id: int
    subject: str
    subject_key: int
    title: str
    introduction: str
    state: State
    limit: int
    hidden_under: int
    closes_on: dt.date | None
    composition_confirmed_at: dt.datetime | None
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    summary: str
    summary_approved_at: dt.datetime | None
    finished_at: dt.datetime | None
    questions: int
    recipients: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer with how many parties gave it; ``count`` is ``None`` when the group is hidden."""

    code: str
    label: str
    count: int | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What was answered to one question.

    ``answers`` is how many parties answered it, ``None`` when those are fewer than the limit. ``hidden`` says that at
    least one group is not shown; ``mean`` is only given when nothing is hidden. ``texts`` are in the order of the
    alphabet, never in the order in which they came in.
    """

    question: QuestionView
    answers: int | None
    cells: tuple[Cell, ...]
    hidden: bool
    mean: Decimal | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of a list (CF-07): ``rate`` is answered / sent, ``None`` when nothing was sent.

    ``counted`` is how many answers the figures per question hold: while a list is open, only whole blocks.
    """

    sent: int
    answered: int
    rate: Decimal | None
    counted: int
    hidden_under: int
    questions: tuple[QuestionResult, ...]
    breakdown: Mapping[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class SummaryProblem:
    """Why a summary cannot go out as it is; ``code`` is name, address, number, group or literal."""

    code: str
    found: str
    message: str


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What the holder of a link sees: the questions, the own answers, and afterwards the summary."""

    organisation: str
    questionnaire: QuestionnaireView
    questions: tuple[QuestionView, ...]
    given: Mapping[int, tuple[str, ...]]
    can_answer: bool
    answered: bool
    results: Results | None


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What became of an answer: ``problems`` by question; good answers are kept even when others are not right."""

    kept: int
    problems: Mapping[int, str]
    sheet: AnswerSheet

    @property
    def complete(self) -> bool:
        """Tell whether the list counts as answered."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class QuestionnaireFinished:
    """Event: the summary reached everybody; the owner may take the findings over."""

    organisation_id: int
    questionnaire_id: int
    subject: str
    subject_key: int
