"""What crosses the border of strategy: building support. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Phase(StrEnum):
    """The three phases of building support."""

    INFORM = "inform"
    GATHER = "gather"
    CONFIRM = "confirm"


class Audience(StrEnum):
    """The two groups that must come along from the start."""

    EXECUTIVE = "executive"
    BUYERS = "buyers"


class ActivityStatus(StrEnum):
    """How far an activity is."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class StakeholderKind(StrEnum):
    """What kind of group or person a stakeholder is."""

    EXECUTIVE = "executive"
    BUYERS = "buyers"
    POLICY = "policy"
    DEPARTMENT = "department"
    SOCIAL_ENTERPRISE = "social-enterprise"
    COMPANY = "company"
    PARTNER = "partner"
    RESIDENTS = "residents"
    OTHER = "other"


class Priority(StrEnum):
    """How much attention a stakeholder needs."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Engagement(StrEnum):
    """How involved a stakeholder is by now."""

    UNAWARE = "unaware"
    INFORMED = "informed"
    INVOLVED = "involved"
    COMMITTED = "committed"
    RELUCTANT = "reluctant"


class AgreementState(StrEnum):
    """Where an agreement in principle stands; expired is also told from its last day."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AGREED = "agreed"
    REFUSED = "refused"
    EXPIRED = "expired"


class AgreementStep(StrEnum):
    """What can be done with an agreement in principle."""

    SUBMIT = "submit"
    AGREE = "agree"
    REFUSE = "refuse"
    REDRAFT = "redraft"
    EXPIRE = "expire"


class StatementKind(StrEnum):
    """A statement of expectations is read by buyers; a charter is signed by executives."""

    EXPECTATIONS = "expectations"
    CHARTER = "charter"


class CommitmentStatus(StrEnum):
    """How far a signatory is with a commitment of the charter."""

    TO_START = "to-start"
    BUSY = "busy"
    DONE = "done"


class ContributionStatus(StrEnum):
    """What was done with the contribution of a buyer."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    APPLIED = "applied"
    DECLINED = "declined"


class LearningKind(StrEnum):
    """What a flagship dossier taught."""

    SUCCESS = "success"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True)
class SettingsInput:
    """What an organisation chooses: months between reports, days of silence before a warning."""

    report_months: int
    quiet_days: int


@dataclass(frozen=True, slots=True)
class WorkspaceView:
    """The workspace: who opened it, its settings, and its last activity."""

    id: int
    opened_by_id: int | None
    opened_at: dt.datetime
    report_months: int
    quiet_days: int
    last_at: dt.datetime
    last_what: str

    def quiet_since(self, on: dt.date) -> int | None:
        """Return for how many days nothing happened when that is too long, else ``None``."""
        days = (on - self.last_at.date()).days
        return days if days >= self.quiet_days else None


@dataclass(frozen=True, slots=True)
class InvitationView:
    """A colleague who was asked to build along."""

    id: int
    user_id: int
    invited_by_id: int | None
    invited_at: dt.datetime
    note: str
    joined_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class GoalVersion:
    """One version of the shared goal statement."""

    id: int
    version: int
    text: str
    remark: str
    author_id: int | None
    at: dt.datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A piece of text of two versions: ``kind`` is ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class StakeholderInput:
    """A person or group that matters."""

    name: str
    kind: StakeholderKind
    interest: str = ""
    priority: Priority = Priority.MEDIUM
    engagement: Engagement = Engagement.UNAWARE
    contact: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class StakeholderView:
    """A stakeholder; a core group (``is_core``) cannot be removed."""

    id: int
    name: str
    kind: StakeholderKind
    interest: str
    priority: Priority
    engagement: Engagement
    contact: str
    next_step: str
    is_core: bool


@dataclass(frozen=True, slots=True)
class ActivityInput:
    """An activity in a cell of the matrix: the owner works for the organisation."""

    title: str
    phase: Phase
    audience: Audience
    kind: str
    owner_id: int
    date: dt.date
    status: ActivityStatus = ActivityStatus.PLANNED
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity as it was stored."""

    id: int
    title: str
    phase: Phase
    audience: Audience
    kind: str
    owner_id: int
    date: dt.date
    status: ActivityStatus
    detail: str


@dataclass(frozen=True, slots=True)
class LinkSheetInput:
    """How one purchase serves one political priority."""

    title: str
    purchase: str
    priority: str
    contribution: str
    question: str
    figures: str = ""
    policy_source: str = ""
    planned_purchase_id: int | None = None


