"""The states of a receipt and the steps between them, as one table."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from koopkracht.exchange.errors import WrongState
from koopkracht.exchange.models import Receipt, ReceiptStatus

TRANSITIONS: Mapping[str, frozenset[str]] = {
    ReceiptStatus.RECEIVED: frozenset({ReceiptStatus.PLANNING, ReceiptStatus.PLANNED, ReceiptStatus.REJECTED}),
    ReceiptStatus.PLANNING: frozenset({ReceiptStatus.PLANNING, ReceiptStatus.PLANNED, ReceiptStatus.REJECTED}),
    ReceiptStatus.PLANNED: frozenset(
        {ReceiptStatus.PLANNING, ReceiptStatus.PLANNED, ReceiptStatus.APPLYING, ReceiptStatus.REJECTED}
    ),
    # Applying again is how a job that was killed goes on; planning again is for a job that nobody resumes.
    ReceiptStatus.APPLYING: frozenset(
        {
            ReceiptStatus.APPLYING,
            ReceiptStatus.APPLIED,
            ReceiptStatus.FAILED,
            ReceiptStatus.PLANNING,
            ReceiptStatus.PLANNED,
            ReceiptStatus.REJECTED,
        }
    ),
    ReceiptStatus.APPLIED: frozenset({ReceiptStatus.UNDONE}),
    ReceiptStatus.REJECTED: frozenset({ReceiptStatus.PLANNING, ReceiptStatus.PLANNED, ReceiptStatus.REJECTED}),
    ReceiptStatus.FAILED: frozenset(
        {ReceiptStatus.PLANNING, ReceiptStatus.PLANNED, ReceiptStatus.APPLYING, ReceiptStatus.REJECTED}
    ),
    ReceiptStatus.UNDONE: frozenset({ReceiptStatus.PLANNING, ReceiptStatus.PLANNED, ReceiptStatus.REJECTED}),
}


def move(receipt: Receipt, status: ReceiptStatus, *, message: str = "") -> None:
    """Set the state of ``receipt`` without saving it. Raises :class:`WrongState` for a step not in the table."""
    if status not in TRANSITIONS[receipt.status]:
        raise WrongState(
            _("Dit kan niet in deze toestand: het bestand staat op “%(status)s”. Laad de pagina opnieuw.")
            % {"status": receipt.get_status_display()},
            code="receipt-state",
            status=receipt.status,
        )
    receipt.status = status
    receipt.status_message = message
