"""Lists as pages: columns, filters in the address, search, sort, keyset pages, exports and the htmx fragment.

A page declares a :class:`Listing` once; a context answers with a ``Slice``. See the README of this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from markupsafe import Markup

from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import PAGE_SIZE, ListQuery, Slice
from koopkracht.web.ui.exports import EXPORTS
from koopkracht.web.ui.formats import FORMATS, NUMERIC, number
from koopkracht.web.ui.page import render

Fetch = Callable[[ListQuery], Slice[Any]]
SEARCH, SORT, CURSOR, EXPORT = "zoek", "sorteer", "vanaf", "formaat"
SEARCH_LIMIT = 200
EXPORT_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field of the row, how it is written, whether one can sort on it, where it leads."""

    key: str
    label: Any
    format: str = "text"
    sort: bool = False
    href: Callable[[Any], str] | None = None
    css: str = ""
    export_only: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter; ``options`` (value, text) or a function that returns them. Kinds: choice, text, date, flag."""

    key: str
    label: Any
    kind: str = "choice"
    options: Sequence[tuple[Any, Any]] | Callable[[], Sequence[tuple[Any, Any]]] = ()
    value: str = ""

    def filled(self, value: str) -> Filter:
        """Return the filter with its options read and the value that was asked."""
        options = self.options() if callable(self.options) else self.options
        return replace(self, options=options, value=value)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column as it is shown."""

    label: str
    numeric: bool
    href: str
    order: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list as the template shows it."""

    id: str
    path: str
    caption: str
    heads: Sequence[Head]
    rows: Markup
    filters: Sequence[Filter]
    search_label: str
    search: str
    sort: str
    count_text: str
    cleared: str
    first: str
    previous: str
    next: str
    exports: Sequence[tuple[str, str]]
    empty_title: str
    empty_text: str


def link_to(route: str, **arguments: str) -> Callable[[Any], str]:
    """Return a function from row to address: ``link_to("supplier", supplier_id="id")``.

    The address is looked up once, with a mark in the place of the value: looking it up for each row would cost
    more than the rest of the list.
    """
    (argument, key), *rest = arguments.items()
    if rest:
        raise ValueError("link_to fills one argument; give a function for more")
    mark = 9_999_999_999
    parts: list[str] = []

    def href(row: Any) -> str:
        if not parts:
            parts.extend(reverse(route, kwargs={argument: mark}).split(str(mark)))
        value = row[key] if isinstance(row, Mapping) else getattr(row, key)
        return "" if value is None else f"{parts[0]}{value}{parts[1]}"

    return href


@dataclass(frozen=True, slots=True)
class Listing:
    """The declaration of a list page."""

    name: str
    caption: Any
    columns: tuple[Column, ...]
    sort: str
    filters: tuple[Filter, ...] = ()
    search: Any = ""
    empty_title: Any = ""
    empty_text: Any = ""
    exportable: bool = True
    page_size: int = PAGE_SIZE

    def respond(
        self,
        request: HttpRequest,
        fetch: Fetch,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        block: str = "list",
    ) -> HttpResponseBase:
        """Answer with the page, with only its list for htmx, or with a file when ``?formaat=`` asks for one."""
        query = self.query(request.GET)
        wanted = request.GET.get(EXPORT, "")
        if self.exportable and wanted in EXPORTS:
            return EXPORTS[wanted].respond(self.name, self.columns, self.all_rows(fetch, query))
        made = self.page(request, query, fetch(query))
        return render(request, template, {"list": made, **(context or {})}, block=block)

    def query(self, asked: QueryDict) -> ListQuery:
        """Read the address; unknown names are left alone, an unknown sort is refused."""
        sort = asked.get(SORT, "") or self.sort
        name = sort.removeprefix("-")
        if name not in {column.key for column in self.columns if column.sort} | {self.sort.removeprefix("-")}:
            raise Rejected(gettext("Op deze kolom kan de lijst niet gesorteerd worden."), code="list-sort-unknown")
        given = {one.key: asked.get(one.key, "").replace("\x00", "").strip() for one in self.filters}
        return ListQuery(
            filters={key: value for key, value in given.items() if value},
            search=asked.get(SEARCH, "").replace("\x00", "").strip()[:SEARCH_LIMIT] if self.search else "",
            sort=name,
            descending=sort.startswith("-"),
            cursor=asked.get(CURSOR, ""),
            limit=self.page_size,
        )

    def all_rows(self, fetch: Fetch, query: ListQuery) -> Iterator[Any]:
        """Walk through every row that matches, a batch at a time."""
        query = replace(query, cursor="", limit=EXPORT_BATCH, count=False)
        while True:
            part = fetch(query)
            yield from part.rows
            if not part.next:
                return
            query = replace(query, cursor=part.next)

    def page(self, request: HttpRequest, query: ListQuery, part: Slice[Any]) -> ListPage:
        """Put everything the template shows together."""
        address = _Address(request.path, self, query)
        shown = [column for column in self.columns if not column.export_only]
        return ListPage(
            id=f"lijst-{self.name}",
            path=request.path,
            caption=str(self.caption),
            heads=[self._head(column, query, address) for column in shown],
            rows=_body(shown, part.rows),
            filters=[one.filled(query.filters.get(one.key, "")) for one in self.filters],
            search_label=str(self.search),
            search=query.search,
            sort=address.sort if address.sort != self.sort else "",
            count_text=_count_text(part),
            cleared=request.path if query.filters or query.search else "",
            first=address.to() if query.cursor and part.previous else "",
            previous=address.to(**{CURSOR: part.previous}) if part.previous else "",
            next=address.to(**{CURSOR: part.next}) if part.next else "",
            exports=[(one.label, address.to(**{EXPORT: key})) for key, one in EXPORTS.items()]
            if self.exportable
            else [],
            empty_title=str(self.empty_title),
            empty_text=str(self.empty_text),
        )

    def _head(self, column: Column, query: ListQuery, address: _Address) -> Head:
        order = ""
        if query.sort == column.key:
            order = "descending" if query.descending else "ascending"
        # The first click on a figure shows the largest, the first click on a text starts at A.
        down = order == "ascending" or (not order and column.format in NUMERIC)
        href = address.to(**{SORT: f"{'-' if down else ''}{column.key}"}) if column.sort else ""
        return Head(str(column.label), column.format in NUMERIC, href, order)


class _Address:
    """Makes addresses of the same list with one thing changed."""

    def __init__(self, path: str, listing: Listing, query: ListQuery) -> None:
        self.path = path
        self.sort = f"{'-' if query.descending else ''}{query.sort}"
        self.base = dict(query.filters)
        if query.search:
            self.base[SEARCH] = query.search
        if self.sort != listing.sort:
            self.base[SORT] = self.sort

    def to(self, **changed: str) -> str:
        parameters = {**self.base, **changed}
        return f"{self.path}?{urlencode(parameters)}" if parameters else self.path


def _body(columns: Sequence[Column], rows: Sequence[Any]) -> Markup:
    """Return the rows of the table.

    Written here and not in the template: for fifty rows that takes a third of the time of the rest of the page.
    """
    parts: list[str] = []
    for row in rows:
        mapping = isinstance(row, Mapping)
        parts.append("<tr>")
        for column in columns:
            value = row[column.key] if mapping else getattr(row, column.key)
            parts.append(_cell(column, row, value))
        parts.append("</tr>\n")
    return Markup("".join(parts))  # noqa: S704 - every text goes through html.escape in _cell


def _cell(column: Column, row: Any, value: Any) -> str:
    text = escape(FORMATS[column.format](value))
    if column.href and (href := column.href(row)):
        text = f'<a href="{escape(href)}">{text}</a>'
    css = "kk-num" if column.format in NUMERIC else "kk-date" if column.format == "date_short" else column.css
    if value is None and column.format != "text":
        css = f"{css} kk-unknown".lstrip()
    return f'<td class="{css}">{text}</td>' if css else f"<td>{text}</td>"


def _count_text(part: Slice[Any]) -> str:
    if part.total is None:
        return ""
    if part.more_than_total:
        return gettext("Meer dan %(number)s resultaten") % {"number": number(part.total)}
    return ngettext("%(number)s resultaat", "%(number)s resultaten", part.total) % {"number": number(part.total)}
