"""The door of audit: stable, keep it small."""

from __future__ import annotations

from koopkracht.audit.actions import record
from koopkracht.audit.anchors import export_anchor
from koopkracht.audit.queries import choices, event, events, export_lines
from koopkracht.audit.verification import verify

__all__ = ["choices", "event", "events", "export_anchor", "export_lines", "record", "verify"]
