"""The goals of the demonstration town: from its coalition agreement to purchasing goals with targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from koopkracht.demo.town import content
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorInput, IndicatorKind, MeasurementInput, Source, TargetPath
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.periods import Period
from koopkracht.strategy.api import goals, yearly
from koopkracht.strategy.types.goals import (
    SUBJECT,
    Effect,
    Judgement,
    Pillar,
    PrincipleInput,
    PurposeInput,
    SocialGoalInput,
)
from koopkracht.strategy.types.yearly import ActionKind, YearlyActionInput

_CENT = Decimal("0.001")


def load(*, people: Mapping[str, Actor], say: Callable[[str], None]) -> None:
    """Fill the town with goals, decisions, purchasing goals, a principle and yearly actions."""
    described = content("goals")
    officer = people["social-economy-officer"]
    say("De doelen van het voorbeeldbestuur worden genoteerd")
    keys = _goals(officer, described)
    for one in described["shortlist"]:
        _decide(officer, one, keys)
    _approve(people["executive"], described, keys)
    say("De aankoopdoelen en hun streefwaarden worden gemaakt")
    for one in described["chains"]:
        _chain(officer, one)
    _path(officer, described["path"], keys)
    draft = described["draft"]
    goals.create_purpose(
        actor=officer,
        social_goal_id=keys[draft["social_goal"]],
        purpose=PurposeInput(draft["title"], draft["description"]),
    )
    _principle(officer, described["principle"])
    _actions(officer, described, keys)
    monitoring.refresh_indicators(organisation_id=officer.organisation_id)


def _goals(actor: Actor, described: Mapping[str, Any]) -> dict[str, int]:
    own = {name: goals.add_theme(actor=actor, name=name) for name in described["own_themes"]}
    short = {code.removeprefix("eigen-"): code for code in own.values()}
    keys = {}
    for one in described["goals"]:
        keys[one["title"]] = goals.note_goal(
            actor=actor,
            goal=SocialGoalInput(
                title=one["title"],
                description=one["description"],
                pillar=Pillar(one["pillar"]),
                themes=tuple(short.get(code, code) for code in one["themes"]),
                strategic_goals=tuple(one["strategic_goals"]),
                source_title=f"{described['agreement']}, bladzijde {one['page']}",
            ),
        )
        if "lever" in one:
            effect = Effect(one["effect"]) if "effect" in one else None
            judgement = Judgement(one["lever"], effect, one["remark"], one.get("other_lever", ""))
            goals.judge_goal(actor=actor, goal_id=keys[one["title"]], judgement=judgement)
    return keys


def _decide(actor: Actor, one: Mapping[str, Any], keys: Mapping[str, int]) -> None:
    goals.fix_shortlist(
        actor=actor,
        goal_ids=[keys[title] for title in one["goals"]],
        decided_on=one["decided_on"],
        body=one["body"],
        reason=one["reason"],
    )


def _approve(actor: Actor, described: Mapping[str, Any], keys: Mapping[str, int]) -> None:
    approval = described["approval"]
    goals.approve_goals(
        actor=actor,
        goal_ids=[keys[title] for title in described["shortlist"][-1]["goals"]],
        decided_on=approval["decided_on"],
        body=approval["body"],
        reason=approval["reason"],
    )


def _chain(actor: Actor, one: Mapping[str, Any]) -> None:
    found = next(chain for chain in goals.chains() if chain.code == one["code"])
    if "groups" in one:
        found = replace(found, purpose=replace(found.purpose, product_groups=tuple(one["groups"])))
    taken = goals.take_chain(actor=actor, chain=found, responsible_id=actor.user_id)
    for key in taken.indicator_ids:
        _measurable(actor, key)
    for year, *values in one.get("measured", ()):
        for key, value in zip(taken.indicator_ids, values, strict=True):
            indicators.measure(
                actor=actor,
                indicator_id=key,
                measurement=MeasurementInput(
                    period=Period.calendar_year(year), value=Decimal(value), source="Opgave van de scholen"
                ),
            )
    if one["active"]:
        goals.activate_purpose(actor=actor, purpose_id=taken.purpose_id)


def _measurable(actor: Actor, indicator_id: int) -> None:
    """Say that the data are there and reliable, and start measuring."""
    view = indicators.indicator(organisation_id=actor.organisation_id, indicator_id=indicator_id)
    kept = {name: getattr(view, name) for name in IndicatorInput.__dataclass_fields__}
    kept |= {"data_available": True, "data_reliable": True, "responsible_id": actor.user_id}
    indicators.change(actor=actor, indicator_id=indicator_id, indicator=IndicatorInput(**kept))
    indicators.activate(actor=actor, indicator_id=indicator_id)


def _path(actor: Actor, one: Mapping[str, Any], keys: Mapping[str, int]) -> None:
    purpose = goals.create_purpose(
        actor=actor,
        social_goal_id=keys[one["social_goal"]],
        purpose=PurposeInput(one["title"], one["description"], tuple(one["groups"])),
    )
    parameters = {"product_groups": list(one["groups"])}
    made = indicators.create(
        actor=actor,
        subject=SUBJECT,
        subject_key=purpose,
        indicator=IndicatorInput(
            name=one["indicator"],
            kind=IndicatorKind.SHARE,
            unit="van de uitgaven",
            ambition=one["title"],
            definition="Uitgaven bij sociale ondernemingen, gedeeld door alle uitgaven in deze productgroepen.",
            realism="Eén punt per jaar is haalbaar met de contracten die aflopen.",
            source=Source.COMPUTED,
            measure="social-share",
            parameters=parameters,
            responsible_id=actor.user_id,
        ),
    )
    _measurable(actor, made)
    known = monitoring.measure_values(organisation_id=actor.organisation_id, code="social-share", parameters=parameters)
    past = [(at.year, at.value) for at in known if at.value is not None and at.year < clock.today().year]
    if past:
        (year, value), growth, years = past[-1], Decimal(one["growth"]), int(one["years"])
        baseline = value.quantize(_CENT)
        path = TargetPath(year, baseline, growth, year + years, baseline + Decimal(one["extra"]))
        indicators.set_target(actor=actor, indicator_id=made, path=path)
    goals.activate_purpose(actor=actor, purpose_id=purpose)


def _principle(actor: Actor, one: Mapping[str, Any]) -> None:
    valid = Period(one["valid_from"])
    principle = PrincipleInput(one["group"], Decimal(one["minimum"]), valid, one["reason"])
    goals.set_principle(actor=actor, principle=principle)


def _actions(actor: Actor, described: Mapping[str, Any], keys: Mapping[str, int]) -> None:
    for one in described["actions"]:
        yearly.put_action(
            actor=actor,
            action=YearlyActionInput(
                entity=one["entity"],
                year=one["year"],
                kind=ActionKind(one["kind"]),
                title=one["title"],
                detail=one["detail"],
                strategic_goals=tuple(one["goals"]),
                social_goal_id=keys[one["social_goal"]] if "social_goal" in one else None,
                example=one.get("example", ""),
            ),
        )
    year = described["overview_year"]
    yearly.compile_overview(actor=actor, year=year)
    yearly.inform_board(actor=actor, year=year)
    yearly.publish(actor=actor, year=year)
