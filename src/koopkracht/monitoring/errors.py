"""Errors of the monitoring context, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected

__all__ = ["FiguresNotReady", "InvalidRule", "RuleNotFound", "UnknownProductGroup"]


class RuleNotFound(NotFound):
    """No such assignment rule in this organisation."""


class InvalidRule(Rejected):
    """An assignment rule that cannot be stored."""


class UnknownProductGroup(Rejected):
    """The product group does not exist (any more)."""


class FiguresNotReady(Conflict):
    """The figures are being computed for the first time: wait for the job."""
