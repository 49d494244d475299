"""The door of strategy about building support (step 2.1 of the guide).

Changes need ``strategy.edit``, decisions of the executive ``strategy.decide``; both raise ``NotAllowed``. They raise
``SupportNotFound`` (also for what belongs to another organisation), ``SupportRefused`` with the ``field`` that must be
mended, ``SupportConflict`` when somebody else was first, and ``WrongAgreementState``. Nothing is half done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from koopkracht.obligations import api as obligations
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy import support_content as content
from koopkracht.strategy import support_workflow as workflow
from koopkracht.strategy.actions.support import (
    REPORT,
    change_settings,
    invite,
    open_workspace,
    put_activity,
    put_stakeholder,
    remove_stakeholder,
    write_goal,
)
from koopkracht.strategy.actions.support_decisions import (
    agree,
    answer_question,
    confirm_statement,
    expire,
    publish_statement,
    put_agreement,
    put_progress,
    redraft,
    refuse,
    submit_agreement,
    withdraw_statement,
)
from koopkracht.strategy.actions.support_work import (
    PROCEDURE,
    PURCHASE,
    add_learning,
    answer_contribution,
    close_flagship,
    contribute,
    keep_report,
    mark_flagship,
    put_link_sheet,
    remove_link_sheet,
    share_learning,
)
from koopkracht.strategy.models import (
    ACTIVITY_LABELS,
    AGREEMENT_LABELS,
    AUDIENCE_LABELS,
    COMMITMENT_LABELS,
    CONTRIBUTION_LABELS,
    ENGAGEMENT_LABELS,
    LEARNING_LABELS,
    PHASE_LABELS,
    PRIORITY_LABELS,
    STAKEHOLDER_LABELS,
    STATEMENT_LABELS,
)
from koopkracht.strategy.queries import support as queries
from koopkracht.strategy.queries import support_decisions as decisions
from koopkracht.strategy.queries import support_work as work
from koopkracht.strategy.support_workflow import contribution_may, steps_from
from koopkracht.strategy.types.support import (
    ActivityView,
    AgreementInput,
    AgreementState,
    AgreementView,
    Cell,
    ContributionView,
    DiffPart,
    FlagshipView,
    GoalVersion,
    InvitationView,
    LearningView,
    LinkSheetInput,
    LinkSheetView,
    ReportView,
    StakeholderView,
    StatementInput,
    StatementKind,
    StatementView,
    WorkspaceView,
)

__all__ = [
    "ACTIVITY_LABELS",
    "AGREEMENT_LABELS",
    "AUDIENCE_LABELS",
    "COMMITMENT_LABELS",
    "CONTRIBUTION_LABELS",
    "ENGAGEMENT_LABELS",
    "LEARNING_LABELS",
    "PHASE_LABELS",
    "PRIORITY_LABELS",
    "PROCEDURE",
    "PURCHASE",
    "REPORT",
    "STAKEHOLDER_LABELS",
    "STATEMENT_LABELS",
    "activities",
    "activity",
    "activity_kinds",
    "add_learning",
    "agree",
    "agreement",
    "agreement_suggestion",
    "agreements",
    "answer_contribution",
    "answer_question",
    "change_settings",
    "close_flagship",
    "confirm_statement",
    "contribute",
    "contribution",
    "contribution_may",
    "current_goal",
    "expire",
    "flagship",
    "flagship_limit",
    "flagships",
    "goal_diff",
    "goal_suggestion",
    "goal_version",
    "goal_versions",
    "invitations",
    "invite",
    "keep_report",
    "learnings_between",
    "link_examples",
    "link_sheet",
    "link_sheets",
    "list_contributions",
    "list_stakeholders",
    "mandate",
    "mark_flagship",
    "matrix",
    "open_workspace",
    "publish_statement",
    "put_activity",
    "put_agreement",
    "put_link_sheet",
    "put_progress",
    "put_stakeholder",
    "redraft",
    "refuse",
    "remove_link_sheet",
    "remove_stakeholder",
    "report",
    "report_due",
    "reports",
    "share_learning",
    "shared_learnings",
    "stakeholder",
    "statement",
    "statement_reader",
    "statement_suggestion",
    "statements",
    "statements_to_confirm",
    "steps_from",
    "submit_agreement",
    "withdraw_statement",
    "workspace",
    "write_goal",
]


def workspace(*, organisation_id: int) -> WorkspaceView | None:
    """Return the workspace with its settings and last activity; ``None`` while nobody opened it."""
    return queries.workspace(organisation_id)


def invitations(*, organisation_id: int) -> tuple[InvitationView, ...]:
    """Return which colleagues were asked to build along."""
    return queries.invitations(organisation_id)


def current_goal(*, organisation_id: int) -> GoalVersion | None:
    """Return the shared goal statement in force."""
    return queries.current_goal(organisation_id)


def goal_versions(*, organisation_id: int) -> tuple[GoalVersion, ...]:
    """Return every version of the shared goal, newest first."""
    return queries.goal_versions(organisation_id)


def goal_version(*, organisation_id: int, version: int) -> GoalVersion:
    """Return one version. Raises ``SupportNotFound``."""
    return queries.goal_version(organisation_id, version)


def goal_diff(*, old: str, new: str) -> tuple[DiffPart, ...]:
    """Return word by word what changed between two texts."""
    return queries.diff(old, new)


def goal_suggestion() -> str:
    """Return the text that a first goal statement starts from."""
    return content.goal_suggestion()


def list_stakeholders(*, actor: Actor, query: ListQuery) -> Slice[StakeholderView]:
    """Return a slice of the register. Filters: ``kind``, ``priority``, ``engagement``. Raises ``NotAllowed``."""
    actor.require("strategy.view")
    return queries.list_stakeholders(actor.organisation_id, query)


def stakeholder(*, organisation_id: int, stakeholder_id: int) -> StakeholderView:
    """Return one stakeholder. Raises ``SupportNotFound``."""
    return queries.stakeholder(organisation_id, stakeholder_id)


def matrix() -> tuple[Cell, ...]:
    """Return the six cells with their suggestions: phase by phase, the executive before the buyers."""
    return content.matrix()


def activity_kinds() -> Mapping[str, str]:
    """Return the kinds of activity by code."""
    return content.kinds()


def activities(
    *, organisation_id: int, start: dt.date | None = None, end: dt.date | None = None
) -> tuple[ActivityView, ...]:
    """Return activities by date; both days belong to the period."""
    return queries.activities(organisation_id, start=start, end=end)


def activity(*, organisation_id: int, activity_id: int) -> ActivityView:
    """Return one activity. Raises ``SupportNotFound``."""
    return queries.activity(organisation_id, activity_id)


def link_examples() -> Mapping[str, LinkSheetInput]:
    """Return the example link sheets by code."""
    return content.link_examples()


def link_sheets(*, organisation_id: int) -> tuple[LinkSheetView, ...]:
    """Return the link sheets by title."""
    return work.link_sheets(organisation_id)


def link_sheet(*, organisation_id: int, sheet_id: int) -> LinkSheetView:
    """Return one link sheet. Raises ``SupportNotFound``."""
    return work.link_sheet(organisation_id, sheet_id)


def agreement_suggestion() -> AgreementInput:
    """Return the agreement to start from, with three goals and three questions."""
    return content.agreement()


def agreements(*, organisation_id: int) -> tuple[AgreementView, ...]:
    """Return every agreement in principle, the one that changed last first."""
    return decisions.agreements(organisation_id)


def agreement(*, organisation_id: int, agreement_id: int) -> AgreementView:
    """Return one agreement with its questions. Raises ``SupportNotFound``."""
    return decisions.agreement(organisation_id, agreement_id)


def mandate(*, organisation_id: int, on: dt.date) -> AgreementView | None:
    """Return the agreement that holds on a day, the one that was decided last; ``None`` when there is none."""
    found = [one for one in decisions.agreements(organisation_id) if one.standing(on) is AgreementState.AGREED]
    return max(found, key=lambda one: (one.decided_on or dt.date.min, one.id), default=None)


def statement_suggestion(*, kind: StatementKind) -> StatementInput:
    """Return the expectations or the charter to start from."""
    return content.statement(kind)


def statement_reader(*, kind: StatementKind) -> str:
    """Return the role of the people who are expected to confirm statements of this kind."""
    return workflow.READERS[kind]


def statements(*, organisation_id: int) -> tuple[StatementView, ...]:
    """Return every statement with who confirmed it, newest first."""
    return decisions.statements(organisation_id)


def statement(*, organisation_id: int, statement_id: int) -> StatementView:
    """Return one statement. Raises ``SupportNotFound``."""
    return decisions.statement(organisation_id, statement_id)


def statements_to_confirm(*, actor: Actor) -> tuple[StatementView, ...]:
    """Return the statements in force that this person is expected to confirm and has not: for the front page."""
    if actor.user_id is None:
        return ()
    kinds = [kind for kind, role in workflow.READERS.items() if role in actor.roles]
    found = [one for kind in kinds for one in decisions.unconfirmed(actor.organisation_id, actor.user_id, kind)]
    return tuple(found)


def list_contributions(*, actor: Actor, query: ListQuery) -> Slice[ContributionView]:
    """Return a slice of the contributions. Filters: ``segment``, ``status``. Raises ``NotAllowed``."""
    actor.require("strategy.view")
    return work.list_contributions(actor.organisation_id, query)


def contribution(*, organisation_id: int, contribution_id: int) -> ContributionView:
    """Return one contribution. Raises ``SupportNotFound``."""
    return work.contribution(organisation_id, contribution_id)


def flagship_limit() -> int:
    """Return how many flagship dossiers may run at the same time."""
    return content.setting("flagship_limit")


def flagships(*, organisation_id: int) -> tuple[FlagshipView, ...]:
    """Return the flagship dossiers with what they taught, those that run first."""
    return work.flagships(organisation_id)


def flagship(*, organisation_id: int, flagship_id: int) -> FlagshipView:
    """Return one flagship dossier. Raises ``SupportNotFound``."""
    return work.flagship(organisation_id, flagship_id)


def shared_learnings(*, organisation_id: int, limit: int = 5) -> tuple[LearningView, ...]:
    """Return the successes and lessons that were shared, newest first: for the front page and the executive."""
    return work.learnings(organisation_id, shared_at__isnull=False)[:limit]


def learnings_between(*, organisation_id: int, start: dt.date, end: dt.date) -> tuple[LearningView, ...]:
    """Return what flagship dossiers taught in a period, both days included."""
    return work.learnings_between(organisation_id, start, end)


def reports(*, organisation_id: int) -> tuple[ReportView, ...]:
    """Return the reports to the executive, newest first."""
    return work.reports(organisation_id)


def report(*, organisation_id: int, report_id: int) -> ReportView:
    """Return one report. Raises ``SupportNotFound``."""
    return work.report(organisation_id, report_id)


def report_due(*, workspace: WorkspaceView, reports: tuple[ReportView, ...]) -> dt.date:
    """Return the day on which the next report is due; it may have passed."""
    start = reports[0].end if reports else workspace.opened_at.astimezone(clock.BRUSSELS).date()
    return obligations.due_after(start, months=workspace.report_months)
