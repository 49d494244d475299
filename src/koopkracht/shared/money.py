"""Money is EUR without VAT: ``Decimal`` at the doors, whole cents in bulk storage. Never floats."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_cents(amount: Decimal, *, half_even: bool = False) -> int:
    """Return ``amount`` (EUR) in whole cents.

    Halves go away from zero, as invoices are rounded in Belgium; ``half_even`` is for amounts
    that another system stored as binary fractions, where the half is an artefact.
    """
    rounding = ROUND_HALF_EVEN if half_even else ROUND_HALF_UP
    return int((amount.quantize(CENT, rounding=rounding) * 100).to_integral_value())


def from_cents(cents: int) -> Decimal:
    """Return whole ``cents`` as an amount in EUR with two decimals."""
    return Decimal(cents).scaleb(-2)
