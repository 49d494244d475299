"""The directory of social enterprises: taking over entries of a register."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.market.actions.resolve import resolve_suppliers
from koopkracht.market.models import SocialEnterprise, SocialOffer, SocialRecognition, Supplier
from koopkracht.market.types.suppliers import SocialEnterpriseEntry, SupplierCandidate, SupplierKind, SuppliersChanged
from koopkracht.shared import events, text
from koopkracht.shared.actor import Actor


def put_social_enterprises(*, actor: Actor, entries: Sequence[SocialEnterpriseEntry]) -> dict[str, int]:
    """Create or replace the entries; return the supplier id by entry key.

    A younger entry of the same supplier replaces the older one as a whole, an older one is left out.
    """
    actor.require("register.import")
    with transaction.atomic():
        suppliers = resolve_suppliers(
            actor=actor,
            candidates=[
                SupplierCandidate(
                    key=entry.key, name=entry.name, identifier=entry.identifier, municipality=entry.municipality
                )
                for entry in entries
            ],
            source="social-economy",
        )
        existing = {
            row.supplier_id: row
            for row in SocialEnterprise.objects.of(actor.organisation_id).filter(supplier_id__in=suppliers.values())
        }
        stored = 0
        for entry in sorted(entries, key=lambda entry: entry.source_date):
            stored += _put(actor.organisation_id, entry, suppliers[entry.key], existing)
        if stored:
            audit.record(
                actor=actor, action="social-enterprises.stored", subject="social-enterprise", data={"entries": stored}
            )
            events.announce(SuppliersChanged(actor.organisation_id))
    return dict(suppliers)


def _put(
    organisation_id: int, entry: SocialEnterpriseEntry, supplier_id: int, existing: dict[int, SocialEnterprise]
) -> bool:
    row = existing.get(supplier_id) or SocialEnterprise(organisation_id=organisation_id, supplier_id=supplier_id)
    if row.pk and row.source_date > entry.source_date:
        return False
    row.activities, row.region, row.capacity = entry.activities, entry.region[:120], entry.capacity
    row.website, row.source, row.source_date = entry.website[:200], entry.source[:200], entry.source_date
    words = " ".join((entry.name, entry.activities, entry.region, entry.municipality))
    row.search_text = text.normalise(words)
    row.save()
    existing[supplier_id] = row
    row.recognitions.all().delete()
    row.offers.all().delete()
    SocialRecognition.objects.bulk_create(
        SocialRecognition(
            organisation_id=organisation_id,
            entry=row,
            kind=item.kind.value,
            valid_from=item.valid_from,
            valid_until=item.valid_until,
        )
        for item in entry.recognitions
    )
    offers = {(code, "") for code in entry.product_groups} | {("", code) for code in entry.cpv_codes}
    SocialOffer.objects.bulk_create(
        SocialOffer(organisation_id=organisation_id, entry=row, product_group=group, cpv=cpv)
        for group, cpv in sorted(offers)
    )
    Supplier.objects.of(organisation_id).filter(pk=supplier_id).update(
        kind=SupplierKind.SOCIAL_ECONOMY.value, kind_source=entry.source[:200], kind_as_of=entry.source_date
    )
    if entry.municipality:
        # A supplier that came from a ledger has no place yet; without one nobody knows that it is near.
        Supplier.objects.of(organisation_id).filter(pk=supplier_id, municipality="").update(
            municipality=entry.municipality[:120]
        )
    return True
