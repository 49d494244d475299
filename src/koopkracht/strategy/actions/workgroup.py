"""Use cases of the working group: decisions that become tasks, and what departments tell."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.catalogue import api as catalogue
from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import DecisionInput
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import ObligationInput
from koopkracht.shared.actor import Actor
from koopkracht.shared.money import to_cents
from koopkracht.strategy.errors.workgroup import DecisionIncomplete, DepartmentNeedNotFound, DepartmentNeedRefused
from koopkracht.strategy.models import DepartmentNeed, PlannedPurchase
from koopkracht.strategy.types.workgroup import Decided, DepartmentNeedInput

DECISION = "decision"
_LARGEST_AMOUNT = Decimal(10) ** 12
_LONGEST_TITLE = 200


def decide(
    *, actor: Actor, meeting_id: int, decision: DecisionInput, evidence_kind: str = "", approver_id: int | None = None
) -> Decided:
    """Write down a decision and, with an owner and a day, make it a task: both or nothing."""
    actor.require("meeting.edit")
    if (decision.owner_id is None) != (decision.due is None):
        field = "owner" if decision.owner_id is None else "due"
        raise DecisionIncomplete(
            _("Kies wie het doet én tegen wanneer. Of laat beide leeg als er niets te doen valt."), field=field
        )
    with transaction.atomic():
        key = meetings.decide(actor=actor, meeting_id=meeting_id, decision=decision)
        known = obligations.of_subjects(
            organisation_id=actor.organisation_id, subject=DECISION, subject_keys=[key]
        ).get(key, ())
        if known:
            return Decided(decision_id=key, obligation_id=known[0].id)
        if decision.owner_id is None:
            return Decided(decision_id=key, obligation_id=None)
        text = decision.text.strip()
        made = obligations.create(
            actor=actor,
            obligation=ObligationInput(
                title=text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…",
                detail=text,
                subject=DECISION,
                subject_key=key,
                owner_id=decision.owner_id,
                due=decision.due,
                evidence_kind=evidence_kind,
                approver_id=approver_id,
            ),
        )
    return Decided(decision_id=key, obligation_id=made)


def put_need(*, actor: Actor, need: DepartmentNeedInput) -> int:
    """Keep what a department told; the same department and title is changed and not added."""
    actor.require("strategy.edit")
    values = _checked(actor, need)
    with transaction.atomic():
        row, _is_new = DepartmentNeed.objects.update_or_create(
            organisation_id=actor.organisation_id,
            department=need.department.strip()[:120],
            title=need.title.strip()[:_LONGEST_TITLE],
            defaults=values,
        )
        audit.record(actor=actor, action="department-need.stored", subject="department-need", subject_key=row.pk)
    return int(row.pk)


def remove_need(*, actor: Actor, need_id: int) -> None:
    """Take a line away."""
    actor.require("strategy.edit")
    with transaction.atomic():
        removed, _by_model = DepartmentNeed.objects.of(actor.organisation_id).filter(pk=need_id).delete()
        if not removed:
            raise DepartmentNeedNotFound(need_id)
        audit.record(actor=actor, action="department-need.removed", subject="department-need", subject_key=need_id)


def _checked(actor: Actor, need: DepartmentNeedInput) -> dict[str, object]:
    if not need.department.strip():
        raise DepartmentNeedRefused(_("Vul de naam van de dienst in."), field="department")
    if not need.title.strip():
        raise DepartmentNeedRefused(_("Schrijf welke opdracht of behoefte het is."), field="title")
    amount = need.yearly_amount
    if amount is not None and not 0 <= amount <= _LARGEST_AMOUNT:
        raise DepartmentNeedRefused(_("Dit bedrag kan niet. Kijk het na."), field="yearly_amount")
    if need.meeting_id:
        meetings.meeting(organisation_id=actor.organisation_id, meeting_id=need.meeting_id)
    if need.product_group:
        catalogue.product_group(code=need.product_group)
    plans = PlannedPurchase.objects.of(actor.organisation_id)
    if need.planned_purchase_id is not None and not plans.filter(pk=need.planned_purchase_id).exists():
        raise DepartmentNeedRefused(_("Deze aankoop staat niet in uw aankoopplanning."), field="planned_purchase")
    return {
        "source": need.source.value,
        "yearly_cents": None if amount is None else to_cents(amount),
        "product_group": need.product_group,
        "meeting_key": need.meeting_id,
        "planned_id": need.planned_purchase_id,
        "remark": need.remark.strip(),
    }
