"""What makes criteria a method, and a figure a score: every refusal says in Dutch what to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from koopkracht.scoring.errors import MethodRefused, ScoreRefused
from koopkracht.scoring.ranking import leaves
from koopkracht.scoring.types import Criterion, Score

LARGEST_WEIGHT = Decimal(1000)
MOST_CRITERIA = 60


def check_criteria(criteria: Sequence[Criterion]) -> None:
    """Refuse criteria that cannot be calculated with. Raises ``MethodRefused``."""
    if not criteria:
        raise MethodRefused(_("Een methode heeft minstens één criterium nodig."), code="scoring-no-criteria")
    if len(criteria) > MOST_CRITERIA:
        raise MethodRefused(
            _("Een methode heeft hoogstens %(most)s criteria. Voeg criteria samen.") % {"most": MOST_CRITERIA},
            code="scoring-too-many-criteria",
        )
    seen: set[str] = set()
    for criterion in criteria:
        _check_one(criterion, seen)
        seen.add(criterion.code)
    _check_weights(criteria)


def _check_one(criterion: Criterion, seen: set[str]) -> None:
    if not criterion.code or not criterion.name.strip():
        raise MethodRefused(
            _("Geef elk criterium een naam."), code="scoring-criterion-without-name", field=criterion.code
        )
    if criterion.code in seen:
        raise MethodRefused(
            _("Het criterium %(code)s staat er twee keer in. Geef een van beide een andere code.")
            % {"code": criterion.code},
            code="scoring-criterion-twice",
            field=criterion.code,
        )
    # A criterion stands after what it is part of: so a circle cannot exist.
    if criterion.parent and criterion.parent not in seen:
        raise MethodRefused(
            _("Het criterium “%(name)s” hoort bij een onderdeel dat niet bestaat.") % {"name": criterion.name},
            code="scoring-parent-unknown",
            field=criterion.code,
        )
    if criterion.scale_min >= criterion.scale_max:
        raise MethodRefused(
            _("De schaal van “%(name)s” klopt niet: de hoogste score moet groter zijn dan de laagste.")
            % {"name": criterion.name},
            code="scoring-scale",
            field=criterion.code,
        )
    _check_weight(criterion)


def _check_weight(criterion: Criterion) -> None:
    if not criterion.weight.is_finite() or criterion.weight < 0:
        raise MethodRefused(
            _("Het gewicht van “%(name)s” kan niet negatief zijn. Vul 0 in als dit criterium niet meetelt.")
            % {"name": criterion.name},
            code="scoring-weight-negative",
            field=criterion.code,
        )
    if criterion.weight > LARGEST_WEIGHT:
        raise MethodRefused(
            _("Het gewicht van “%(name)s” is te groot. Vul hoogstens %(most)s in.")
            % {"name": criterion.name, "most": LARGEST_WEIGHT},
            code="scoring-weight-too-large",
            field=criterion.code,
        )


def _check_weights(criteria: Sequence[Criterion]) -> None:
    """Refuse weights that sum to zero: on top, and within every criterion with weight that has parts."""
    names = {criterion.code: criterion for criterion in criteria}
    for code in {criterion.parent for criterion in criteria}:
        above = names.get(code)
        if above is not None and not above.weight:
            continue
        if sum(part.weight for part in criteria if part.parent == code) > 0:
            continue
        if above is None:
            raise MethodRefused(
                _("Alle gewichten zijn 0. Geef minstens één criterium een gewicht groter dan 0."),
                code="scoring-weights-zero",
            )
        raise MethodRefused(
            _("Alle onderdelen van “%(name)s” hebben gewicht 0. Geef er minstens één een gewicht, of zet ")
            % {"name": above.name}
            + _("“%(name)s” zelf op 0.") % {"name": above.name},
            code="scoring-weights-zero",
            field=above.code,
        )


def check_scores(criteria: Sequence[Criterion], scores: Mapping[str, Score]) -> None:
    """Refuse scores for unknown criteria and scores outside the scale. Raises ``ScoreRefused``."""
    known = {criterion.code: criterion for criterion in leaves(criteria)}
    for code, score in scores.items():
        if code not in known:
            raise ScoreRefused(
                _("Het criterium %(code)s hoort niet bij deze methode. Open het formulier opnieuw.") % {"code": code},
                code="scoring-criterion-unknown",
                field=code,
            )
        _check_score(known[code], score)


def _check_score(criterion: Criterion, score: Score) -> None:
    value = score.value
    if value is None:
        return
    if not value.is_finite() or not criterion.scale_min <= value <= criterion.scale_max:
        raise ScoreRefused(
            _("Geef voor “%(name)s” een score van %(lowest)s tot %(highest)s.")
            % {"name": criterion.name, "lowest": criterion.scale_min, "highest": criterion.scale_max},
            code="scoring-out-of-scale",
            field=criterion.code,
        )
    if -int(value.normalize().as_tuple().exponent) > 3:
        raise ScoreRefused(
            _("Geef voor “%(name)s” hoogstens drie cijfers na de komma.") % {"name": criterion.name},
            code="scoring-too-precise",
            field=criterion.code,
        )