@dataclass(frozen=True, slots=True)
class LinkSheetView:
    """A link sheet as it was stored."""

    id: int
    title: str
    purchase: str
    priority: str
    contribution: str
    question: str
    figures: str
    policy_source: str
    planned_purchase_id: int | None
    author_id: int | None
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class QuestionInput:
    """A question of the executive, and what to measure to answer it."""

    question: str
    measure: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of the executive with its answer, once there is one."""

    id: int
    question: str
    measure: str
    answer: str
    answered_on: dt.date | None


@dataclass(frozen=True, slots=True)
class AgreementInput:
    """The text of an agreement in principle and the goals that it approves."""

    title: str
    text: str
    body: str
    goals: tuple[str, ...] = ()
    questions: tuple[QuestionInput, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """What the body decided: the day, the reference or wording, until when it holds, and the signed document."""

    decided_on: dt.date
    decision: str
    valid_until: dt.date | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement in principle; agreed and not expired it is the mandate for what follows."""

    id: int
    title: str
    text: str
    body: str
    goals: tuple[str, ...]
    state: AgreementState
    decision: str
    decided_on: dt.date | None
    valid_until: dt.date | None
    sha256: str
    filename: str
    author_id: int | None
    submitted_by_id: int | None
    submitted_at: dt.datetime | None
    decided_by_id: int | None
    updated_at: dt.datetime
    questions: tuple[QuestionView, ...] = ()

    def standing(self, on: dt.date) -> AgreementState:
        """Return the state on a day: what was agreed holds up to and including its last day."""
        past = self.valid_until is not None and on > self.valid_until
        return AgreementState.EXPIRED if self.state is AgreementState.AGREED and past else self.state


@dataclass(frozen=True, slots=True)
class StatementInput:
    """A statement of expectations or a charter; ``commitments`` only for a charter."""

    kind: StatementKind
    title: str
    text: str
    commitments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How far a signatory is with one commitment (``position`` counts from 0)."""

    user_id: int
    position: int
    status: CommitmentStatus
    note: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class StatementView:
    """A published statement; ``confirmed`` says who confirmed or signed, and when."""

    id: int
    kind: StatementKind
    title: str
    text: str
    commitments: tuple[str, ...]
    author_id: int | None
    published_at: dt.datetime
    withdrawn_at: dt.datetime | None
    confirmed: Mapping[int, dt.datetime] = field(default_factory=dict)
    progress: tuple[ProgressView, ...] = ()


@dataclass(frozen=True, slots=True)
class ContributionView:
    """What a buyer brought in, and what was done with it."""

    id: int
    segment: str
    text: str
    author_id: int | None
    at: dt.datetime
    status: ContributionStatus
    response: str
    answered_by_id: int | None
    answered_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class FlagshipInput:
    """Why a planned purchase or a procedure carries the flag; ``subject`` is ``planned-purchase`` or ``procedure``."""

    subject: str
    subject_key: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class LearningView:
    """A success or a lesson of a flagship dossier; it goes to colleagues once it is shared."""

    id: int
    flagship_id: int
    flagship: str
    kind: LearningKind
    text: str
    author_id: int | None
    at: dt.datetime
    shared_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class FlagshipView:
    """A flagship dossier with what it taught."""

    id: int
    subject: str
    subject_key: int
    title: str
    reason: str
    started_on: dt.date
    closed_on: dt.date | None
    learnings: tuple[LearningView, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """A figure as it stood when the report was made: already written out, with its meaning."""

    label: str
    value: str
    definition: str


@dataclass(frozen=True, slots=True)
class ReportInput:
    """A report to the executive over a period; both days belong to it."""

    start: dt.date
    end: dt.date
    title: str
    summary: str
    next_step: str
    successes: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    figures: tuple[ReportFigure, ...] = ()
    figures_source: str = ""


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as it was kept: its figures do not change any more."""

    id: int
    start: dt.date
    end: dt.date
    title: str
    summary: str
    next_step: str
    successes: tuple[str, ...]
    lessons: tuple[str, ...]
    figures: tuple[ReportFigure, ...]
    figures_source: str
    author_id: int | None
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An activity that fits a cell of the matrix."""

    code: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix with its suggestions and the name of what belongs there."""

    phase: Phase
    audience: Audience
    aim: str
    suggestions: tuple[Suggestion, ...]
