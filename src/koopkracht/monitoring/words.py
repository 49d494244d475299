"""Dutch names of the codes that figures carry."""

from __future__ import annotations

from django.utils.translation import gettext as _

from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from koopkracht.monitoring.types import NO_SUPPLIER, AssignedBy


def kind_names() -> dict[str, str]:
    """Return the names of the kinds of supplier."""
    return {
        SupplierKind.UNKNOWN: _("Soort niet bekend"),
        SupplierKind.ENTERPRISE: _("Onderneming"),
        SupplierKind.SOCIAL_ECONOMY: _("Sociale economie"),
        SupplierKind.GOVERNMENT: _("Overheid"),
        SupplierKind.NON_PROFIT: _("Vereniging (vzw)"),
        SupplierKind.PERSON: _("Natuurlijke persoon"),
    }


def size_names() -> dict[str, str]:
    """Return the names of the sizes of supplier."""
    return {
        SupplierSize.UNKNOWN: _("Grootte niet bekend"),
        SupplierSize.MICRO: _("Micro"),
        SupplierSize.SMALL: _("Klein"),
        SupplierSize.MEDIUM: _("Middelgroot"),
        SupplierSize.SME: _("Kmo, niet verder bekend"),
        SupplierSize.LARGE: _("Groot"),
    }


def assigned_by_names() -> dict[str, str]:
    """Return the words for who or what assigned a line."""
    return {
        AssignedBy.NOBODY: _("Niet toegewezen"),
        AssignedBy.PERSON: _("Door een collega"),
        AssignedBy.OWN_RULE: _("Eigen regel"),
        AssignedBy.DEFAULT_RULE: _("Standaardregel"),
    }


def no_supplier(supplier_id: int) -> str:
    """Return what stands in the place of a supplier without a name, or of no supplier at all."""
    return _("Geen leverancier vermeld") if supplier_id == NO_SUPPLIER else _("Leverancier zonder naam")


def unassigned() -> str:
    """Return the name of money without a product group."""
    return _("Nog niet toegewezen")
