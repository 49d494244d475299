"""Lists as files: CSV and XLSX, written while they are sent, in which no cell does anything.

Text from outside may hold formulas. In XLSX every text is written as text, which a spreadsheet never runs. CSV has
no types, so there a cell that could be run gets an apostrophe; our own import takes it off again.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, ClassVar, Protocol

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from koopkracht.shared import clock
from koopkracht.shared.cells import inert
from koopkracht.shared.money import from_cents
from koopkracht.web.ui.formats import yes_no

MAX_ROWS = 1_048_575  # what a sheet can hold below its heading
MAX_TEXT = 32_767  # what a cell can hold
BOM = "\ufeff"


class Exported(Protocol):
    """A column as an export sees it."""

    @property
    def key(self) -> str:
        """Name of the field."""
        ...

    @property
    def label(self) -> Any:
        """Heading of the column."""
        ...

    @property
    def format(self) -> str:
        """Name of the format on the screen."""
        ...


def value_of(column: Exported, row: Any) -> Any:
    """Return the bare value of one cell: amounts as ``Decimal`` in EUR, dates as dates, the rest as text."""
    value = row[column.key] if isinstance(row, Mapping) else getattr(row, column.key)
    if value is None:
        return None
    if column.format.startswith("cents"):
        return from_cents(value)
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.BRUSSELS).replace(tzinfo=None)
    if isinstance(value, (int, float, Decimal, dt.date)):
        return value
    return str(value)


class Export(ABC):
    """One kind of file."""

    label: ClassVar[str]
    suffix: ClassVar[str]

    @abstractmethod
    def respond(self, name: str, columns: Iterable[Exported], rows: Iterable[Any]) -> HttpResponseBase:
        """Return the answer that carries the file."""

    def filename(self, name: str) -> str:
        """Return a name that tells what it is and from when."""
        return f"{name}-{clock.today():%Y-%m-%d}.{self.suffix}"


class CsvExport(Export):
    """CSV as spreadsheets in Belgium open it: UTF-8 with mark, semicolons, decimal comma."""

    label = "CSV"
    suffix = "csv"

    def respond(self, name: str, columns: Iterable[Exported], rows: Iterable[Any]) -> HttpResponseBase:
        """Return the file as a stream."""
        answer = StreamingHttpResponse(self.lines(tuple(columns), rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.filename(name)}"'
        return answer

    def lines(self, columns: tuple[Exported, ...], rows: Iterable[Any]) -> Iterator[str]:
        """Yield the file line by line."""
        writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
        yield BOM + writer.writerow([inert(str(column.label)) for column in columns])
        for row in rows:
            yield writer.writerow([self.cell(value_of(column, row)) for column in columns])

    @staticmethod
    def cell(value: Any) -> str:
        """Return one value as text."""
        if value is None:
            return ""
        if isinstance(value, (Decimal, float)):
            return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value).replace(".", ",")
        if isinstance(value, dt.datetime):
            return value.isoformat(sep=" ", timespec="seconds")
        if isinstance(value, (int, dt.date)):
            return str(value)
        return inert(str(value).replace("\x00", ""))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


class XlsxExport(Export):
    """XLSX in constant memory, by way of a temporary file that is gone when it has been sent."""

    label = "Excel"
    suffix = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def respond(self, name: str, columns: Iterable[Exported], rows: Iterable[Any]) -> HttpResponseBase:
        """Return the file."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it after sending
        self.write(file, tuple(columns), rows)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=self.filename(name), content_type=self.media_type)

    def write(self, file: Any, columns: tuple[Exported, ...], rows: Iterable[Any]) -> None:
        """Write the workbook to ``file``; what does not fit on a sheet goes on to the next one."""
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        rest = iter(rows)
        with xlsxwriter.Workbook(file, options) as book:
            formats = {
                "head": book.add_format({"bold": True}),
                Decimal: book.add_format({"num_format": "#,##0.00"}),
                dt.date: book.add_format({"num_format": "dd-mm-yyyy"}),
                dt.datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
            }
            full = True
            while full:
                sheet = book.add_worksheet()
                self._head(sheet, columns, formats["head"])
                line = 0
                for line, row in enumerate(islice(rest, MAX_ROWS), start=1):
                    for place, column in enumerate(columns):
                        self.put(sheet, line, place, value_of(column, row), formats)
                full = line == MAX_ROWS

    @staticmethod
    def _head(sheet: Any, columns: tuple[Exported, ...], style: Any) -> None:
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, 18)
            sheet.write_string(0, place, str(column.label), style)

    @staticmethod
    def put(sheet: Any, line: int, place: int, value: Any, formats: dict[Any, Any]) -> None:
        """Write one cell with its own type, never by guessing from the text."""
        if value is None:
            return
        writers: dict[type, Callable[..., Any]] = {
            int: sheet.write_number,
            float: sheet.write_number,
            Decimal: sheet.write_number,
            dt.date: sheet.write_datetime,
            dt.datetime: sheet.write_datetime,
        }
        writer = writers.get(type(value))
        if writer is None:
            text = "".join(sign for sign in str(value) if sign >= " " or sign in "\t\n")
            sheet.write_string(line, place, text[:MAX_TEXT])
        else:
            writer(line, place, value, formats.get(type(value)))


EXPORTS: dict[str, Export] = {"csv": CsvExport(), "xlsx": XlsxExport()}
