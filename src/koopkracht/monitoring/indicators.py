"""Brings the computed indicators of an organisation up to date: compute, compare, push. Again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import (
    Direction,
    Frequency,
    IndicatorInput,
    IndicatorKind,
    IndicatorView,
    MeasurementInput,
    MeasurementView,
    Source,
    State,
    TargetPath,
)
from koopkracht.jobs import api as jobs
from koopkracht.monitoring import measures
from koopkracht.monitoring.errors import EntryRefused, MeasureNotFound, UnknownProductGroup
from koopkracht.monitoring.types import MeasureDefinition, MeasureValue
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import KoopkrachtError
from koopkracht.shared.periods import Period

log = structlog.get_logger("koopkracht.monitoring")
REFRESH = "monitoring.indicators"
ORGANISATION = "organisation"
"""Subject of an indicator that belongs to no goal but to the organisation as a whole."""
_LARGEST = Decimal(10) ** 12
_YEARS_AHEAD = 5


def measure_definition(*, code: str) -> MeasureDefinition:
    """Return the words of a measure. Raises ``MeasureNotFound``."""
    found = measures.definitions().get(code)
    if found is None:
        raise MeasureNotFound(code)
    return found


def measure_values(
    *,
    organisation_id: int,
    code: str,
    parameters: Mapping[str, Any] | None = None,
    entered: Mapping[int, Decimal] | None = None,
) -> tuple[MeasureValue, ...]:
    """Return a measure per year, oldest first, straight from the figures. Raises ``MeasureNotFound``."""
    measure_definition(code=code)
    return measures.compute(organisation_id=organisation_id, code=code, parameters=parameters, entered=entered)


def check_parameters(*, code: str, parameters: Mapping[str, Any]) -> None:
    """Raise ``MeasureNotFound`` or ``UnknownProductGroup`` for what cannot be computed."""
    measure_definition(code=code)
    for group in measures.group_codes(parameters.get("product_groups", ())):
        try:
            catalogue.product_group(code=group)
        except ProductGroupNotFound as error:
            raise UnknownProductGroup(
                _("De productgroep %(code)s bestaat niet. Kies een andere uit de lijst.") % {"code": group},
                code="unknown-product-group",
                field="product_groups",
            ) from error


def refresh(*, organisation_id: int) -> int:
    """Compute all indicators of an organisation that are computed, and their states; return how many values changed."""
    actor = _system(organisation_id)
    changed = 0
    for view in indicators.computed(organisation_id=organisation_id):
        try:
            changed += _refresh(actor, view)
        except KoopkrachtError as error:  # closed meanwhile, or a value that cannot be right: the others go on
            log.warning("indicator not computed", indicator=view.id, code=error.code)
    indicators.refresh_states(organisation_id=organisation_id, on=clock.today())
    return changed


def refresh_indicator(*, organisation_id: int, indicator_id: int) -> int:
    """Compute one indicator now; returns how many values changed. Raises ``IndicatorNotFound``."""
    view = indicators.indicator(organisation_id=organisation_id, indicator_id=indicator_id)
    return _refresh(_system(organisation_id), view) if view.source is Source.COMPUTED else 0


def refresh_all() -> int:
    """Compute the indicators of every organisation; returns how many values changed."""
    return sum(refresh(organisation_id=one.id) for one in accounts.organisations())


def ask_refresh(*, actor: Actor) -> int:
    """Have the indicators of the actor's organisation computed in the background. Raises ``NotAllowed``."""
    actor.require("indicator.measure")
    return jobs.enqueue(kind=REFRESH, actor=actor, payload={}, message=_("De indicatoren worden herberekend."))


def enter_part(*, actor: Actor, indicator_id: int, year: int, amount: Decimal, source: str,
               remark: str = "", evidence: tuple[str, ...] = ()) -> None:  # fmt: skip
    """Keep the part that people enter for a computed indicator (EUR) and compute its value for that year.

    Raises ``EntryRefused``, ``IndicatorNotFound``, ``NotAllowed`` and what ``indicators.measure`` raises.
    """
    actor.require("indicator.measure")
    view = indicators.indicator(organisation_id=actor.organisation_id, indicator_id=indicator_id)
    definition = measures.definitions().get(view.measure)
    if definition is None or not definition.entry:
        raise EntryRefused(_("Dit cijfer rekent Koopkracht zelf. U hoeft niets in te vullen."), field="value")
    if not amount.is_finite() or not 0 <= amount <= _LARGEST:
        raise EntryRefused(_("Vul een bedrag in van nul of meer."), field="value")
    found = measures.compute(
        organisation_id=actor.organisation_id,
        code=view.measure,
        parameters=view.parameters,
        entered={year: amount},
    )
    value = next((one for one in found if one.year == year), None)
    if value is None or value.value is None:
        raise EntryRefused(
            _("Voor %(year)s is er niets om dit bedrag mee te vergelijken. Laad eerst de gegevens van dat jaar in.")
            % {"year": year},
            field="period",
        )
    indicators.measure(
        actor=actor,
        indicator_id=indicator_id,
        measurement=_measurement(definition, value, entered=amount, source=source, remark=remark, evidence=evidence),
    )


