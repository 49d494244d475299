"""The door of strategy for the selection of product groups. Stable, keep it small.

The ranking advises, people decide: a status changes only through a use case that a person asked for, and the single
automatic step is from the list (or priority) to scored, when all scores are there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from koopkracht.catalogue import api as catalogue
from koopkracht.scoring import api as scoring
from koopkracht.scoring.types import Score, Sensitivity
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy import judging, selection_content
from koopkracht.strategy.actions import marks, selection
from koopkracht.strategy.models import SIZE_LABELS, STATUS_LABELS, STEP_LABELS
from koopkracht.strategy.queries import selection as queries
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.selection import (
    DecisionView,
    GroupStanding,
    GroupStatus,
    Guidance,
    Judgement,
    MarkedPurchase,
    MethodInput,
    SelectionContent,
    SelectionMethodView,
    Standings,
)

__all__ = [
    "SIZE_LABELS",
    "STATUS_LABELS",
    "STEP_LABELS",
    "change_method",
    "content",
    "decide",
    "describe",
    "guidance",
    "history",
    "judge",
    "mark",
    "marked_purchases",
    "method",
    "methods",
    "planned_in_priority",
    "prioritise",
    "priority_groups",
    "purchases_by_group",
    "reopen",
    "score",
    "sensitivity",
    "significant_groups",
    "standing",
    "standings",
    "two_decimals",
    "unmark",
    "withdraw_priority",
]


def content() -> SelectionContent:
    """Return the default method with its texts: parameters, advantages, warnings, features, grounds."""
    return selection_content.content()


def guidance() -> Mapping[str, Guidance]:
    """Return the words of the standard parameters by code; own parameters are not in it."""
    return selection_content.guidance()


def method(*, organisation_id: int, version: int | None = None) -> SelectionMethodView | None:
    """Return a version of the method, the one in use by default; ``None`` for a version that does not exist.

    Before anybody used or changed it, this is the default of the content, with version 0.
    """
    return queries.method(organisation_id, version)


def methods(*, organisation_id: int) -> tuple[SelectionMethodView, ...]:
    """Return every version that was in use, the newest first."""
    return queries.methods(organisation_id)


def change_method(*, actor: Actor, change: MethodInput) -> SelectionMethodView:
    """Put a new version in use and return it.

    Raises ``SelectionRefused`` (no reason, borders that cross), ``MethodRefused`` of scoring (negative weights, weights
    that sum to zero) and ``NotAllowed``. Earlier results stay on their version.
    """
    return selection.change_method(actor=actor, change=change)


def standings(*, organisation_id: int, version: int | None = None, codes: Iterable[str] | None = None) -> Standings:
    """Return all groups that something was done with, with scores and ranks under a version (that in use by default).

    An unknown version is read as the one in use.
    """
    chosen = queries.method(organisation_id, version) or queries.method(organisation_id) or queries.default()
    return queries.standings(organisation_id, chosen, codes)


def standing(*, organisation_id: int, product_group: str, version: int | None = None) -> GroupStanding:
    """Return where one group stands. Raises ``ProductGroupNotFound``."""
    known = catalogue.product_group(code=product_group)
    return standings(organisation_id=organisation_id, version=version, codes=[known.code]).of(known.code)


def history(*, organisation_id: int, product_group: str) -> tuple[DecisionView, ...]:
    """Return the steps people took about a group, the newest first."""
    return queries.history(organisation_id, product_group)


def score(*, actor: Actor, product_group: str, scores: Mapping[str, Score], method_id: int = 0) -> None:
    """Store the scores of the acting person for a group, with the version in use (or refuse another ``method_id``).

    Raises ``ScoreRefused`` of scoring (outside the scale, an unknown parameter, a version no longer in use),
    ``ProductGroupNotFound`` and ``NotAllowed``. The first score of an organisation puts the default method in use.
    """
    selection.score(actor=actor, code=product_group, method_id=method_id, scores=scores)


def sensitivity(*, standings: Standings, variation: Fraction) -> Sensitivity:
    """Return how firm the ranking is when one weight at a time varies by ``variation`` (a part, 0 to 1)."""
    results = [one.result for one in standings.ranked if one.result is not None]
    return scoring.sensitivity(criteria=standings.method.method.criteria, results=results, variation=variation)


def prioritise(
    *, actor: Actor, product_groups: Sequence[str], reason: str, decided_on: dt.date, participants: str
) -> int:
    """Give groups priority, as agreed in a workshop, and return how many got it now; repeating changes nothing.

    Raises ``SelectionRefused`` (no group, no reason, no participants, a date to come), ``ProductGroupNotFound``,
    ``NotAllowed``.
    """
    return selection.prioritise(
        actor=actor, codes=product_groups, reason=reason, decided_on=decided_on, participants=participants
    )


def withdraw_priority(*, actor: Actor, product_group: str, reason: str) -> None:
    """Take priority away. Raises ``StepNotPossible`` for a scored group, ``SelectionRefused``, ``NotAllowed``."""
    selection.withdraw_priority(actor=actor, code=product_group, reason=reason)


def decide(
    *, actor: Actor, product_group: str, significant: bool, reason: str, decided_on: dt.date, participants: str
) -> None:
    """Record the decision of people about a scored group; score, rank and version of that moment are kept with it.

    Raises ``StepNotPossible`` (not all scores yet, or decided otherwise), ``SelectionRefused``, ``NotAllowed``.
    """
    selection.decide(
        actor=actor,
        code=product_group,
        significant=significant,
        reason=reason,
        decided_on=decided_on,
        participants=participants,
    )


def reopen(*, actor: Actor, product_group: str, reason: str) -> None:
    """Open a decided group again. Raises ``StepNotPossible``, ``SelectionRefused`` without reason, ``NotAllowed``."""
    selection.reopen(actor=actor, code=product_group, reason=reason)


def describe(
    *, actor: Actor, product_group: str, features: Sequence[str] = (), focus: Sequence[str] = (), focus_reason: str = ""
) -> None:
    """Keep the preferred features and the grounds for focus of a group; unknown codes fall away.

    Raises ``SelectionRefused`` for focus without a reason, ``ProductGroupNotFound``, ``NotAllowed``.
    """
    selection.describe(actor=actor, code=product_group, features=features, focus=focus, focus_reason=focus_reason)


def significant_groups(*, organisation_id: int) -> tuple[str, ...]:
    """Return the codes of the product groups that people called significant, in order."""
    return queries.codes_with(organisation_id, GroupStatus.SIGNIFICANT)


def priority_groups(*, organisation_id: int) -> tuple[str, ...]:
    """Return the codes of the groups with priority, decided ones included, in order."""
    return queries.codes_with_priority(organisation_id)


def purchases_by_group(*, organisation_id: int) -> Mapping[str, tuple[PlannedPurchaseView, ...]]:
    """Return all planned purchases by product group; the empty code holds those without one."""
    found: dict[str, tuple[PlannedPurchaseView, ...]] = {}
    for one in queries.purchases(organisation_id):
        found[one.product_group] = (*found.get(one.product_group, ()), one)
    return found


def planned_in_priority(*, organisation_id: int) -> tuple[MarkedPurchase, ...]:
    """Return the planned purchases in groups with priority with their marks, the first to start first."""
    found = queries.purchases(organisation_id, codes=queries.codes_with_priority(organisation_id))
    known = queries.marks(organisation_id)
    return tuple(MarkedPurchase(one, known.get(one.id)) for one in found)


def marked_purchases(*, organisation_id: int) -> frozenset[int]:
    """Return the ids of the planned purchases in which social impact gets priority."""
    return frozenset(queries.marks(organisation_id))


def mark(*, actor: Actor, purchase_id: int, reason: str) -> None:
    """Say that social impact gets priority in a planned purchase, and why; again changes the reason.

    Raises ``SelectionRefused`` (no reason, a group without priority), ``PlannedPurchaseNotFound``, ``NotAllowed``.
    """
    marks.mark(actor=actor, purchase_id=purchase_id, reason=reason)


def unmark(*, actor: Actor, purchase_id: int) -> None:
    """Take a mark away. Raises ``PlannedPurchaseNotFound``, ``NotAllowed``."""
    marks.unmark(actor=actor, purchase_id=purchase_id)


def judge(*, organisation_id: int, purchase_id: int, on: dt.date | None = None) -> Judgement:
    """Return what the method in use says about a planned purchase on a day. Raises ``PlannedPurchaseNotFound``."""
    purchase = marks.purchase(organisation_id, purchase_id)
    found = standings(organisation_id=organisation_id, codes=[purchase.product_group])
    return judging.judge(
        purchase,
        found.of(purchase.product_group) if purchase.product_group else None,
        found.method,
        on or clock.today(),
        queries.marks(organisation_id, [purchase_id]).get(purchase_id),
    )


def two_decimals(*, value: Fraction | None) -> Decimal | None:
    """Return an exact score rounded to two decimals, halves up; ``None`` stays ``None``."""
    return selection.two_decimals(value)
