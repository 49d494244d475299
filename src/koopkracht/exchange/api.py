"""The door of the exchange with the outside world: files in, with provenance, and what became of them.

Stable, keep it small. Each kind of import adds its use cases here; all share receipts, issues and provenance.
"""

from __future__ import annotations

from koopkracht.exchange.artefacts.actions import artefacts, current_artefact, load_artefact
from koopkracht.exchange.formats.spend import roles as spend_roles
from koopkracht.exchange.invoices.actions import (
    apply_invoices,
    judge_invoice_again,
    plan_invoices,
    receive_invoices,
    start_apply_invoices,
)
from koopkracht.exchange.kinds import IMPORTERS, Importer
from koopkracht.exchange.notices.actions import (
    apply_notices,
    plan_notices,
    receive_notices,
    start_apply_notices,
)
from koopkracht.exchange.notices.queries import notice_content
from koopkracht.exchange.ocds.actions import apply_ocds, plan_ocds, receive_ocds, start_apply_ocds
from koopkracht.exchange.queries import issues, receipt, receipt_of, receipts
from koopkracht.exchange.receive import receive, remember_origin
from koopkracht.exchange.registers.actions import (
    apply_register,
    plan_register,
    receive_register,
    register_kinds,
    register_template,
)
from koopkracht.exchange.spend.actions import (
    apply_spend,
    plan_spend,
    receive_spend,
    start_apply,
    start_plan,
    undo_spend,
)
from koopkracht.exchange.spend.messages import question as spend_question
from koopkracht.exchange.spend.planning import Choice as SpendChoice
from koopkracht.exchange.spend.queries import rejected_file, spend_batches

__all__ = [
    "IMPORTERS",
    "Importer",
    "SpendChoice",
    "apply_invoices",
    "apply_notices",
    "apply_ocds",
    "apply_register",
    "apply_spend",
    "artefacts",
    "current_artefact",
    "issues",
    "judge_invoice_again",
    "load_artefact",
    "notice_content",
    "plan_invoices",
    "plan_notices",
    "plan_ocds",
    "plan_register",
    "plan_spend",
    "receipt",
    "receipt_of",
    "receipts",
    "receive",
    "receive_invoices",
    "receive_notices",
    "receive_ocds",
    "receive_register",
    "receive_spend",
    "register_kinds",
    "register_template",
    "rejected_file",
    "remember_origin",
    "spend_batches",
    "spend_question",
    "spend_roles",
    "start_apply",
    "start_apply_invoices",
    "start_apply_notices",
    "start_apply_ocds",
    "start_plan",
    "undo_spend",
]
