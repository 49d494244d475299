"""Help texts: Markdown in ``content/help``, shown as pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

from koopkracht.shared.errors import NotFound

FOLDER = Path(__file__).resolve().parents[2] / "content" / "help"


@dataclass(frozen=True, slots=True)
class Topic:
    """One help page; ``order`` is the number in front of its file name."""

    slug: str
    title: str
    intro: str
    html: Markup


@cache
def topics() -> tuple[Topic, ...]:
    """Return all help pages in reading order."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("[0-9][0-9]-*.md")))


def topic(slug: str) -> Topic:
    """Return one help page; raises ``NotFound``."""
    for one in topics():
        if one.slug == slug:
            return one
    raise NotFound("Deze hulppagina bestaat niet. Kies een onderwerp uit de lijst.", code="help-not-found")


def _read(path: Path) -> Topic:
    # The form of a file: a heading, one paragraph that says what it is about, then the text.
    heading, intro, body = path.read_text(encoding="utf-8").split("\n\n", 2)
    # Our own text, and raw HTML is off: nothing needs cleaning.
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return Topic(path.stem[3:], heading.removeprefix("# "), " ".join(intro.split()), Markup(html))  # noqa: S704
