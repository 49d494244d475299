"""A stored plan of the target planner for the demonstration town, with a decision.

Call this after the purchasing plan, the targets and the market are loaded: the plan is computed from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import yaml

from koopkracht.monitoring.planner import api as planner
from koopkracht.monitoring.planner.types import PlanRequest, PlanState
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery


def load(*, people: Mapping[str, Actor], say: Callable[[str], None]) -> None:
    """Ask for the plans of the content, compute them here and decide on the one that says so; once per town."""
    officer, executive = people["social-economy-officer"], people["executive"]
    known = {row.name for row in planner.list_plans(actor=officer, query=ListQuery()).rows}
    text = (files("koopkracht.content") / "demo" / "planner.yaml").read_text(encoding="utf-8")
    for entry in yaml.safe_load(text)["plans"]:
        if entry["name"] in known:
            continue
        plan_id = planner.start(actor=officer, request=_request(entry, officer))
        state = planner.compute(actor=officer, plan_id=plan_id)
        if entry.get("decision") and state is PlanState.SOLVED:
            planner.decide(actor=executive, plan_id=plan_id, reason=entry["decision"])
        say(f"Doelenplanner: “{entry['name']}” ({state.value})")


def _request(entry: Mapping[str, Any], officer: Actor) -> PlanRequest:
    year, own = entry["year"], dict(entry["own"])
    options = planner.target_options(organisation_id=officer.organisation_id, year=year)
    wanted = entry["indicators"]
    usable = [one for one in options if one.aim and not one.problem]
    chosen = {one.indicator_id: one.aim for one in usable if wanted == "all" or one.name in wanted}
    hours = entry["staff_hours"]
    return PlanRequest(
        name=entry["name"],
        year=year,
        staff_hours=(hours[0], hours[1], hours[2], hours[3]),
        indicators=chosen,
        own=own,
        appetite=entry["appetite"],
        allow_doubt=entry["allow_doubt"],
    )
