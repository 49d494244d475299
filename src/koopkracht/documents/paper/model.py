"""A paper as every writer understands it: title, details, blocks. No Django, no file format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one look; a line end in ``text`` is a new line within the paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the first below the title of the paper."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with what hangs below it."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, numbered when ``ordered``."""

    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of heads; cells hold runs, ``numeric`` says which columns stand to the right."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that stands apart from the text."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room to sign: for each party the capacity and, when known, the name."""

    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Listed | Table | Note | Signatures | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. ``meta`` are the lines below the title (label, text); ``source`` says where the template comes from."""

    title: str
    blocks: tuple[Block, ...]
    meta: tuple[tuple[str, str], ...] = ()
    template: str = ""
    kind: str = ""
    source: str = ""
    author: str = ""
    date: dt.date | None = None
    language: str = "nl-BE"


@dataclass(frozen=True, slots=True)
class Template:
    """A template of content: its front matter and its body, not yet filled in."""

    code: str
    title: str
    kind: str
    source: str
    valid_from: dt.date
    body: str
    meta: Mapping[str, str] = field(default_factory=dict)
