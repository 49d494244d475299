"""Filling a template in: Jinja writes marks where values belong, so that no value is ever read as Markdown.

A value becomes a mark of two private-use signs around a number. Only after the Markdown was read are the marks
replaced, inside text. Whatever a person typed (Markdown, Jinja, XML, control characters) therefore stays text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from koopkracht.documents.errors import PaperFault
from koopkracht.documents.paper.words import FILTERS

OPEN, CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
# What XML 1.0 cannot hold, and lone halves of signs.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Filler:
    """Fills the texts of one paper in and remembers the values behind the marks."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._texts: list[str] = []
        self._environment = ImmutableSandboxedEnvironment(  # every value passes ``finalize`` below
            autoescape=True,
            undefined=StrictUndefined,
            finalize=self._mark,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(FILTERS)

    def fill(self, text: str) -> str:
        """Return ``text`` with marks for its values. Raises ``PaperFault`` when one is missing or it is no template."""
        try:
            return self._environment.from_string(text).render(self._values)
        except TemplateError as error:
            raise PaperFault(
                f"Het sjabloon kan niet ingevuld worden: {error}", code="paper-template-unfilled"
            ) from error

    def resolve(self, text: str) -> str:
        """Return ``text`` with every mark replaced by what it stands for; a value is not looked into again."""
        return _MARK.sub(lambda found: self._texts[int(found[1])], text)

    def plain(self, text: str) -> str:
        """Return ``text`` filled in, on one line: for titles and details."""
        return " ".join(self.resolve(self.fill(text)).split())

    def _mark(self, value: Any) -> Any:
        if isinstance(value, Undefined):
            return value  # strict: writing it raises and says which value is missing
        self._texts.append("" if value is None else clean(str(value)))
        return Markup(f"{OPEN}{len(self._texts) - 1}{CLOSE}")  # noqa: S704 - a number between two signs of ours


def clean(text: str) -> str:
    """Return ``text`` with plain line ends and without signs that no document can hold."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