def create_ready(*, actor: Actor, code: str, subject: str = ORGANISATION, subject_key: int | None = None,
                 responsible_id: int | None = None) -> int:  # fmt: skip
    """Make a draft from a ready indicator of the content, with its proposed target; returns its key.

    Where it is there already and not closed, that one is returned: a second click makes nothing. Raises
    ``MeasureNotFound`` for an unknown code, and what ``indicators.create`` raises; nothing is half made then.
    """
    entry = measures.ready().get(code)
    if entry is None:
        raise MeasureNotFound(code)
    key = actor.organisation_id if subject_key is None else subject_key
    there = indicators.of_subjects(organisation_id=actor.organisation_id, subject=subject, subject_keys=[key])
    for view in there.get(key, ()):
        if view.name == entry["name"] and view.state is not State.CLOSED:
            return view.id
    with transaction.atomic():
        indicator_id = indicators.create(
            actor=actor, subject=subject, subject_key=key, indicator=_ready_input(entry, responsible_id)
        )
        refresh_indicator(organisation_id=actor.organisation_id, indicator_id=indicator_id)
        path = _ready_path(actor.organisation_id, indicator_id, entry.get("target"))
        if path is not None:
            indicators.set_target(actor=actor, indicator_id=indicator_id, path=path)
    return indicator_id


def _ready_input(entry: Mapping[str, Any], responsible_id: int | None) -> IndicatorInput:
    definition = measures.definitions().get(entry.get("measure", ""))
    return IndicatorInput(
        name=entry["name"],
        kind=IndicatorKind(definition.kind if definition else entry["kind"]),
        unit=definition.unit if definition else entry.get("unit", ""),
        ambition=entry["ambition"],
        definition=entry["definition"],
        realism=entry["realism"],
        source=Source.COMPUTED if definition else Source.ENTERED,
        measure=definition.code if definition else "",
        parameters=entry.get("parameters", {}),
        direction=Direction(definition.direction) if definition else Direction.HIGHER,
        theme=definition.theme if definition else entry.get("theme", ""),
        responsible_id=responsible_id,
    )


def _ready_path(organisation_id: int, indicator_id: int, target: Mapping[str, str] | None) -> TargetPath | None:
    """Return the proposed target from the newest measured year: a fixed value, or an end value five years on."""
    if not target:
        return None
    known = indicators.series(organisation_id=organisation_id, indicator_id=indicator_id)
    year = clock.today().year
    start = known[-1].period.start.year if known else year
    if "baseline_value" in target:
        return TargetPath(start, Decimal(target["baseline_value"]), Decimal(target["yearly_growth"]))
    if not known:
        return None
    return TargetPath(start, known[-1].value, None, year + _YEARS_AHEAD, Decimal(target["end_value"]))


def _refresh(actor: Actor, view: IndicatorView) -> int:
    definition = measures.definitions().get(view.measure)
    if definition is None or view.frequency is not Frequency.YEAR:
        return 0
    known = indicators.series(organisation_id=actor.organisation_id, indicator_id=view.id)
    entered = {one.period.start.year: one for one in known if _was_entered(one, view)}
    values = measures.compute(
        organisation_id=actor.organisation_id,
        code=view.measure,
        parameters=view.parameters,
        entered={year: Decimal(one.provenance["entered"]) for year, one in entered.items()},
    )
    changed = 0
    for value in values:
        if value.value is not None:
            changed += indicators.measure(
                actor=actor,
                indicator_id=view.id,
                measurement=_again(definition, value, entered.get(value.year)),
            )
    return changed + _retract(actor, view, known, {one.year for one in values if one.value is not None})


def _again(definition: MeasureDefinition, value: MeasureValue, before: MeasurementView | None) -> MeasurementInput:
    """Return the measurement, with what people entered earlier and from where."""
    if before is None:
        return _measurement(definition, value)
    return _measurement(
        definition,
        value,
        entered=Decimal(before.provenance["entered"]),
        source=before.source,
        remark=before.remark,
        evidence=before.evidence,
    )


def _retract(actor: Actor, view: IndicatorView, known: tuple[MeasurementView, ...], years: set[int]) -> int:
    """Let values no longer hold that the figures no longer give, after an import was undone; keep what was entered."""
    gone = [one for one in known if one.period.start.year not in years and not _was_entered(one, view)]
    for one in gone:
        indicators.retract(actor=actor, indicator_id=view.id, period=one.period)
    return len(gone)


def _was_entered(one: MeasurementView, view: IndicatorView) -> bool:
    """Tell whether people entered a part of this value for the measure of now: an amount of another measure is not."""
    return "entered" in one.provenance and one.provenance.get("measure") == view.measure


def _measurement(
    definition: MeasureDefinition,
    value: MeasureValue,
    *,
    entered: Decimal | None = None,
    source: str = "",
    remark: str = "",
    evidence: tuple[str, ...] = (),
) -> MeasurementInput:
    if value.value is None:
        raise ValueError("a measurement needs a value")
    provenance: dict[str, Any] = {
        "measure": definition.code,
        "pages": [dict(one) for one in value.pages],
        "counted": dict(value.counted),
    }
    if entered is not None:
        provenance["entered"] = str(entered)
    return MeasurementInput(
        period=Period.calendar_year(value.year),
        value=value.value,
        numerator=value.numerator,
        denominator=value.denominator,
        source=source or definition.source,
        remark=remark,
        evidence=evidence,
        provenance=provenance,
    )


def _system(organisation_id: int) -> Actor:
    return accounts.system_actor(
        organisation_id=organisation_id,
        permissions=frozenset({"indicator.measure"}),
        label=_("Automatische herberekening"),
    )
