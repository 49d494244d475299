"""Use cases of the planner: ask for a plan, compute it, decide on it, change what is assumed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.jobs import api as jobs
from koopkracht.monitoring.models import PlannerAssumption, PlannerRun
from koopkracht.monitoring.planner import content, explain, store
from koopkracht.monitoring.planner.check import verify
from koopkracht.monitoring.planner.codec import problem_from
from koopkracht.monitoring.planner.errors import AssumptionRefused, PlanIncomplete, PlanNotReady
from koopkracht.monitoring.planner.explain import Report
from koopkracht.monitoring.planner.gather import gather
from koopkracht.monitoring.planner.problem import Lock
from koopkracht.monitoring.planner.solve import Options, version
from koopkracht.monitoring.planner.types import PlanRequest, PlanState
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound, Rejected
from koopkracht.strategy.api import selection

SOLVE = "monitoring.planner"
_MOST_HOURS = 100_000
_MOST_MARKET = 10_000
_MOST_REQUIRED = 10**14
_SECONDS = 20


def start(*, actor: Actor, request: PlanRequest) -> int:
    """Store a request, put the work in the queue and return the key of the plan."""
    actor.require("planner.run")
    _check(request)
    stored = request_json(request)
    digest = hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()
    with transaction.atomic():
        # Pressing the button twice asks for one plan.
        same = PlannerRun.objects.of(actor.organisation_id).filter(
            request_digest=digest, state=PlannerRun.State.WAITING, created_by_id=actor.user_id
        )
        known = same.order_by("-pk").values_list("pk", "job_id").first()
        if known is not None and _is_under_way(actor, known[1]):
            return int(known[0])
        row = PlannerRun.objects.create(
            organisation_id=actor.organisation_id,
            name=request.name.strip()[:120],
            year=request.year,
            request=stored,
            request_digest=digest,
            created_by_id=actor.user_id,
            created_by_name=_name(actor),
        )
        row.job_id = jobs.enqueue(
            kind=SOLVE, actor=actor, payload={"plan_id": row.pk}, message=_("Het plan staat klaar om te beginnen.")
        )
        row.save(update_fields=["job_id"])
        audit.record(actor=actor, action="planner.started", subject="planner-run", subject_key=row.pk)
    return int(row.pk)


def _is_under_way(actor: Actor, job_id: int | None) -> bool:
    """Tell whether the work on a plan can still end; a job that was lost leaves its plan waiting for ever."""
    if job_id is None:
        return True
    try:
        return not jobs.view(actor=actor, job_id=job_id).is_finished
    except NotFound:
        return False


def compute(*, organisation_id: int, plan_id: int, report: Report) -> PlanState:
    """Gather, solve and explain a waiting plan, and store all of it at once; a plan that is done stays as it is."""
    row = store.run(organisation_id, plan_id)
    if row.state != PlannerRun.State.WAITING:
        return PlanState(row.state)
    request = request_from(row.request)
    report(0, None, _("Verzamelt de planning, de doelen, de markt en de wet"))
    found = gather(
        organisation_id=organisation_id,
        request=request,
        menu=content.menu(store.values(organisation_id)),
        on=clock.today(),
    )
    result = explain.plan(found.problem, Options(seconds=_SECONDS), report) if found.problem.targets else {}
    base = result.get("base") or {}
    state, message = _outcome(found.problem.targets, base)
    with transaction.atomic():
        waiting = PlannerRun.objects.of(organisation_id).filter(pk=plan_id, state=PlannerRun.State.WAITING)
        waiting.update(
            state=state.value,
            inputs=found.snapshot | {"request": row.request},
            result=result,
            solver=version(),
            gap=base.get("gap"),
            hours=base.get("hours") if state is PlanState.SOLVED else None,
            dossiers=len(base["choice"]) if state is PlanState.SOLVED else None,
            message=message,
        )
    return state


def _outcome(targets: tuple[Any, ...], base: Mapping[str, Any]) -> tuple[PlanState, str]:
    if not targets:
        return PlanState.FAILED, _(
            "Er is geen enkel doel waarmee de planner kan rekenen. Kies of vul eerst een doel in."
        )
    if base["status"] == "infeasible":
        return PlanState.IMPOSSIBLE, ""
    if base["status"] == "unknown" or not base["checked"]:
        return PlanState.FAILED, _(
            "Er werd binnen de tijd geen plan gevonden. Probeer het met minder doelen of dossiers."
        )
    return PlanState.SOLVED, ""


def fail(*, organisation_id: int, plan_id: int, message: str) -> None:
    """Note that a plan could not be computed."""
    waiting = PlannerRun.objects.of(organisation_id).filter(pk=plan_id, state=PlannerRun.State.WAITING)
    waiting.update(state=PlannerRun.State.FAILED, message=message[:300])


def decide(*, actor: Actor, plan_id: int, reason: str, deviations: Mapping[str, tuple[str, str]]) -> None:
    """Follow a plan, with per dossier another package (or none) and why; marks the chosen purchases where possible."""
    actor.require("planner.decide")
    if not reason.strip():
        raise PlanIncomplete(
            _("Schrijf waarom u dit plan volgt. Zo begrijpt iedereen het later nog."),
            code="plan-reason",
            field="reason",
        )
    with transaction.atomic():
        row = store.run(actor.organisation_id, plan_id, lock=True)
        if row.state == PlannerRun.State.DECIDED:
            raise PlanNotReady(
                _("Over dit plan is al beslist. Maak een nieuw plan als u iets wilt wijzigen."), code="decided"
            )
        if row.state != PlannerRun.State.SOLVED:
            raise PlanNotReady(_("Er is nog geen plan om over te beslissen."), code="plan-not-ready")
        row.decision = _decision(row, deviations)
        row.decision["marks"] = _mark(actor, row)
        row.state = PlannerRun.State.DECIDED
        row.reason = reason.strip()[:2000]
        row.decided_at, row.decided_by_id, row.decided_by_name = clock.now(), actor.user_id, _name(actor)
        row.save()
        audit.record(
            actor=actor,
            action="planner.decided",
            subject="planner-run",
            subject_key=plan_id,
            data={"dossiers": len(row.decision["choice"]), "deviations": len(row.decision["deviations"])},
        )


def mark(*, actor: Actor, plan_id: int) -> int:
    """Mark the purchases of a decided plan in the purchasing plan; return how many are marked now."""
    actor.require("plan.edit")
    with transaction.atomic():
        row = store.run(actor.organisation_id, plan_id, lock=True)
        if row.state != PlannerRun.State.DECIDED:
            raise PlanNotReady(_("Beslis eerst dat u dit plan volgt."), code="plan-not-decided")
        row.decision = row.decision | {"marks": _mark(actor, row)}
        row.save(update_fields=["decision"])
        return sum(1 for text in row.decision["marks"].values() if not text)


def _decision(row: PlannerRun, deviations: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    problem = problem_from(row.inputs["problem"])
    choice = dict(row.result["base"]["choice"])
    kept = {}
    for key, (code, why) in sorted(deviations.items()):
        if key not in row.inputs["dossiers"] or (code and problem.package(key, code) is None):
            raise PlanIncomplete(
                _("Dit dossier of dit instrument hoort niet bij het plan."), code="plan-deviation", field=key
            )
        if code == choice.get(key, ""):
            continue
        if not why.strip():
            title = row.inputs["dossiers"][key]["title"]
            raise PlanIncomplete(
                _("Schrijf waarom u voor “%(title)s” iets anders kiest.") % {"title": title},
                code="plan-deviation-reason",
                field=key,
            )
        kept[key] = {"package": code, "reason": why.strip()[:500], "proposed": choice.get(key, "")}
        choice[key] = code
    choice = {key: code for key, code in sorted(choice.items()) if code}
    verdict = verify(problem, choice)
    totals = verdict.totals
    return {
        "choice": choice,
        "deviations": kept,
        "faults": list(verdict.faults),
        "hours": totals.hours,
        "risk": totals.risk,
        "gains": totals.gains,
        "uses": totals.uses,
    }


def _mark(actor: Actor, row: PlannerRun) -> dict[str, str]:
    """Mark what the plan does; per dossier key an empty text, or why it is not marked."""
    found = {}
    reason = _("Gekozen in het plan “%(name)s” voor %(year)s.") % {"name": row.name, "year": row.year}
    for key in row.decision["choice"]:
        if not actor.may("plan.edit"):
            found[key] = _("Een aankoper kan dit nog markeren in de planning.")
            continue
        try:
            with transaction.atomic():
                selection.mark(actor=actor, purchase_id=int(key), reason=reason)
            found[key] = ""
        except (Rejected, NotFound) as error:
            found[key] = error.message
    return found


def set_assumption(*, actor: Actor, code: str, value: int | None, reason: str) -> None:
    """Use an own number in place of ours, or ours again without ``value``."""
    actor.require("planner.run")
    shipped = next((one for one in content.assumptions() if one.code == code), None)
    if shipped is None:
        raise AssumptionRefused(_("Deze aanname bestaat niet."), code="assumption-unknown", field="code")
    if value is not None and not 0 <= value <= shipped.largest:
        raise AssumptionRefused(
            _("Kies een getal van 0 tot en met %(largest)s.") % {"largest": shipped.largest},
            code="assumption-value",
            field="value",
        )
    if value is not None and not reason.strip():
        raise AssumptionRefused(_("Schrijf waar dit getal vandaan komt."), code="assumption-reason", field="reason")
    with transaction.atomic():
        own = PlannerAssumption.objects.of(actor.organisation_id).filter(code=code)
        if value is None:
            own.delete()
        else:
            PlannerAssumption.objects.update_or_create(
                organisation_id=actor.organisation_id,
                code=code,
                defaults={
                    "value": value,
                    "reason": reason.strip()[:300],
                    "changed_at": clock.now(),
                    "changed_by_id": actor.user_id,
                    "changed_by_name": _name(actor),
                },
            )
        audit.record(
            actor=actor,
            action="planner.assumption-set",
            subject="planner-assumption",
            subject_key=code,
            data={"value": value},
        )


def _name(actor: Actor) -> str:
    """Return the name that stays with a plan, also when the person leaves."""
    if actor.label or actor.user_id is None:
        return actor.label[:150]
    names = accounts.names_of(organisation_id=actor.organisation_id, user_ids=[actor.user_id])
    return names.get(actor.user_id, "")[:150]


def request_json(request: PlanRequest) -> dict[str, Any]:
    """Return a request as stored."""
    plain = asdict(request)
    plain["name"] = request.name.strip()
    plain["staff_hours"] = list(request.staff_hours)
    plain["indicators"] = {str(key): aim for key, aim in sorted(request.indicators.items()) if aim}
    plain["own"] = {aim: amount for aim, amount in sorted(request.own.items()) if amount}
    plain["locks"] = {str(key): lock.value for key, lock in sorted(request.locks.items()) if lock is not Lock.FREE}
    return plain


def request_from(stored: Mapping[str, Any]) -> PlanRequest:
    """Return the request that :func:`request_json` wrote."""
    return PlanRequest(
        name=stored["name"],
        year=stored["year"],
        staff_hours=tuple(stored["staff_hours"]),
        indicators={int(key): aim for key, aim in stored["indicators"].items()},
        own=dict(stored["own"]),
        market=stored["market"],
        appetite=stored["appetite"],
        allow_doubt=stored["allow_doubt"],
        locks={int(key): Lock(lock) for key, lock in stored["locks"].items()},
    )


def _check(request: PlanRequest) -> None:
    for field, holds, text in (*_form_rules(request), *_target_rules(request)):
        if not holds:
            raise PlanIncomplete(text, code=f"plan-{field}", field=field)


def _form_rules(request: PlanRequest) -> tuple[tuple[str, bool, str], ...]:
    hours = request.staff_hours
    return (
        ("name", bool(request.name.strip()), _("Geef het plan een naam.")),
        ("year", 2018 <= request.year <= 2100, _("Kies een jaar van 2018 tot en met 2100.")),
        (
            "staff_hours",
            len(hours) == 4 and all(0 <= one <= _MOST_HOURS for one in hours),
            _("Vul voor elk kwartaal uren in, van 0 tot 100.000."),
        ),
        ("market", 0 <= request.market <= _MOST_MARKET, _("De markt kan hoogstens tien keer zo groot worden.")),
        ("appetite", content.menu().appetite(request.appetite) is not None, _("Kies hoe zwaar risico weegt.")),
    )


def _target_rules(request: PlanRequest) -> tuple[tuple[str, bool, str], ...]:
    menu = content.menu()
    codes = [code for code in (*request.own, *request.indicators.values()) if code]
    return (
        ("targets", all(menu.aim(code) for code in codes), _("Kies waarvoor dit doel meetelt.")),
        (
            "targets",
            any(request.indicators.values()) or any(request.own.values()),
            _("Kies minstens één doel, of vul er zelf een in."),
        ),
        (
            "targets",
            all(0 <= amount <= _MOST_REQUIRED for amount in request.own.values()),
            _("Dit doel is te groot om mee te rekenen."),
        ),
    )
