"""A paper as HTML: a page of its own, or only its contents."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from importlib.resources import files
from typing import Any

from koopkracht.documents.paper.model import (
    Block,
    Heading,
    Listed,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    Runs,
    Signatures,
    Table,
)

_DEEPEST = 6


def contents(paper: Paper, *, level: int = 1) -> str:
    """Return the contents from title to end, without a page around it; ``level`` is that of the title."""
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in paper.meta)
    meta = f'<dl class="meta">{lines}</dl>' if lines else ""
    title = f"<h{level}>{escape(paper.title)}</h{level}>"
    return title + meta + _blocks(paper.blocks, level)


def page(paper: Paper) -> str:
    """Return a whole page that needs nothing from anywhere."""
    style = (files("koopkracht.documents.paper") / "paper.css").read_text(encoding="utf-8")
    language, title = escape(paper.language), escape(paper.title)
    author = f'<meta name="author" content="{escape(paper.author)}">' if paper.author else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{author}'
        f"<style>{style}</style></head><body>{contents(paper)}</body></html>"
    )


def _blocks(blocks: tuple[Block, ...], level: int) -> str:
    return "".join(_WRITERS[type(block)](block, level) for block in blocks)


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    text = f"<em>{text}</em>" if run.italic else text
    text = f"<strong>{text}</strong>" if run.bold else text
    return f'<a href="{escape(run.href)}">{text}</a>' if run.href else text


def _heading(block: Heading, level: int) -> str:
    tag = f"h{min(block.level + level, _DEEPEST)}"
    return f"<{tag}>{_runs(block.runs)}</{tag}>"


def _paragraph(block: Paragraph, _level: int) -> str:
    return f"<p>{_runs(block.runs)}</p>"


def _list(block: Listed, level: int) -> str:
    tag = "ol" if block.ordered else "ul"
    items = []
    for item in block.items:
        first, *rest = item.blocks
        # A list of one-liners reads as a list, not as a row of paragraphs.
        start = _runs(first.runs) if isinstance(first, Paragraph) else _blocks((first,), level)
        items.append(f"<li>{start}{_blocks(tuple(rest), level)}</li>")
    return f"<{tag}>{''.join(items)}</{tag}>"


def _table(block: Table, _level: int) -> str:
    looks = [' class="num"' if numeric else "" for numeric in block.numeric]
    head = "".join(f'<th scope="col"{look}>{_runs(cell)}</th>' for cell, look in zip(block.head, looks, strict=True))
    rows = "".join(
        "<tr>" + "".join(f"<td{look}>{_runs(cell)}</td>" for cell, look in zip(row, looks, strict=True)) + "</tr>"
        for row in block.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _note(block: Note, level: int) -> str:
    return f'<div class="note">{_blocks(block.blocks, level)}</div>'


def _signatures(block: Signatures, _level: int) -> str:
    parties = "".join(
        f'<div class="party"><p><strong>{escape(capacity)}</strong><br>{escape(name)}</p>'
        "<p>Datum:</p><p>Handtekening:</p></div>"
        for capacity, name in block.parties
    )
    return f'<div class="signatures">{parties}</div>'


def _page_break(_block: PageBreak, _level: int) -> str:
    return '<div class="new-page"></div>'


_WRITERS: dict[type, Callable[[Any, int], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Listed: _list,
    Table: _table,
    Note: _note,
    Signatures: _signatures,
    PageBreak: _page_break,
}
