"""Cells of a CSV file that no spreadsheet will run, and the way back to the original text."""

from __future__ import annotations

import re

# What a spreadsheet may take for a formula or a command: also full-width forms, control characters and what
# hides behind leading blanks. An apostrophe of the text itself is doubled, so that nothing is lost on the way back.
_ACTIVE = re.compile(r"^(?:'|[\s\x00-\x1f\u00a0\u200b\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n\x00])")


def inert(text: str) -> str:
    """Return ``text`` so that a spreadsheet shows it and does nothing with it."""
    return f"'{text}" if _ACTIVE.match(text) else text


def original(text: str) -> str:
    """Undo :func:`inert`; other text comes back unchanged."""
    return text[1:] if text.startswith("'") and _ACTIVE.match(text[1:]) else text
