"""The door of the exchange with the outside world: files in, with provenance, and what became of them.

Stable, keep it small. Each kind of import adds its use cases here; all share receipts, issues and provenance.
"""

from __future__ import annotations

from koopkracht.exchange.formats.spend import roles as spend_roles
from koopkracht.exchange.notices.actions import (
    apply_notices,
    plan_notices,
    receive_notices,
    start_apply_notices,
)
from koopkracht.exchange.notices.queries import notice_content
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
    "SpendChoice",
    "apply_notices",
    "apply_register",
    "apply_spend",
    "issues",
    "notice_content",
    "plan_notices",
    "plan_register",
    "plan_spend",
    "receipt",
    "receipt_of",
    "receipts",
    "receive",
    "receive_notices",
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
    "start_apply_notices",
    "start_plan",
    "undo_spend",
]
