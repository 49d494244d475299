"""Use cases about purchasing goals and principles: translate, activate, reach, end."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.catalogue import api as catalogue
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorView, State
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.money import to_cents
from koopkracht.strategy.actions.goals import locked, step
from koopkracht.strategy.errors.goals import GoalIncomplete, GoalNotFound, NotReached, StepNotPossible, TooAbstract
from koopkracht.strategy.models import PURPOSE_STATE_LABELS, Principle, PurchasingGoal
from koopkracht.strategy.queries import purposes as queries
from koopkracht.strategy.types.goals import (
    PURCHASING_GOAL,
    GoalState,
    Missing,
    PrincipleInput,
    PurposeInput,
    PurposeState,
    PurposeView,
)
from koopkracht.strategy.workflow import PURPOSE_STEPS, purpose_may

_SCOPE_TYPES = ("works", "services", "supplies")
_LARGEST = Decimal(10) ** 12
_LONGEST_MONTHS = 1_200
_LONGEST_TITLE = 300


def create_purpose(*, actor: Actor, social_goal_id: int, purpose: PurposeInput, chain: str = "") -> int:
    """Translate a social goal into a purchasing goal and return its key."""
    actor.require("strategy.edit")
    values = _checked(purpose)
    try:
        with transaction.atomic():
            goal = locked(actor, social_goal_id)
            if goal.state == GoalState.PARKED or not goal.is_lever:
                raise StepNotPossible(
                    _("Beoordeel eerst of aankopen een hefboom zijn voor “%(title)s”. Vertaal het doel daarna.")
                    % {"title": goal.title}
                )
            row = PurchasingGoal.objects.create(
                organisation_id=actor.organisation_id, social_goal=goal, chain=chain, **values
            )
            if goal.rank is not None:
                step(goal, "translate")
                goal.save(update_fields=["state"])
            audit.record(actor=actor, action="purchasing-goal.created", subject="purchasing-goal", subject_key=row.pk)
    except IntegrityError as error:
        raise _taken() from error
    return int(row.pk)


def change_purpose(*, actor: Actor, purpose_id: int, purpose: PurposeInput) -> None:
    """Change what a purchasing goal says; one that becomes too abstract is a draft again."""
    actor.require("strategy.edit")
    values = _checked(purpose)
    try:
        with transaction.atomic():
            row = _locked(actor, purpose_id)
            if row.state == PurposeState.ENDED:
                raise StepNotPossible(_("Dit aankoopdoel is gestopt. Maak een nieuw aankoopdoel."))
            for name, value in values.items():
                setattr(row, name, value)
            if row.state == PurposeState.ACTIVE and Missing.SCOPE in missing(queries.purpose_view(row), ()):
                row.state = PurposeState.DRAFT.value
            row.changed_on = clock.today()
            row.save()
            audit.record(
                actor=actor, action="purchasing-goal.changed", subject="purchasing-goal", subject_key=purpose_id
            )
    except IntegrityError as error:
        raise _taken() from error


def missing(purpose: PurposeView, found: tuple[IndicatorView, ...]) -> tuple[Missing, ...]:
    """Return what a purchasing goal lacks to be measurable; nothing when it can become active."""
    lacks = []
    if not purpose.product_groups and purpose.scope.is_empty:
        lacks.append(Missing.SCOPE)
    if all(one.state is State.CLOSED for one in found):
        lacks.append(Missing.INDICATOR)
    return tuple(lacks)


def activate_purpose(*, actor: Actor, purpose_id: int) -> None:
    """Make a purchasing goal active, or say what still makes it too abstract."""
    actor.require("strategy.edit")
    with transaction.atomic():
        row = _locked(actor, purpose_id)
        _step(row, "activate")
        lacks = missing(queries.purpose_view(row), _indicators(actor, purpose_id))
        if lacks:
            raise TooAbstract(_words(lacks), missing=lacks)
        _store(actor, row, "purchasing-goal.activated")


def reach_purpose(*, actor: Actor, purpose_id: int, on: dt.date) -> None:
    """Mark a purchasing goal as reached: every indicator with a target has reached it (CF-03)."""
    actor.require("strategy.edit")
    with transaction.atomic():
        row = _locked(actor, purpose_id)
        _step(row, "reach")
        if not targets_met(actor.organisation_id, _indicators(actor, purpose_id), on):
            raise NotReached(
                _("Nog niet elke streefwaarde is gehaald. Kijk bij de indicatoren hoe groot het verschil is.")
            )
        _store(actor, row, "purchasing-goal.reached")


def end_purpose(*, actor: Actor, purpose_id: int, reason: str) -> None:
    """Stop a purchasing goal, with the reason."""
    actor.require("strategy.edit")
    if not reason.strip():
        raise GoalIncomplete(_("Schrijf waarom u dit aankoopdoel stopt."), field="reason")
    with transaction.atomic():
        row = _locked(actor, purpose_id)
        _step(row, "end")
        row.ended_reason = reason.strip()
        _store(actor, row, "purchasing-goal.ended")


def targets_met(organisation_id: int, found: tuple[IndicatorView, ...], on: dt.date) -> bool:
    """Tell whether there is an indicator with a target, and each of those has reached it."""
    with_target = [one.id for one in found if one.target is not None and one.state is not State.CLOSED]
    if not with_target:
        return False
    standings = indicators.standings(organisation_id=organisation_id, indicator_ids=with_target, on=on)
    return all(one.target_met is True for one in standings)


def set_principle(*, actor: Actor, principle: PrincipleInput) -> int:
    """Set the minimum share of a product group from a day on and return its key; the same start replaces it."""
    actor.require("strategy.edit")
    catalogue.product_group(code=principle.product_group)
    if not 0 < principle.minimum <= 1:
        raise GoalIncomplete(_("Een aandeel ligt tussen 0 en 100 %."), field="minimum")
    if principle.purpose_id is not None:
        queries.purpose(actor.organisation_id, principle.purpose_id)
    with transaction.atomic():
        _check_free(actor.organisation_id, principle)
        row, _new = Principle.objects.update_or_create(
            organisation_id=actor.organisation_id,
            product_group=principle.product_group,
            valid_from=principle.valid.start,
            defaults={
                "minimum": principle.minimum,
                "valid_until": principle.valid.end,
                "reason": principle.reason.strip(),
                "purpose_id": principle.purpose_id,
            },
        )
        audit.record(actor=actor, action="principle.set", subject="principle", subject_key=row.pk)
    return int(row.pk)


def end_principle(*, actor: Actor, principle_id: int, until: dt.date) -> None:
    """Let a principle hold up to and not including a day."""
    actor.require("strategy.edit")
    with transaction.atomic():
        row = Principle.objects.of(actor.organisation_id).select_for_update().filter(pk=principle_id).first()
        if row is None:
            raise GoalNotFound(principle_id)
        if until <= row.valid_from:
            raise GoalIncomplete(_("De einddatum ligt voor het begin van het principe."), field="valid_until")
        row.valid_until = until
        row.save(update_fields=["valid_until"])
        audit.record(actor=actor, action="principle.ended", subject="principle", subject_key=principle_id)


def _check_free(organisation_id: int, principle: PrincipleInput) -> None:
    """One product group has one minimum on a day."""
    others = Principle.objects.of(organisation_id).filter(product_group=principle.product_group)
    others = others.exclude(valid_from=principle.valid.start)
    others = others.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=principle.valid.start))
    if principle.valid.end is not None:
        others = others.filter(valid_from__lt=principle.valid.end)
    if others.exists():
        raise GoalIncomplete(
            _("Voor deze productgroep geldt in die periode al een principe. Beëindig dat eerst."), field="valid_from"
        )


def _indicators(actor: Actor, purpose_id: int) -> tuple[IndicatorView, ...]:
    return indicators.of_subjects(
        organisation_id=actor.organisation_id, subject=PURCHASING_GOAL, subject_keys=[purpose_id]
    )[purpose_id]


def _locked(actor: Actor, purpose_id: int) -> Any:
    rows = PurchasingGoal.objects.of(actor.organisation_id).select_for_update(of=("self",))
    row = rows.select_related("social_goal").filter(pk=purpose_id).first()
    if row is None:
        raise GoalNotFound(purpose_id)
    return row


def _step(row: Any, name: str) -> None:
    state = PurposeState(row.state)
    if not purpose_may(name, state):
        raise StepNotPossible(
            _("Dat kan nu niet: dit aankoopdoel heeft de stand “%(state)s”.") % {"state": PURPOSE_STATE_LABELS[state]}
        )
    row.state = PURPOSE_STEPS[name][1].value


def _store(actor: Actor, row: Any, action: str) -> None:
    row.changed_on = clock.today()
    row.save(update_fields=["state", "ended_reason", "changed_on"])
    audit.record(actor=actor, action=action, subject="purchasing-goal", subject_key=row.pk)


def _words(lacks: tuple[Missing, ...]) -> str:
    words = {
        Missing.SCOPE: _("kies minstens één productgroep of een afbakening"),
        Missing.INDICATOR: _("voeg minstens één indicator toe"),
    }
    return _("Dit aankoopdoel is nog te abstract: %(todo)s.") % {"todo": _(" en ").join(words[one] for one in lacks)}


def _taken() -> GoalIncomplete:
    return GoalIncomplete(_("Dit doel heeft al een aankoopdoel met deze tekst. Pas dat aan."), field="title")


def _checked(purpose: PurposeInput) -> dict[str, Any]:
    title = " ".join(purpose.title.split())
    if not title:
        raise GoalIncomplete(_("Schrijf in één zin hoe aankopen dit doel dichterbij brengen."), field="title")
    if len(title) > _LONGEST_TITLE:
        raise GoalIncomplete(_("Houd het doel korter dan 300 tekens. De rest hoort in de toelichting."), field="title")
    for code in purpose.product_groups:
        catalogue.product_group(code=code)
    rule = purpose.scope
    if not set(rule.types) <= set(_SCOPE_TYPES):
        raise GoalIncomplete(_("Kies werken, diensten of leveringen."), field="scope_types")
    if rule.value_over is not None and not 0 <= rule.value_over <= _LARGEST:
        raise GoalIncomplete(_("Dit bedrag klopt niet. Vul een bedrag in euro in."), field="scope_value_over")
    if rule.months is not None and not 0 < rule.months <= _LONGEST_MONTHS:
        raise GoalIncomplete(_("Deze looptijd klopt niet. Vul maanden in."), field="scope_months")
    return {
        "title": title,
        "description": purpose.description.strip(),
        "product_groups": list(dict.fromkeys(purpose.product_groups)),
        "scope_types": [one for one in _SCOPE_TYPES if one in rule.types],
        "scope_value_cents": None if rule.value_over is None else to_cents(rule.value_over),
        "scope_months": rule.months,
    }
