"""Workbooks (XLSX, ODS) as text tables, so that everything after this reads one kind of table. Pure.

Runs in the sandbox: the library reads hostile files there, and the limits of the child stop a bomb. Formulas are
never calculated: what counts is the value the spreadsheet program saved.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["workbook_to_csv"]

_MAX_CELLS = 60_000_000


def workbook_to_csv(*, path: str, target: str) -> dict[str, Any]:
    """Write the fullest sheet of a workbook to ``target`` as CSV (UTF-8, semicolons); line numbers stay row numbers.

    Returns the name of the sheet and of the sheets that were left out.
    """
    with CalamineWorkbook.from_path(path) as workbook:
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
        sheets = [(name, sheet) for name, sheet in sheets if sheet.height and sheet.width]
        if not sheets:
            Path(target).write_text("", encoding="utf-8")
            return {"sheet": "", "others": []}
        name, sheet = max(sheets, key=lambda item: item[1].height * item[1].width)
        if sheet.height * sheet.width > _MAX_CELLS:
            raise MemoryError
        _write(sheet, target)
        return {"sheet": name, "others": [other for other, _ in sheets if other != name]}


def _write(sheet: CalamineSheet, target: str) -> None:
    with Path(target).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        for row in sheet.to_python(skip_empty_area=False):
            writer.writerow([_text(value) for value in row])


def _text(value: Any) -> str:
    """Return a cell as text that reads back exactly; line breaks would shift the line numbers."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return " ".join(str(value).split()) if value is not None else ""
