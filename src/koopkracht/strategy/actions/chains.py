"""Taking over an example chain: social goal, purchasing goal, indicators and targets in one go."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorInput, IndicatorKind, Source, TargetPath
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy.actions import goals, purposes
from koopkracht.strategy.errors.goals import StepNotPossible
from koopkracht.strategy.models import SocialGoal
from koopkracht.strategy.types.goals import (
    PURCHASING_GOAL,
    Chain,
    ChainIndicator,
    ChainTaken,
    GoalState,
    Judgement,
    PurposeInput,
)

_SCOPED = "subcontracting-share"
"""The measure that follows the sizes of a scope rule; the others follow product groups."""


def take_chain(*, actor: Actor, chain: Chain, responsible_id: int | None = None) -> ChainTaken:
    """Take over a chain as it was adapted; a social goal with the same title is used again."""
    actor.require("strategy.edit")
    with transaction.atomic():
        goal_id = _goal(actor, chain)
        purpose_id = purposes.create_purpose(
            actor=actor, social_goal_id=goal_id, purpose=chain.purpose, chain=chain.code
        )
        made = tuple(_indicator(actor, chain, purpose_id, one, responsible_id) for one in chain.indicators)
        audit.record(
            actor=actor,
            action="goal.chain-taken",
            subject="purchasing-goal",
            subject_key=purpose_id,
            data={"chain": chain.code, "indicators": list(made)},
        )
    return ChainTaken(goal_id, purpose_id, made)


def _goal(actor: Actor, chain: Chain) -> int:
    title = " ".join(chain.goal.title.split())
    row: Any = SocialGoal.objects.of(actor.organisation_id).filter(title=title).first()
    goal_id = row.pk if row is not None else goals.note_goal(actor=actor, goal=chain.goal)
    if row is not None and (row.state == GoalState.PARKED or row.is_lever is False):
        raise StepNotPossible(
            _("“%(title)s” is geparkeerd of aankopen zijn er geen hefboom voor. Bekijk dat doel eerst opnieuw.")
            % {"title": title}
        )
    if row is None or row.state == GoalState.INVENTORIED:
        judgement = Judgement(is_lever=True, effect=chain.effect, remark=chain.story)
        goals.judge_goal(actor=actor, goal_id=goal_id, judgement=judgement)
    return int(goal_id)


def _indicator(actor: Actor, chain: Chain, purpose_id: int, one: ChainIndicator, responsible_id: int | None) -> int:
    made = indicators.create(
        actor=actor,
        subject=PURCHASING_GOAL,
        subject_key=purpose_id,
        indicator=IndicatorInput(
            name=one.name,
            kind=IndicatorKind(one.kind),
            unit=one.unit,
            ambition=chain.purpose.title,
            definition=one.definition,
            realism=one.realism,
            source=Source(one.source),
            measure=one.measure,
            parameters=_parameters(one, chain.purpose),
            responsible_id=responsible_id,
        ),
    )
    if path := target_path(one, clock.today().year):
        indicators.set_target(actor=actor, indicator_id=made, path=path)
    return made


def _parameters(one: ChainIndicator, purpose: PurposeInput) -> dict[str, Any]:
    """Return what a computed measure needs to know: the sizes of the scope rule, or the product groups."""
    if Source(one.source) is not Source.COMPUTED:
        return {}
    if one.measure != _SCOPED:
        return {"product_groups": list(purpose.product_groups)}
    sizes: dict[str, Any] = {}
    if purpose.scope.value_over is not None:
        sizes["value_over"] = str(purpose.scope.value_over)
    if purpose.scope.months is not None:
        sizes["months_at_least"] = purpose.scope.months
    if purpose.scope.types:
        sizes["natures"] = list(purpose.scope.types)
    return sizes


def target_path(one: ChainIndicator, year: int) -> TargetPath | None:
    """Return the path of an indicator of a chain that starts in ``year``; ``None`` when it has no target (AMB-29)."""
    if one.target is not None:
        return TargetPath(baseline_year=year, baseline_value=one.target, yearly_growth=Decimal(0))
    if one.baseline is None:
        return None
    return TargetPath(
        baseline_year=year,
        baseline_value=one.baseline,
        yearly_growth=one.growth,
        end_year=None if one.years is None else year + one.years,
        end_value=one.end_value,
    )
