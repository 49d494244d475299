"""The glossary: words from ``content/glossary``, and which of them a text uses."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from koopkracht.knowledge.types import Term

_TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)


@cache
def terms() -> tuple[Term, ...]:
    """Return all words in alphabetical order."""
    text = resources.files("koopkracht").joinpath("content", "glossary", "terms.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    found = [
        Term(row["slug"], row["term"], tuple(row["forms"]), row["text"], tuple(row.get("see", ())))
        for row in read["terms"]
    ]
    return tuple(sorted(found, key=lambda term: term.term.casefold()))


@cache
def _by_form() -> dict[str, Term]:
    return {form.casefold(): term for term in terms() for form in term.forms}


@cache
def _pattern() -> re.Pattern[str]:
    # The longest spelling first, so that «significante productgroep» is not found as «productgroep» alone.
    forms = sorted(_by_form(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w-])", re.IGNORECASE)


def used_in(html: str, *, most: int) -> tuple[Term, ...]:
    """Return the words in the text of ``html`` (not in its tags), in order of first use, at most ``most``."""
    text = _TAGS.sub(" ", html)
    found: dict[str, Term] = {}
    for match in _pattern().finditer(text):
        term = _by_form()[match[0].casefold()]
        found.setdefault(term.slug, term)
        if len(found) == most:
            break
    return tuple(found.values())
