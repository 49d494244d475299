"""The history of support in the demonstration town, written through the same doors as the pages use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from koopkracht.demo.town import content
from koopkracht.obligations.api import due_after
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import (
    ActivityInput,
    ActivityStatus,
    Audience,
    CommitmentStatus,
    ContributionStatus,
    DecisionInput,
    Engagement,
    FlagshipInput,
    LearningKind,
    LinkSheetInput,
    Phase,
    Priority,
    ReportInput,
    StakeholderInput,
    StakeholderKind,
    StatementKind,
)

People = Mapping[str, Actor]


def load(*, people: People, say: Callable[[str], None]) -> None:
    """Fill the part about support; ``people`` are actors by the name of their role."""
    told = content("support")
    say("Het draagvlak wordt opgebouwd")
    buyer, officer = people["buyer"], people["social-economy-officer"]
    support.open_workspace(actor=officer)
    support.invite(actor=officer, user_id=buyer.user_id or 0, note=told["invite_note"])
    support.open_workspace(actor=buyer)
    for version, row in enumerate(told["goal"]):
        author = buyer if version == 1 else officer
        support.write_goal(actor=author, text=row["text"], base_version=version, remark=row["remark"])
    _groups(told, people)
    purchases = _purchases(officer)
    _sheets(told, officer, purchases)
    _decisions(told, people)
    _ideas(told, people)
    _flagships(told, people, purchases)


def _groups(told: Mapping[str, Any], people: People) -> None:
    officer = people["social-economy-officer"]
    for known in support.list_stakeholders(actor=officer, query=ListQuery()).rows:
        if known.name in told["core_groups"]:
            support.put_stakeholder(
                actor=officer,
                stakeholder=StakeholderInput(
                    name=known.name,
                    kind=known.kind,
                    interest=known.interest,
                    priority=known.priority,
                    engagement=Engagement(told["core_groups"][known.name]),
                ),
                stakeholder_id=known.id,
            )
    for row in told["stakeholders"]:
        kinds = {"kind": StakeholderKind(row["kind"]), "priority": Priority(row["priority"])}
        given = StakeholderInput(**{**row, **kinds, "engagement": Engagement(row["engagement"])})
        support.put_stakeholder(actor=officer, stakeholder=given)
    for row in told["activities"]:
        activity = ActivityInput(
            title=row["title"],
            phase=Phase(row["phase"]),
            audience=Audience(row["audience"]),
            kind=row["kind"],
            owner_id=people[row["owner"]].user_id or 0,
            date=_day(row["day"]),
            status=ActivityStatus(row["status"]),
        )
        support.put_activity(actor=officer, activity=activity)


def _sheets(told: Mapping[str, Any], officer: Actor, purchases: Mapping[str, int]) -> None:
    for code in told["link_sheets"]:
        one = support.link_examples()[code]
        given = LinkSheetInput(
            title=one.title,
            purchase=told["link_purchases"][code],
            priority=one.priority,
            contribution=one.contribution,
            question=one.question,
            figures=one.figures,
            planned_purchase_id=purchases.get(told["link_purchases"][code]),
        )
        support.put_link_sheet(actor=officer, sheet=given)


def _decisions(told: Mapping[str, Any], people: People) -> None:
    officer, lead, buyer = people["social-economy-officer"], people["executive"], people["buyer"]
    row = told["agreement"]
    decided = _day(row["day"])
    key = support.put_agreement(actor=officer, agreement=support.agreement_suggestion())
    support.submit_agreement(actor=officer, agreement_id=key)
    until = due_after(decided, months=row["months"])
    support.agree(actor=lead, agreement_id=key, decision=DecisionInput(decided, row["decision"], until))
    questions = support.agreement(organisation_id=officer.organisation_id, agreement_id=key).questions
    for answer in told["answers"]:
        question = questions[answer["question"]]
        support.answer_question(actor=buyer, agreement_id=key, question_id=question.id, answer=answer["text"])
    support.publish_statement(actor=lead, statement=support.statement_suggestion(kind=StatementKind.EXPECTATIONS))
    charter = support.publish_statement(actor=lead, statement=support.statement_suggestion(kind=StatementKind.CHARTER))
    support.confirm_statement(actor=lead, statement_id=charter)
    progress = told["charter_progress"]
    support.put_progress(
        actor=lead,
        statement_id=charter,
        position=progress["position"],
        status=CommitmentStatus(progress["status"]),
        note=progress["note"],
    )


def _ideas(told: Mapping[str, Any], people: People) -> None:
    for row in told["ideas"]:
        key = support.contribute(actor=people[row["by"]], segment=row["segment"], text=row["text"])
        officer = people["social-economy-officer"]
        if row.get("status") == ContributionStatus.APPLIED:
            support.answer_contribution(actor=officer, contribution_id=key, status=ContributionStatus.ACCEPTED)
        if "status" in row:
            support.answer_contribution(
                actor=officer,
                contribution_id=key,
                status=ContributionStatus(row["status"]),
                response=row["response"],
            )


def _flagships(told: Mapping[str, Any], people: People, purchases: Mapping[str, int]) -> None:
    buyer, officer = people["buyer"], people["social-economy-officer"]
    for row in told["flagships"]:
        if row["purchase"] not in purchases:
            continue
        given = FlagshipInput(support.PURCHASE, purchases[row["purchase"]], row["purchase"], row["reason"])
        key = support.mark_flagship(actor=officer, flagship=given)
        for learned in row["learnings"]:
            kind = LearningKind(learned["kind"])
            learning = support.add_learning(actor=buyer, flagship_id=key, kind=kind, text=learned["text"])
            if learned["share"]:
                support.share_learning(actor=buyer, learning_id=learning)
    row = told["report"]
    report = ReportInput(
        start=_day(-row["days"]),
        end=clock.today(),
        title=row["title"],
        summary=row["summary"],
        next_step=row["next_step"],
        successes=tuple(row["successes"]),
        lessons=tuple(row["lessons"]),
        figures_source="Koopkracht, deel Draagvlak",
    )
    support.keep_report(actor=officer, report=report)


def _purchases(actor: Actor) -> dict[str, int]:
    found = strategy.list_planned_purchases(actor=actor, query=ListQuery(limit=200, count=False)).rows
    return {one.title: one.id for one in found}


def _day(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)
