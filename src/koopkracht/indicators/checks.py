"""What can be wrong with what people give: sizes, missing words, impossible years. Each answer says how to mend it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from koopkracht.indicators import figures
from koopkracht.indicators.errors import IndicatorIncomplete, MeasurementRefused, TargetRefused
from koopkracht.indicators.types import (
    IndicatorInput,
    IndicatorKind,
    IndicatorView,
    MeasurementInput,
    Source,
    TargetPath,
)

FIRST_YEAR, LAST_YEAR = 1990, 2150
LARGEST = Decimal(10) ** 12
_LONGEST_TEXT = 4_000
_OWN_UNIT = (IndicatorKind.COUNT,)
"""Kinds whose value means nothing without a word behind it; the others have their unit of themselves."""


def check_indicator(indicator: IndicatorInput) -> None:
    """Raise ``IndicatorIncomplete`` for a form that is not filled in well enough to keep."""
    if not indicator.name.strip():
        raise IndicatorIncomplete(_("Geef de indicator een naam."), field="name")
    if not indicator.ambition.strip():
        raise IndicatorIncomplete(_("Schrijf eerst wat u wilt bereiken: de ambitie."), field="ambition")
    if indicator.source is Source.COMPUTED and not indicator.measure:
        raise IndicatorIncomplete(_("Kies welk cijfer Koopkracht moet berekenen."), field="measure")
    for name in ("ambition", "definition", "realism"):
        if len(getattr(indicator, name)) > _LONGEST_TEXT:
            raise IndicatorIncomplete(
                _("Deze tekst is te lang. Houd het bij %(count)s tekens.") % {"count": _LONGEST_TEXT}, field=name
            )


def check_path(view: IndicatorView, path: TargetPath) -> None:
    """Raise ``TargetRefused`` for a path that cannot be right for this indicator."""
    if view.kind in _OWN_UNIT and not view.unit.strip():
        raise TargetRefused(
            _("Deze indicator heeft nog geen eenheid, dus een streefwaarde zegt nog niets. Vul eerst de eenheid in."),
            field="unit",
        )
    _check_years(path)
    if (path.end_year is None) != (path.end_value is None) and path.yearly_growth is None:
        missing = "end_value" if path.end_value is None else "end_year"
        raise TargetRefused(_("Vul bij een einddoel zowel het jaar als de waarde in."), field=missing)
    if path.end_value is not None and path.end_year is None:
        raise TargetRefused(_("Vul in tegen welk jaar u het einddoel wilt halen."), field="end_year")
    for name in ("baseline_value", "end_value"):
        problem = _value_problem(view.kind, getattr(path, name))
        if problem:
            raise TargetRefused(problem, field=name)
    growth = path.yearly_growth
    if growth is not None and (not growth.is_finite() or abs(growth) > _most(view.kind)):
        raise TargetRefused(_("Deze jaarlijkse stap is te groot. Kijk na of het getal klopt."), field="yearly_growth")


def _check_years(path: TargetPath) -> None:
    for name in ("baseline_year", "end_year"):
        year = getattr(path, name)
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise TargetRefused(
                _("Vul een jaartal in tussen %(first)s en %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR},
                field=name,
            )
    if path.end_year is not None and path.end_year < path.baseline_year:
        raise TargetRefused(
            _("Het eindjaar (%(end)s) ligt voor het startjaar (%(start)s). Kies een later eindjaar.")
            % {"end": path.end_year, "start": path.baseline_year},
            field="end_year",
        )


def check_measurement(view: IndicatorView, measurement: MeasurementInput) -> None:
    """Raise ``MeasurementRefused`` for a value that cannot be right for this indicator."""
    period = measurement.period
    if period.end is None or not figures.is_whole(period, view.frequency):
        raise MeasurementRefused(
            _("Deze periode past niet bij de indicator. Kies een volledige periode."), field="period"
        )
    if not FIRST_YEAR <= period.start.year <= LAST_YEAR:
        raise MeasurementRefused(
            _("Vul een jaartal in tussen %(first)s en %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR},
            field="period",
        )
    problem = _value_problem(view.kind, measurement.value, negative=view.source is Source.COMPUTED)
    if problem:
        raise MeasurementRefused(problem, field="value")
    for name in ("numerator", "denominator"):
        part = getattr(measurement, name)
        if part is not None and (not part.is_finite() or abs(part) > LARGEST):
            raise MeasurementRefused(_("Dit getal is te groot. Kijk na of het klopt."), field=name)


def _value_problem(kind: IndicatorKind, value: Decimal | None, *, negative: bool = False) -> str:
    """Return what is wrong with a value; computed values may be negative (more credit notes than invoices)."""
    if value is None:
        return ""
    if not value.is_finite():
        return _("Vul een getal in.")
    if value < 0 and not negative:
        return _("Een waarde onder nul kan hier niet.")
    if kind is IndicatorKind.YES_NO and value not in (0, 1):
        return _("Kies ja of nee.")
    # A computed share may pass 100 %: more credit notes than invoices. What cannot be stored is refused all the same.
    most = LARGEST if negative else _most(kind)
    if abs(value) > most:
        if kind is IndicatorKind.SHARE and not negative:
            return _("Een aandeel ligt tussen 0 en 100 %.")
        return _("Dit getal is te groot. Kijk na of het klopt.")
    return ""


def _most(kind: IndicatorKind) -> Decimal:
    return Decimal(1) if kind is IndicatorKind.SHARE else LARGEST
