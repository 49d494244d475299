"""Use cases about social goals: note, judge, shortlist, approve, park."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy import instruments
from koopkracht.strategy.errors.goals import GoalIncomplete, GoalNotFound, StepNotPossible
from koopkracht.strategy.models import (
    GOAL_STATE_LABELS,
    GoalDecision,
    GoalSettings,
    GoalTheme,
    PurchasingGoal,
    SocialGoal,
)
from koopkracht.strategy.queries import goals as queries
from koopkracht.strategy.types.goals import DecisionKind, GoalState, Judgement, PurposeState, SocialGoalInput
from koopkracht.strategy.workflow import GOAL_STEPS, goal_may

_LONGEST_TITLE = 200


def note_goal(*, actor: Actor, goal: SocialGoalInput) -> int:
    """Put a goal in the inventory and return its key."""
    actor.require("strategy.edit")
    values = _checked(actor, goal)
    try:
        with transaction.atomic():
            row = SocialGoal.objects.create(organisation_id=actor.organisation_id, **values)
            audit.record(actor=actor, action="goal.noted", subject="goal", subject_key=row.pk)
    except IntegrityError as error:
        raise _taken() from error
    return int(row.pk)


def change_goal(*, actor: Actor, goal_id: int, goal: SocialGoalInput) -> None:
    """Change what a goal says; without a new file the stored one stays."""
    actor.require("strategy.edit")
    values = _checked(actor, goal)
    if not goal.source_sha:
        del values["source_sha"]
    try:
        with transaction.atomic():
            row = locked(actor, goal_id)
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            audit.record(actor=actor, action="goal.changed", subject="goal", subject_key=goal_id)
    except IntegrityError as error:
        raise _taken() from error


def judge_goal(*, actor: Actor, goal_id: int, judgement: Judgement) -> None:
    """Record whether purchases are a lever for a goal, and how large the effect can be."""
    actor.require("strategy.edit")
    _check_judgement(judgement)
    with transaction.atomic():
        row = locked(actor, goal_id)
        step(row, "judge")
        row.is_lever = judgement.is_lever
        row.effect = judgement.effect.value if judgement.effect else ""
        row.judgement = judgement.remark.strip()
        row.other_lever = "" if judgement.is_lever else judgement.other_lever
        row.judged_on, row.judged_by = clock.today(), who(actor)
        row.save()
        audit.record(
            actor=actor, action="goal.judged", subject="goal", subject_key=goal_id, data={"lever": judgement.is_lever}
        )


def park_goal(*, actor: Actor, goal_id: int, reason: str) -> None:
    """Put a goal aside, with the reason; it leaves the shortlist."""
    actor.require("strategy.edit")
    if not reason.strip():
        raise GoalIncomplete(_("Schrijf waarom u dit doel parkeert. Zo weet iedereen het later nog."), field="reason")
    with transaction.atomic():
        row = locked(actor, goal_id)
        step(row, "park")
        row.parked_reason, row.rank = reason.strip(), None
        row.save()
        audit.record(actor=actor, action="goal.parked", subject="goal", subject_key=goal_id)


def reopen_goal(*, actor: Actor, goal_id: int) -> None:
    """Take a parked goal up again; it is judged anew."""
    actor.require("strategy.edit")
    with transaction.atomic():
        row = locked(actor, goal_id)
        step(row, "reopen")
        row.parked_reason, row.is_lever, row.effect, row.other_lever = "", None, "", ""
        row.save()
        audit.record(actor=actor, action="goal.reopened", subject="goal", subject_key=goal_id)


def fix_shortlist(*, actor: Actor, goal_ids: Sequence[int], decided_on: dt.date, body: str, reason: str) -> int:
    """Fix the ranked shortlist by a dated decision and return the key of the decision."""
    actor.require("strategy.edit")
    _check_decision(goal_ids, decided_on, body, reason)
    with transaction.atomic():
        rows = _rows(actor, goal_ids)
        for row in rows:
            _check_shortlist(row)
        translated = set(
            PurchasingGoal.objects.of(actor.organisation_id)
            .exclude(state=PurposeState.ENDED.value)
            .values_list("social_goal_id", flat=True)
        )
        dropped = SocialGoal.objects.of(actor.organisation_id).filter(rank__isnull=False).exclude(pk__in=goal_ids)
        dropped.update(rank=None, state=GOAL_STEPS["drop"][1].value)
        for rank, row in enumerate(rows, start=1):
            step(row, "shortlist")
            if row.pk in translated:
                step(row, "translate")
            row.rank = rank
            row.save(update_fields=["state", "rank"])
        return _decide(actor, DecisionKind.SHORTLIST, rows, decided_on, body, reason)


def approve_goals(*, actor: Actor, goal_ids: Sequence[int], decided_on: dt.date, body: str, reason: str) -> int:
    """Approve a set of shortlisted goals as the executive and return the key of the decision."""
    actor.require("strategy.decide")
    _check_decision(goal_ids, decided_on, body, reason)
    with transaction.atomic():
        rows = _rows(actor, goal_ids)
        for row in rows:
            if row.state not in {GoalState.SHORTLISTED, GoalState.TRANSLATED}:
                raise StepNotPossible(
                    _("“%(title)s” staat niet op de shortlist. Leg eerst de shortlist vast.") % {"title": row.title}
                )
        return _decide(actor, DecisionKind.APPROVAL, rows, decided_on, body, reason)


def add_theme(*, actor: Actor, name: str) -> str:
    """Add an own theme and return its code; the same name again gives the same code."""
    actor.require("strategy.edit")
    clean = " ".join(name.split())[:120]
    code = f"eigen-{slugify(clean)}"[:60]
    if code == "eigen-":
        raise GoalIncomplete(_("Geef het thema een naam."), field="name")
    known = {theme.name.casefold(): theme.code for theme in queries.themes(actor.organisation_id)}
    if clean.casefold() in known:
        return known[clean.casefold()]
    with transaction.atomic():
        _row, is_new = GoalTheme.objects.get_or_create(
            organisation_id=actor.organisation_id, code=code, defaults={"name": clean}
        )
        if is_new:
            audit.record(actor=actor, action="goal.theme-added", subject="goal", data={"theme": code})
    return code


def choose_default_theme(*, actor: Actor, theme: str) -> None:
    """Choose the theme that new goals get."""
    actor.require("strategy.edit")
    _check_codes([theme], [one.code for one in queries.themes(actor.organisation_id)], "theme")
    with transaction.atomic():
        GoalSettings.objects.update_or_create(organisation_id=actor.organisation_id, defaults={"default_theme": theme})
        audit.record(actor=actor, action="goal.settings-changed", subject="goal", data={"theme": theme})


def who(actor: Actor) -> str:
    """Return the name of who acts, to be read years later."""
    if actor.label or actor.user_id is None:
        return actor.label[:200]
    return accounts.names_of(organisation_id=actor.organisation_id, user_ids=[actor.user_id]).get(actor.user_id, "")[
        :200
    ]


def locked(actor: Actor, goal_id: int) -> Any:
    """Return the row of a goal of this organisation, kept still until the end of the transaction."""
    row = SocialGoal.objects.of(actor.organisation_id).select_for_update().filter(pk=goal_id).first()
    if row is None:
        raise GoalNotFound(goal_id)
    return row


def step(row: Any, name: str) -> None:
    """Take a step of the table, or say in words why it is not possible."""
    state = GoalState(row.state)
    if not goal_may(name, state):
        raise StepNotPossible(
            _("Dat kan nu niet: “%(title)s” heeft de stand “%(state)s”.")
            % {"title": row.title, "state": GOAL_STATE_LABELS[state]}
        )
    row.state = GOAL_STEPS[name][1].value


def _taken() -> GoalIncomplete:
    return GoalIncomplete(_("Er staat al een doel met deze titel in de lijst. Pas dat doel aan."), field="title")


def _checked(actor: Actor, goal: SocialGoalInput) -> dict[str, Any]:
    title = " ".join(goal.title.split())
    if not title:
        raise GoalIncomplete(_("Schrijf het doel in één zin."), field="title")
    if len(title) > _LONGEST_TITLE:
        raise GoalIncomplete(_("Houd het doel korter dan 200 tekens. De rest hoort in de toelichting."), field="title")
    themes = goal.themes or (queries.default_theme(actor.organisation_id),)
    _check_codes(themes, [one.code for one in queries.themes(actor.organisation_id)], "themes")
    _check_codes(goal.strategic_goals, [one.code for one in instruments.strategic_goals()], "strategic_goals")
    if goal.source_sha:
        documents.document(organisation_id=actor.organisation_id, sha256=goal.source_sha)
    return {
        "title": title,
        "description": goal.description.strip(),
        "pillar": goal.pillar.value,
        "themes": list(dict.fromkeys(themes)),
        "strategic_goals": list(dict.fromkeys(goal.strategic_goals)),
        "source_title": goal.source_title.strip()[:300],
        "source_sha": goal.source_sha,
    }


def _check_codes(codes: Sequence[str], known: Sequence[str], field: str) -> None:
    if not set(codes) <= set(known):
        raise GoalIncomplete(_("Deze keuze bestaat niet meer. Kies opnieuw uit de lijst."), field=field)


def _check_judgement(judgement: Judgement) -> None:
    if judgement.is_lever and judgement.effect is None:
        raise GoalIncomplete(_("Schat hoe groot het effect kan zijn. Een ruwe schatting volstaat."), field="effect")
    if judgement.other_lever and judgement.other_lever not in {one.code for one in instruments.other_levers()}:
        raise GoalIncomplete(_("Kies een andere hefboom uit de lijst."), field="other_lever")


def _check_decision(goal_ids: Sequence[int], decided_on: dt.date, body: str, reason: str) -> None:
    if not goal_ids:
        raise GoalIncomplete(_("Kies minstens één doel."), field="goals")
    if len(set(goal_ids)) != len(goal_ids):
        raise GoalIncomplete(_("Een doel kan maar één plaats op de lijst hebben."), field="goals")
    if decided_on > clock.today():
        raise GoalIncomplete(_("De datum van het besluit ligt in de toekomst."), field="decided_on")
    if not body.strip():
        raise GoalIncomplete(_("Vul in wie dit besliste, bijvoorbeeld “werkgroep sociaal aankopen”."), field="body")
    if not reason.strip():
        raise GoalIncomplete(_("Schrijf kort waarom: dat leest een collega over een jaar nog eens na."), field="reason")


def _rows(actor: Actor, goal_ids: Sequence[int]) -> list[Any]:
    found = SocialGoal.objects.of(actor.organisation_id).select_for_update().in_bulk(list(goal_ids))
    missing = [key for key in goal_ids if key not in found]
    if missing:
        raise GoalNotFound(missing[0])
    return [found[key] for key in goal_ids]


def _check_shortlist(row: Any) -> None:
    if row.state == GoalState.INVENTORIED:
        raise StepNotPossible(
            _("Beoordeel eerst of aankopen een hefboom zijn voor “%(title)s”.") % {"title": row.title}
        )
    if not row.is_lever:
        raise StepNotPossible(
            _("Voor “%(title)s” zijn aankopen geen hefboom. Dit doel kan niet op de shortlist.") % {"title": row.title}
        )


_RECORDED = {DecisionKind.SHORTLIST: "goal.shortlist", DecisionKind.APPROVAL: "goal.approval"}


def _decide(actor: Actor, kind: DecisionKind, rows: Sequence[Any], decided_on: dt.date, body: str, reason: str) -> int:
    values = {
        "kind": kind.value,
        "decided_on": decided_on,
        "decided_by": who(actor),
        "body": body.strip()[:200],
        "reason": reason.strip(),
        "goals": [{"id": row.pk, "title": row.title} for row in rows],
    }
    last = GoalDecision.objects.of(actor.organisation_id).filter(kind=kind.value).order_by("-id").first()
    if last is not None and all(getattr(last, name) == value for name, value in values.items()):
        return int(last.pk)  # the same form sent twice
    made = GoalDecision.objects.create(organisation_id=actor.organisation_id, **values)
    audit.record(
        actor=actor,
        action=_RECORDED[kind],
        subject="goal-decision",
        subject_key=made.pk,
        data={"goals": [row.pk for row in rows]},
    )
    return int(made.pk)
