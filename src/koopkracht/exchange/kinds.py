"""The kinds of import by name: three functions each, the same that the pages use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from koopkracht.exchange.invoices.actions import apply_invoices, plan_invoices, receive_invoices
from koopkracht.exchange.notices.actions import apply_notices, plan_notices, receive_notices
from koopkracht.exchange.ocds.actions import apply_ocds, plan_ocds, receive_ocds
from koopkracht.exchange.registers.actions import apply_register, plan_register, receive_register
from koopkracht.exchange.spend.actions import apply_spend, plan_spend, receive_spend
from koopkracht.exchange.types import ReceiptView


@dataclass(frozen=True, slots=True)
class Importer:
    """Receive (bytes to receipts), plan (what will happen), apply (do it); keyword arguments as in the doors."""

    receive: Callable[..., Sequence[ReceiptView]]
    plan: Callable[..., ReceiptView]
    apply: Callable[..., ReceiptView]


def _one(receive: Callable[..., ReceiptView]) -> Callable[..., Sequence[ReceiptView]]:
    def receive_one(**arguments: object) -> Sequence[ReceiptView]:
        return (receive(**arguments),)

    return receive_one


IMPORTERS: dict[str, Importer] = {
    "spend": Importer(receive_spend, plan_spend, apply_spend),
    "eforms": Importer(_one(receive_notices), plan_notices, apply_notices),
    "ubl": Importer(_one(receive_invoices), plan_invoices, apply_invoices),
    "ocds": Importer(_one(receive_ocds), plan_ocds, apply_ocds),
    "register": Importer(_one(receive_register), plan_register, apply_register),
}
