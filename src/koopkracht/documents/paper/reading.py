"""From Markdown to the model of a paper.

Supported: headings, paragraphs, bold, italic, links, lists, tables, quotes (a note), ``---`` (a new page) and a fenced
block ``handtekening`` with a line ``capacity | name`` for each signature. HTML is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from koopkracht.documents.errors import PaperFault
from koopkracht.documents.paper.model import (
    Block,
    Heading,
    Item,
    Listed,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Signatures,
    Table,
)

Resolve = Callable[[str], str]
SIGNATURES = "handtekening"
_SAFE_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def read(text: str, resolve: Resolve) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text; ``resolve`` turns the marks in a piece of text into values."""
    tokens: Sequence[Token] = _markdown().parse(text)
    return _Reader(resolve).blocks(SyntaxTreeNode(tokens))


class _Reader:
    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    def blocks(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        return tuple(block for child in node.children for block in self._block(child))

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        reader = {
            "heading": self._heading,
            "paragraph": self._paragraphs,
            "bullet_list": self._list,
            "ordered_list": self._list,
            "table": self._table,
            "blockquote": self._note,
            "fence": self._signatures,
            "hr": self._page_break,
        }.get(node.type)
        if reader is None:
            raise PaperFault(
                f"Een sjabloon kan dit niet bevatten: {node.type}.", code="paper-template-block", kind=node.type
            )
        yield from reader(node)

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Block]:
        # "# …" and "## …" are both the first level below the title: the title itself is in the front matter.
        yield Heading(max(int(node.tag[1:]) - 1, 1), self._runs(node))

    def _paragraphs(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Yield a paragraph, or several: a value alone in its paragraph is split at its empty lines."""
        runs = self._runs(node)
        if len(runs) == 1 and not runs[0].href:
            only = runs[0]
            for part in _EMPTY_LINES.split(only.text):
                if part.strip():
                    yield Paragraph((Run(part.strip(), only.bold, only.italic),))
        elif any(run.text.strip() for run in runs):
            yield Paragraph(runs)

    def _list(self, node: SyntaxTreeNode) -> Iterator[Block]:
        items = tuple(Item(self.blocks(child)) for child in node.children)
        kept = tuple(item for item in items if item.blocks)
        if kept:
            yield Listed(kept, ordered=node.type == "ordered_list")

    def _table(self, node: SyntaxTreeNode) -> Iterator[Block]:
        lines = [row for part in node.children for row in part.children]
        cells = [tuple(self._runs(cell) for cell in row.children) for row in lines]
        numeric = tuple("right" in str(cell.attrs.get("style", "")) for cell in lines[0].children)
        yield Table(head=cells[0], rows=tuple(cells[1:]), numeric=numeric)

    def _note(self, node: SyntaxTreeNode) -> Iterator[Block]:
        blocks = self.blocks(node)
        if blocks:
            yield Note(blocks)

    def _signatures(self, node: SyntaxTreeNode) -> Iterator[Block]:
        if node.info.strip() != SIGNATURES:
            raise PaperFault("Een sjabloon kan geen code bevatten.", code="paper-template-block", kind="fence")
        lines = [line.partition("|") for line in node.content.splitlines() if line.strip()]
        yield Signatures(
            tuple((self._line(capacity), self._line(name)) for capacity, _bar, name in lines if self._line(capacity))
        )

    def _page_break(self, _node: SyntaxTreeNode) -> Iterator[Block]:
        yield PageBreak()

    def _line(self, text: str) -> str:
        return " ".join(self._resolve(text).split())

    def _runs(self, node: SyntaxTreeNode) -> Runs:
        pieces = [run for child in node.children for run in self._inline(child, Run(""))]
        return _joined(pieces)

    def _inline(self, node: SyntaxTreeNode, look: Run) -> Iterator[Run]:
        if node.type in {"softbreak", "hardbreak"}:
            yield Run(" " if node.type == "softbreak" else "\n", look.bold, look.italic, look.href)
        elif node.children:
            inner = self._look(node, look)
            for child in node.children:
                yield from self._inline(child, inner)
        else:
            yield Run(self._resolve(node.content), look.bold, look.italic, look.href)

    def _look(self, node: SyntaxTreeNode, look: Run) -> Run:
        href = look.href
        if node.type == "link":
            address = str(node.attrs.get("href", ""))
            href = address if _SAFE_LINK.match(address) else ""
        return Run("", look.bold or node.type == "strong", look.italic or node.type == "em", href)


def _joined(pieces: Sequence[Run]) -> Runs:
    """Return neighbours of one look as one run, without empty ones."""
    found: list[Run] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and (last.bold, last.italic, last.href) == (piece.bold, piece.italic, piece.href):
            found[-1] = Run(last.text + piece.text, last.bold, last.italic, last.href)
        elif piece.text:
            found.append(piece)
    return tuple(found)
