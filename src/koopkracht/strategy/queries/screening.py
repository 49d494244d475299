"""Reads of the early look. Querysets stay inside."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from koopkracht.accounts import api as accounts
from koopkracht.strategy.errors.plan import PlannedPurchaseNotFound
from koopkracht.strategy.models import PlannedPurchase, RequesterTalk, Screening
from koopkracht.strategy.queries.plan import FIELDS, view
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.screening import ContactNote, RoleOfSocialEconomy, ScreeningView


def planned_purchase(organisation_id: int, purchase_id: int) -> PlannedPurchaseView:
    """Return one line of the plan. Raises ``PlannedPurchaseNotFound``."""
    row = PlannedPurchase.objects.of(organisation_id).filter(pk=purchase_id).values(*FIELDS).first()
    if row is None:
        raise PlannedPurchaseNotFound(purchase_id)
    return view(**row)


def screenings(organisation_id: int, purchase_ids: Iterable[int] | None = None) -> Mapping[int, ScreeningView]:
    """Return the early looks that were asked for or given, by purchase, with the talks about them."""
    looks = Screening.objects.of(organisation_id)
    talks = RequesterTalk.objects.of(organisation_id)
    if purchase_ids is not None:
        wanted = list(purchase_ids)
        looks, talks = looks.filter(purchase_id__in=wanted), talks.filter(purchase_id__in=wanted)
    rows = list(looks.values("purchase_id", "asked_on", "due", "answer", "reason", "answered_by_id", "answered_on"))
    said = list(talks.order_by("-on", "-id").values("id", "purchase_id", "on", "contact", "result", "recorded_by_id"))
    people = {row["answered_by_id"] for row in rows} | {row["recorded_by_id"] for row in said}
    names = accounts.names_of(organisation_id=organisation_id, user_ids=people - {None})
    notes: dict[int, list[ContactNote]] = defaultdict(list)
    for row in said:
        notes[row["purchase_id"]].append(
            ContactNote(row["id"], row["on"], row["contact"], row["result"], names.get(row["recorded_by_id"], ""))
        )
    found = {row["purchase_id"]: _view(row, names) for row in rows}
    return {key: _with(found.get(key) or empty(key), tuple(notes[key])) for key in {*found, *notes}}


def empty(purchase_id: int) -> ScreeningView:
    """Return the look at a purchase that nobody asked about."""
    return ScreeningView(purchase_id, None, None, None, "", "", None)


def _with(look: ScreeningView, notes: tuple[ContactNote, ...]) -> ScreeningView:
    return ScreeningView(
        look.purchase_id, look.asked_on, look.due, look.answer, look.reason, look.answered_by, look.answered_on, notes
    )  # fmt: skip


def _view(row: Mapping[str, object], names: Mapping[int, str]) -> ScreeningView:
    answered_by = row["answered_by_id"]
    return ScreeningView(
        purchase_id=int(str(row["purchase_id"])),
        asked_on=_day(row["asked_on"]),
        due=_day(row["due"]),
        answer=RoleOfSocialEconomy(str(row["answer"])) if row["answer"] else None,
        reason=str(row["reason"]),
        answered_by=names.get(answered_by, "") if isinstance(answered_by, int) else "",
        answered_on=_day(row["answered_on"]),
    )


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def plan(organisation_id: int, *, limit: int) -> tuple[PlannedPurchaseView, ...]:
    """Return the lines of the plan in the order in which they start, at most ``limit``; without a start last."""
    rows = PlannedPurchase.objects.of(organisation_id).order_by("start", "id")
    dated = [view(**row) for row in rows.filter(start__isnull=False).values(*FIELDS)[:limit]]
    undated = [view(**row) for row in rows.filter(start__isnull=True).values(*FIELDS)[: limit - len(dated)]]
    return (*dated, *undated)


def followed_contracts(organisation_id: int) -> frozenset[str]:
    """Return the keys of the contracts that a planned purchase succeeds."""
    rows = PlannedPurchase.objects.of(organisation_id).exclude(follows="").values_list("follows", flat=True)
    return frozenset(rows)
