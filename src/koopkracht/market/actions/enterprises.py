"""What people add to the directory of social enterprises: entries, references, turnover, ratings, pioneers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.catalogue import api as catalogue
from koopkracht.market.actions.directory import _put
from koopkracht.market.actions.keeping import group_code, own_row, own_supplier, past, period, required
from koopkracht.market.actions.resolve import resolve_suppliers
from koopkracht.market.content import settings
from koopkracht.market.errors import MarketInputRejected
from koopkracht.market.models import (
    EnterpriseProfile,
    EnterpriseRating,
    EnterpriseReference,
    EnterpriseTurnover,
    PioneerTag,
    SocialEnterprise,
    Supplier,
)
from koopkracht.market.types.directory import EnterpriseEdit, Item, Pioneer, Rating, Reference, TurnoverShare
from koopkracht.market.types.suppliers import SocialEnterpriseEntry, SupplierCandidate, SuppliersChanged
from koopkracht.shared import events
from koopkracht.shared.actor import Actor
from koopkracht.shared.tenancy import kept_once

_MOST_PEOPLE = 1_000_000
_MODELS: dict[Item, Any] = {
    Item.REFERENCE: EnterpriseReference,
    Item.TURNOVER: EnterpriseTurnover,
    Item.RATING: EnterpriseRating,
    Item.PIONEER: PioneerTag,
}


def put_enterprise(*, actor: Actor, edit: EnterpriseEdit, supplier_id: int | None = None) -> int:
    """Add an entry by hand, or change the one of a supplier; return the id of the supplier."""
    actor.require("market.edit")
    with transaction.atomic():
        supplier = own_supplier(actor.organisation_id, supplier_id) if supplier_id is not None else None
        _check(edit)
        supplier = supplier or _resolved(actor, edit)
        # Held until the end: of two who add the entry of one supplier, the second changes it.
        Supplier.objects.of(actor.organisation_id).select_for_update().get(pk=supplier.pk)
        row = SocialEnterprise.objects.of(actor.organisation_id).filter(supplier=supplier).first()
        if not _put(actor.organisation_id, _entry(edit, supplier), supplier.pk, {supplier.pk: row} if row else {}):
            raise MarketInputRejected(
                _("Er staat al jongere informatie over deze onderneming. Kijk de datum van uw bron na."),
                field="source_date",
            )
        if edit.municipality.strip():
            Supplier.objects.of(actor.organisation_id).filter(pk=supplier.pk).update(
                municipality=edit.municipality.strip()[:120]
            )
        _put_profile(actor, supplier, edit)
        audit.record(
            actor=actor,
            action="social-enterprise.edited",
            subject="supplier",
            subject_key=supplier.pk,
            data={"source": edit.source[:200], "source_date": edit.source_date.isoformat()},
        )
        events.announce(SuppliersChanged(actor.organisation_id))
    return supplier.pk


def _check(edit: EnterpriseEdit) -> None:
    required(edit.name, "name", _("Vul de naam van de onderneming in."))
    required(edit.source, "source", _("Vul in waar u dit vandaan hebt: een website, een gesprek, een lijst."))
    past(edit.source_date, "source_date")
    if edit.capacity is not None and not 0 <= edit.capacity <= _MOST_PEOPLE:
        raise MarketInputRejected(_("Kijk het aantal doelgroepmedewerkers na."), field="capacity")
    for item in edit.recognitions:
        period(item.valid_from, item.valid_until, "valid_until")
    for code in edit.product_groups:
        group_code(code)
    if edit.target_share is None:
        return
    _share(edit.target_share, "target_share")
    past(edit.target_share_date, "target_share_date")
    required(edit.target_share_evidence, "target_share_evidence", _("Vul in waaruit dit aandeel blijkt."))


def _share(share: Decimal, field: str) -> None:
    if not 0 <= share <= 1:
        raise MarketInputRejected(_("Een aandeel ligt tussen 0 en 100 procent."), field=field)


def _resolved(actor: Actor, edit: EnterpriseEdit) -> Supplier:
    candidate = SupplierCandidate(
        key="new", name=edit.name, identifier=edit.identifier or None, municipality=edit.municipality
    )
    found = resolve_suppliers(actor=actor, candidates=[candidate], source="social-economy")
    return own_supplier(actor.organisation_id, found["new"])


def _entry(edit: EnterpriseEdit, supplier: Supplier) -> SocialEnterpriseEntry:
    return SocialEnterpriseEntry(
        key="new",
        name=supplier.name,
        identifier=None,
        recognitions=edit.recognitions,
        activities=edit.activities.strip(),
        product_groups=edit.product_groups,
        cpv_codes=tuple(code for code in (catalogue.clean_cpv(cpv=cpv) for cpv in edit.cpv_codes) if code),
        region=edit.region.strip(),
        municipality=edit.municipality.strip() or supplier.municipality,
        capacity=edit.capacity,
        website=edit.website.strip(),
        source=edit.source.strip(),
        source_date=edit.source_date,
    )


def _put_profile(actor: Actor, supplier: Supplier, edit: EnterpriseEdit) -> None:
    known = edit.target_share is not None
    EnterpriseProfile.objects.of(actor.organisation_id).update_or_create(
        organisation_id=actor.organisation_id,
        supplier=supplier,
        defaults={
            "certificates": edit.certificates.strip(),
            "equipment": edit.equipment.strip(),
            "target_share": edit.target_share,
            "target_share_date": edit.target_share_date if known else None,
            "target_share_evidence": edit.target_share_evidence.strip()[:200] if known else "",
            "promoted": edit.promoted,
        },
    )


def add_reference(*, actor: Actor, supplier_id: int, reference: Reference) -> int:
    """Keep a contract as reference; the same twice is kept once."""
    actor.require("market.edit")
    with transaction.atomic():
        supplier = own_supplier(actor.organisation_id, supplier_id)
        values: dict[str, Any] = {
            "client": required(reference.client, "client", _("Vul de opdrachtgever in."), 200),
            "subject": required(reference.subject, "subject", _("Vul in waarover de opdracht ging."), 300),
            "form": reference.form.value,
            "valid_from": reference.valid_from,
            "valid_until": reference.valid_until,
            "source": required(reference.source, "source", _("Vul in waar u dit vandaan hebt."), 200),
        }
        period(reference.valid_from, reference.valid_until, "valid_until")
        row, new = kept_once(EnterpriseReference, actor.organisation_id, supplier=supplier, **values)
        if new:
            audit.record(actor=actor, action="enterprise.reference-added", subject="supplier", subject_key=supplier.pk)
    return int(row.pk)


def put_turnover(*, actor: Actor, supplier_id: int, turnover: TurnoverShare) -> int:
    """Keep which share of the turnover comes from one kind of clients on a date."""
    actor.require("market.edit")
    with transaction.atomic():
        supplier = own_supplier(actor.organisation_id, supplier_id)
        _share(turnover.share, "share")
        source = required(turnover.source, "source", _("Vul in wie dit aandeel meedeelde."), 200)
        row, _new = EnterpriseTurnover.objects.of(actor.organisation_id).update_or_create(
            organisation_id=actor.organisation_id,
            supplier=supplier,
            client=turnover.client.value,
            as_of=past(turnover.as_of, "as_of"),
            defaults={"share": turnover.share, "source": source},
        )
        audit.record(actor=actor, action="enterprise.turnover-kept", subject="supplier", subject_key=supplier.pk)
    return int(row.pk)


def rate(*, actor: Actor, supplier_id: int, rating: Rating) -> int:
    """Keep how a department experienced price and quality; the same opinion twice on one day is kept once."""
    actor.require("market.edit")
    with transaction.atomic():
        supplier = own_supplier(actor.organisation_id, supplier_id)
        for field in ("price", "quality"):
            if not 1 <= getattr(rating, field) <= 5:
                raise MarketInputRejected(_("Kies een score van 1 tot 5."), field=field)
        row, new = kept_once(
            EnterpriseRating,
            actor.organisation_id,
            supplier=supplier,
            product_group=group_code(rating.product_group),
            price=rating.price,
            quality=rating.quality,
            remark=rating.remark.strip()[:1000],
            department=required(rating.department, "department", _("Vul in welke dienst dit ervaren heeft."), 120),
            shared=rating.shared,
            rated_on=past(rating.rated_on, "rated_on"),
            defaults={"rated_by_id": actor.user_id},
        )
        if new:
            audit.record(actor=actor, action="enterprise.rated", subject="supplier", subject_key=supplier.pk)
    return int(row.pk)


def tag_pioneer(*, actor: Actor, supplier_id: int, pioneer: Pioneer) -> int:
    """Note that a supplier is ahead in a domain, with the evidence; a second note in the domain replaces the first."""
    actor.require("market.edit")
    with transaction.atomic():
        supplier = own_supplier(actor.organisation_id, supplier_id)
        if pioneer.domain not in settings().domains:
            raise MarketInputRejected(_("Kies een domein uit de lijst."), field="domain")
        row, _new = PioneerTag.objects.of(actor.organisation_id).update_or_create(
            organisation_id=actor.organisation_id,
            supplier=supplier,
            domain=pioneer.domain,
            defaults={
                "evidence": required(pioneer.evidence, "evidence", _("Vul in waaruit blijkt dat ze vooroplopen.")),
                "source": required(pioneer.source, "source", _("Vul in waar u dit vandaan hebt."), 200),
                "as_of": past(pioneer.as_of, "as_of"),
            },
        )
        audit.record(actor=actor, action="supplier.pioneer-tagged", subject="supplier", subject_key=supplier.pk)
    return int(row.pk)


def remove_item(*, actor: Actor, supplier_id: int, item: Item, key: int) -> None:
    """Take a line off the page of an enterprise."""
    actor.require("market.edit")
    with transaction.atomic():
        supplier = own_supplier(actor.organisation_id, supplier_id)
        row = own_row(_MODELS[item], actor.organisation_id, key)
        if row.supplier_id != supplier.pk:
            raise MarketInputRejected(_("Deze lijn hoort bij een andere onderneming."), field="key")
        row.delete()
        audit.record(
            actor=actor,
            action="enterprise.item-removed",
            subject="supplier",
            subject_key=supplier.pk,
            data={"item": item.value},
        )
