"""The door of monitoring: figures about spend, and the assignment of spend to product groups. Stable, keep it small."""

from __future__ import annotations

from koopkracht.monitoring.actions import (
    add_rule,
    announce_change,
    assign,
    change_rule,
    move_rule,
    on_spend_changed,
    remove_rule,
    set_sharing,
    switch_default,
    withdraw,
)
from koopkracht.monitoring.rebuild import rebuild

__all__ = [
    "add_rule",
    "announce_change",
    "assign",
    "change_rule",
    "move_rule",
    "on_spend_changed",
    "rebuild",
    "remove_rule",
    "set_sharing",
    "switch_default",
    "withdraw",
]
