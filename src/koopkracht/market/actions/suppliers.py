"""What a person changes on a supplier."""

from __future__ import annotations

from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.market.errors import SupplierNotFound
from koopkracht.market.identifiers import normalise_name
from koopkracht.market.models import Supplier
from koopkracht.market.types.suppliers import SupplierEdit, SuppliersChanged
from koopkracht.shared import events
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Rejected


def edit_supplier(*, actor: Actor, supplier_id: int, edit: SupplierEdit) -> None:
    """Store what a person knows of a supplier, with source and date."""
    actor.require("supplier.edit")
    name = " ".join(edit.name.split())
    if not name:
        raise Rejected("Vul de naam van de leverancier in.", code="supplier-name-missing", field="name")
    if not edit.source.strip():
        raise Rejected(
            "Vul in waar u dit vandaan hebt, bijvoorbeeld een website of een gesprek.",
            code="supplier-source-missing",
            field="source",
        )
    with transaction.atomic():
        row = _locked(actor.organisation_id, supplier_id)
        before = {"kind": row.kind, "size": row.size}
        row.name, row.search_name = name[:300], normalise_name(name)[:300]
        row.municipality = edit.municipality.strip()[:120]
        if row.kind != edit.kind:
            row.kind, row.kind_source, row.kind_as_of = edit.kind.value, edit.source[:200], edit.as_of
        if row.size != edit.size:
            row.size, row.size_source, row.size_as_of = edit.size.value, edit.source[:200], edit.as_of
        row.save()
        audit.record(
            actor=actor,
            action="supplier.edited",
            subject="supplier",
            subject_key=row.pk,
            data={"before": before, "after": {"kind": row.kind, "size": row.size}, "source": edit.source[:200]},
        )
        events.announce(SuppliersChanged(actor.organisation_id))


def _locked(organisation_id: int, supplier_id: int) -> Supplier:
    row = Supplier.objects.of(organisation_id).select_for_update().filter(pk=supplier_id).first()
    if row is None:
        raise SupplierNotFound(supplier_id)
    return row
