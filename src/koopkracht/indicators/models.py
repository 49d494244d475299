"""Indicators, their target paths over time, their measurements and the talks about them.

Values are whole millionths: exact on every database, for a share of one in a million as for a billion euro.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.indicators.types import Direction, Frequency, IndicatorKind, Source, State
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

KIND_LABELS = {
    IndicatorKind.SHARE: _("Aandeel (%)"),
    IndicatorKind.COUNT: _("Aantal"),
    IndicatorKind.HOURS: _("Uren"),
    IndicatorKind.AMOUNT: _("Bedrag (euro)"),
    IndicatorKind.YES_NO: _("Ja of nee"),
}
STATE_LABELS = {
    State.DRAFT: _("Ontwerp"),
    State.ACTIVE: _("Actief"),
    State.NO_DATA: _("Geen gegevens"),
    State.CLOSED: _("Afgesloten"),
}
SOURCE_LABELS = {Source.COMPUTED: _("Koopkracht berekent"), Source.ENTERED: _("U vult in")}
FREQUENCY_LABELS = {
    Frequency.YEAR: _("Elk jaar"),
    Frequency.QUARTER: _("Elk kwartaal"),
    Frequency.MONTH: _("Elke maand"),
}
DIRECTION_LABELS = {Direction.HIGHER: _("Hoger is beter"), Direction.LOWER: _("Lager is beter")}


def _choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(code.value, label) for code, label in labels.items()]


class Indicator(OrganisationOwned):
    """One indicator of a subject; the four parts of its form are ambition, definition, realism and responsible."""

    subject = models.CharField(max_length=40)
    subject_key = models.BigIntegerField()
    name = models.CharField(_("naam"), max_length=200)
    kind = models.CharField(max_length=10, choices=_choices(KIND_LABELS))
    unit = models.CharField(_("eenheid"), max_length=60, blank=True)
    ambition = models.TextField(_("ambitie"), blank=True)
    definition = models.TextField(_("definitie"), blank=True)
    realism = models.TextField(_("realisme"), blank=True)
    source = models.CharField(max_length=10, choices=_choices(SOURCE_LABELS))
    measure = models.CharField(max_length=60, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    frequency = models.CharField(max_length=10, choices=_choices(FREQUENCY_LABELS), default=Frequency.YEAR.value)
    direction = models.CharField(max_length=10, choices=_choices(DIRECTION_LABELS), default=Direction.HIGHER.value)
    theme = models.CharField(max_length=40, blank=True)
    data_available = models.BooleanField(default=False)
    data_reliable = models.BooleanField(default=False)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=_choices(STATE_LABELS), default=State.DRAFT.value)
    activated_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "subject", "subject_key", "id"], name="indicators_of_subject"),
            models.Index(fields=["organisation", "name", "id"], name="indicators_by_name"),
            models.Index(fields=["organisation", "source", "state", "id"], name="indicators_by_source"),
        )

    def __str__(self) -> str:
        return self.name


class TargetPathVersion(OrganisationOwned):
    """A target path from the moment it was set; without ``baseline_year`` the target was taken away."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="paths", db_index=False)
    baseline_year = models.IntegerField(null=True, blank=True)
    baseline_millionths = models.BigIntegerField(null=True, blank=True)
    growth_millionths = models.BigIntegerField(null=True, blank=True)
    end_year = models.IntegerField(null=True, blank=True)
    end_millionths = models.BigIntegerField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "indicator"],
                condition=models.Q(is_current=True),
                name="indicators_path_current_unique",
            ),
        )
        indexes = (models.Index(fields=["organisation", "indicator", "-id"], name="indicators_path_history"),)

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.baseline_year}"


class Measurement(OrganisationOwned):
    """The value of one period. A newer one takes its place; this row stays as it was recorded."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measurements", db_index=False)
    period_start = models.DateField()
    period_end = models.DateField()
    value_millionths = models.BigIntegerField()
    numerator_millionths = models.BigIntegerField(null=True, blank=True)
    denominator_millionths = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    remark = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True)
    provenance = models.JSONField(default=dict, blank=True)
    is_current = models.BooleanField(default=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "indicator", "period_start", "period_end"],
                condition=models.Q(is_current=True),
                name="indicators_measurement_current_unique",
            ),
        )
        indexes = (
            models.Index(
                fields=["organisation", "indicator", "period_start", "id"], name="indicators_measurement_series"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_start}"


class Discussion(OrganisationOwned):
    """A talk about an indicator with stakeholders: planned, and once held with its outcome."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="discussions", db_index=False)
    topic = models.CharField(_("onderwerp"), max_length=200)
    participants = models.CharField(_("deelnemers"), max_length=300)
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(_("resultaat"), blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "indicator", "planned_on", "id"], name="indicators_discussion_when"),
        )

    def __str__(self) -> str:
        return self.topic
