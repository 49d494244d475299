"""Opening what was received as one text table: CSV as it is, a workbook through the sandbox."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from koopkracht.documents import api as documents
from koopkracht.exchange.errors import FileUnreadable
from koopkracht.exchange.formats.tabular import Layout, Unreadable, detect_layout
from koopkracht.exchange.models import Receipt
from koopkracht.exchange.spend.messages import unreadable

_WORKBOOKS = frozenset({"xlsx", "ods"})
_LIMITS = documents.SandboxLimits(memory=2 << 30, seconds=120, output=1 << 30)


@contextmanager
def open_table(receipt: Receipt, *, known_headers: frozenset[str]) -> Iterator[tuple[BinaryIO, Layout]]:
    """Open the table of a receipt and tell its layout. Raises :class:`FileUnreadable` and ``HostileFile``."""
    document = documents.document(organisation_id=receipt.organisation_id, sha256=receipt.content_hash)
    path = documents.path_of(organisation_id=receipt.organisation_id, sha256=receipt.content_hash)
    with tempfile.TemporaryDirectory(prefix="koopkracht-") as folder:
        if document.kind == "zip":
            raise FileUnreadable(
                _("Dit is een ZIP-archief. Pak het uit en laad de tabellen in."), code="file-not-text", kind="zip"
            )
        if document.kind in _WORKBOOKS:
            path = _as_text(path, Path(folder) / "table.csv")
        with path.open("rb") as stream:
            try:
                layout = detect_layout(stream, known_headers=known_headers)
            except Unreadable as error:
                raise unreadable(error) from error
            yield stream, layout


def _as_text(workbook: Path, target: Path) -> Path:
    documents.run_sandboxed(
        "koopkracht.exchange.formats.workbooks:workbook_to_csv",
        arguments={"path": str(workbook), "target": str(target)},
        limits=_LIMITS,
    )
    return target
