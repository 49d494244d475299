"""Notices and lots for the tests of the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from koopkracht.dossiers.types import LotInput, NoticeInput


def notice(**changed: Any) -> NoticeInput:
    """Return a competition notice of our own, with what the test changes."""
    plain: dict[str, Any] = {
        "procedure_key": "p-1",
        "notice_id": "n-1",
        "version": "01",
        "document_hash": "a" * 64,
        "format": "eforms",
        "title": "Poetsen",
        "form_type": "competition",
        "issue_date": dt.date(2024, 3, 1),
        "is_own": True,
    }
    return NoticeInput(**{**plain, **changed})


def lot(number: str = "LOT-0001", **changed: Any) -> LotInput:
    """Return a lot, with what the test changes."""
    return LotInput(**{"lot_id": number, "title": f"Titel van {number}", **changed})
