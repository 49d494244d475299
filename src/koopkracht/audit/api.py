"""The door of audit: stable, keep it small."""

from __future__ import annotations

from koopkracht.audit.actions import record
from koopkracht.audit.anchors import export_anchor
from koopkracht.audit.queries import choices, event, export_lines, list_events
from koopkracht.audit.verification import verify

__all__ = ["choices", "event", "export_anchor", "export_lines", "list_events", "record", "verify"]
