"""Use cases of the selection: the method, scores, and the decisions of people about product groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.catalogue import api as catalogue
from koopkracht.scoring import api as scoring
from koopkracht.scoring.types import Score
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.money import to_cents
from koopkracht.strategy import selection_content
from koopkracht.strategy.errors.selection import SelectionRefused, StepNotPossible
from koopkracht.strategy.models import (
    SelectionDecision,
    SelectionGroup,
    SelectionMethod,
    SelectionParameter,
)
from koopkracht.strategy.queries import selection as queries
from koopkracht.strategy.types.selection import (
    TRANSITIONS,
    ExtraParameter,
    GroupStatus,
    MethodInput,
    SelectionMethodView,
    Step,
    Thresholds,
)

_LONGEST_REASON = 500
_LARGEST_AMOUNT = Decimal(10) ** 12
_MOST_EXTRA = 20
_ACTIONS = {
    Step.PRIORITISE: "selection.prioritised",
    Step.WITHDRAW: "selection.priority-withdrawn",
    Step.DECIDE_SIGNIFICANT: "selection.chosen",
    Step.DECIDE_NOT: "selection.not-chosen",
    Step.REOPEN: "selection.reopened",
}


# --- method ----------------------------------------------------------------------------------------------------


def change_method(*, actor: Actor, change: MethodInput) -> SelectionMethodView:
    """Store a new version with these weights, borders and own parameters, and put it in use."""
    actor.require("strategy.edit")
    if not change.note.strip():
        raise SelectionRefused(
            _("Schrijf kort waarom u de methode wijzigt. Zo kan iedereen het later volgen."), field="note"
        )
    _check_thresholds(change.thresholds)
    extra = _coded(change.extra)
    with transaction.atomic():
        view = _store(actor, change.weights, change.thresholds, extra, change.note)
        audit.record(
            actor=actor,
            action="selection.method-changed",
            subject="selection-method",
            subject_key=view.method.id,
            data={"version": view.method.version},
        )
    return view


def _store(
    actor: Actor, weights: Mapping[str, Decimal], borders: Thresholds, extra: Sequence[ExtraParameter], note: str
) -> SelectionMethodView:
    current = queries.method(actor.organisation_id)
    made = scoring.create_method(
        actor=actor,
        subject=queries.METHOD,
        name=selection_content.content().name,
        criteria=selection_content.criteria(weights, extra),
        note=note,
        # Borders and goals belong to the version: other ones are another version, also with the same weights.
        new_version=current is not None and (current.thresholds, current.extra) != (borders, tuple(extra)),
    )
    SelectionMethod.objects.get_or_create(
        organisation_id=actor.organisation_id,
        method_id=made.id,
        defaults={
            "small_below_cents": to_cents(borders.small_below),
            "large_from_cents": to_cents(borders.large_from),
            "significant_from": borders.significant_from,
            "urgent_months": borders.urgent_months,
        },
    )
    SelectionParameter.objects.bulk_create(
        [
            SelectionParameter(
                organisation_id=actor.organisation_id,
                method_id=made.id,
                code=one.code,
                goal_id=one.goal_id,
                goal_name=one.goal_name.strip()[:200],
            )
            for one in extra
        ],
        ignore_conflicts=True,
    )
    found = queries.method(actor.organisation_id)
    assert found is not None  # noqa: S101 - it was just stored
    return found


def _coded(extra: Sequence[ExtraParameter]) -> tuple[ExtraParameter, ...]:
    """Give the own parameters their codes; a parameter that had one keeps it, so that versions can be compared."""
    if len(extra) > _MOST_EXTRA:
        raise SelectionRefused(
            _("Voeg hoogstens %(most)s eigen parameters toe.") % {"most": _MOST_EXTRA}, field="extra"
        )
    taken = {one.code for one in extra if one.code} | set(selection_content.guidance())
    found = []
    for one in extra:
        if not one.code:
            number = next(number for number in range(1, 1000) if f"F-{number}" not in taken)
            one = replace(one, code=f"F-{number}")
            taken.add(one.code)
        found.append(replace(one, name=one.name.strip(), explanation=one.explanation.strip()))
    return tuple(found)


def _check_thresholds(borders: Thresholds) -> None:
    if not 0 <= borders.small_below <= borders.large_from <= _LARGEST_AMOUNT:
        raise SelectionRefused(
            _("De grens voor een grote opdracht moet minstens even hoog zijn als die voor een kleine."),
            field="large_from",
        )
    lowest, highest = selection_content.content().scale
    if not lowest <= borders.significant_from <= highest:
        raise SelectionRefused(
            _("De grens voor het advies ligt tussen %(lowest)s en %(highest)s.")
            % {"lowest": lowest, "highest": highest},
            field="significant_from",
        )
    if not 0 <= borders.urgent_months <= 60:
        raise SelectionRefused(_("Kies een aantal maanden van 0 tot 60."), field="urgent_months")


def method_in_use(actor: Actor) -> SelectionMethodView:
    """Return the method in use; the first one who needs it puts the default of the content in use."""
    found = queries.method(actor.organisation_id)
    if found is not None and found.method.id:
        return found
    # Choosing our default is no change of policy: whoever starts may do it, also without the right to edit methods.
    starter = replace(actor, permissions=actor.permissions | {"scoring.edit"})
    return _store(starter, {}, selection_content.content().thresholds, (), _("Startmethode van Koopkracht"))


# --- groups ----------------------------------------------------------------------------------------------------


def _group(actor: Actor, code: str) -> SelectionGroup:
    """Return the row of a group, made when it is not there yet, and locked. Raises ``ProductGroupNotFound``."""
    known = catalogue.product_group(code=code)
    SelectionGroup.objects.get_or_create(organisation_id=actor.organisation_id, product_group=known.code)
    row: SelectionGroup = (
        SelectionGroup.objects.select_for_update().of(actor.organisation_id).get(product_group=known.code)
    )
    return row


def score(*, actor: Actor, code: str, method_id: int, scores: Mapping[str, Score]) -> None:
    """Store what this person gives for a group; a group with all scores moves to scored."""
    actor.require("selection.assess")
    with transaction.atomic():
        row = _group(actor, code)
        in_use = method_in_use(actor)
        scoring.score(
            actor=actor,
            method_id=method_id or in_use.method.id,
            subject=queries.GROUP,
            subject_key=row.pk,
            scores=scores,
        )
        _settle(actor, row, in_use.method.id)


def _settle(actor: Actor, row: SelectionGroup, method_id: int) -> None:
    """Move a group to scored as soon as its scores are complete."""
    after = TRANSITIONS.get((GroupStatus(row.status), Step.SCORE))
    if after is None:
        return
    ranking = scoring.results(
        organisation_id=actor.organisation_id, method_id=method_id, subject=queries.GROUP, subject_keys=[row.pk]
    )
    if ranking.by_key[row.pk].complete:
        row.status = after.value
        row.updated_at = clock.now()
        row.save(update_fields=["status", "updated_at"])


def prioritise(*, actor: Actor, codes: Sequence[str], reason: str, decided_on: dt.date, participants: str) -> int:
    """Give groups priority, as agreed in a workshop; return how many got it now."""
    actor.require("selection.decide")
    _check(reason, decided_on, participants)
    if not codes:
        raise SelectionRefused(_("Kies minstens één productgroep."), field="groups")
    given = 0
    with transaction.atomic():
        for code in sorted(set(codes)):
            row = _group(actor, code)
            after = TRANSITIONS.get((GroupStatus(row.status), Step.PRIORITISE))
            if after is None or row.priority_on is not None:
                continue  # it has priority already, or people decided about it
            row.status, row.priority_on, row.updated_at = after.value, decided_on, clock.now()
            row.save(update_fields=["status", "priority_on", "updated_at"])
            _record(actor, row, Step.PRIORITISE, reason, decided_on, participants)
            given += 1
    return given


def withdraw_priority(*, actor: Actor, code: str, reason: str) -> None:
    """Take the priority of a group that nobody scored yet away."""
    actor.require("selection.decide")
    _check(reason)
    with transaction.atomic():
        row = _group(actor, code)
        _step(
            row, Step.WITHDRAW, _("Alleen een groep met voorrang die nog niet beoordeeld is, kan terug naar de lijst.")
        )
        row.priority_on = None
        row.save(update_fields=["status", "priority_on", "updated_at"])
        _record(actor, row, Step.WITHDRAW, reason, clock.today(), "")


def decide(*, actor: Actor, code: str, significant: bool, reason: str, decided_on: dt.date, participants: str) -> None:
    """Record that people call a group significant or not, with what the ranking advised at that moment."""
    actor.require("selection.decide")
    _check(reason, decided_on, participants)
    step = Step.DECIDE_SIGNIFICANT if significant else Step.DECIDE_NOT
    with transaction.atomic():
        row = _group(actor, code)
        if TRANSITIONS[GroupStatus.SCORED, step].value == row.status:
            return  # decided the same already: pressing twice changes nothing
        _step(
            row,
            step,
            _("Over deze groep kunt u nu niet beslissen. Geef eerst alle scores, of open de beslissing opnieuw."),
        )
        in_use = queries.method(actor.organisation_id) or queries.default()
        if queries.standings(actor.organisation_id, in_use, [row.product_group]).of(row.product_group).score is None:
            raise StepNotPossible(
                _("De scores zijn niet volledig met de methode van nu. Vul eerst de ontbrekende scores aan.")
            )
        row.save(update_fields=["status", "updated_at"])
        _record(actor, row, step, reason, decided_on, participants)


def reopen(*, actor: Actor, code: str, reason: str) -> None:
    """Open a decided group again, with a reason; scores and earlier decisions stay."""
    actor.require("selection.decide")
    _check(reason)
    with transaction.atomic():
        row = _group(actor, code)
        _step(row, Step.REOPEN, _("Over deze groep is nog niet beslist. Er is niets om opnieuw te openen."))
        row.save(update_fields=["status", "updated_at"])
        _record(actor, row, Step.REOPEN, reason, clock.today(), "")


def _step(row: SelectionGroup, step: Step, refusal: str) -> None:
    after = TRANSITIONS.get((GroupStatus(row.status), step))
    if after is None:
        raise StepNotPossible(refusal)
    row.status = after.value
    row.updated_at = clock.now()


def _check(reason: str, decided_on: dt.date | None = None, participants: str | None = None) -> None:
    if not reason.strip():
        raise SelectionRefused(_("Schrijf de reden erbij. Zo weet iedereen later waarom."), field="reason")
    if participants is not None and not participants.strip():
        raise SelectionRefused(_("Vul in wie mee beslist heeft."), field="participants")
    if decided_on is not None and decided_on > clock.today():
        raise SelectionRefused(_("Een beslissing kan niet in de toekomst liggen."), field="decided_on")


def _record(actor: Actor, row: SelectionGroup, step: Step, reason: str, decided_on: dt.date, participants: str) -> None:
    """Keep a step in the history, with score, rank and version as they are now."""
    in_use = queries.method(actor.organisation_id) or queries.default()
    standing = queries.standings(actor.organisation_id, in_use, [row.product_group]).of(row.product_group)
    result = standing.result
    SelectionDecision.objects.create(
        organisation_id=actor.organisation_id,
        group=row,
        step=step.value,
        reason=reason.strip()[:2000],
        decided_on=decided_on,
        participants=participants.strip()[:_LONGEST_REASON],
        method_id=in_use.method.id or None,
        version=in_use.method.version or None,
        score=two_decimals(result.total) if result else None,
        rank=result.rank if result else None,
        recorded_by_id=actor.user_id,
    )
    audit.record(
        actor=actor,
        action=_ACTIONS[step],
        subject="product-group",
        subject_key=row.product_group,
        data={"status": row.status},
    )


def two_decimals(value: Fraction | None) -> Decimal | None:
    """Return an exact figure rounded to two decimals, halves up; ``None`` stays ``None``."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def describe(*, actor: Actor, code: str, features: Sequence[str], focus: Sequence[str], focus_reason: str) -> None:
    """Keep why a group is preferred: its features and the grounds on which it has the focus."""
    actor.require("strategy.edit")
    content = selection_content.content()
    kept = [note.code for note in content.features if note.code in features]
    grounds = [note.code for note in content.focus_grounds if note.code in focus]
    if grounds and not focus_reason.strip():
        raise SelectionRefused(_("Schrijf waarom deze groep de focus krijgt."), field="focus_reason")
    with transaction.atomic():
        row = _group(actor, code)
        row.features, row.focus, row.updated_at = kept, grounds, clock.now()
        row.focus_reason = focus_reason.strip()[:_LONGEST_REASON] if grounds else ""
        row.save(update_fields=["features", "focus", "focus_reason", "updated_at"])
        audit.record(
            actor=actor,
            action="selection.described",
            subject="product-group",
            subject_key=row.product_group,
            data={"features": kept, "focus": grounds},
        )
