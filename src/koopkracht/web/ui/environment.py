"""The Jinja2 environment of our own pages: autoescape, strict about missing variables, Dutch as source language."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from koopkracht.knowledge import api as knowledge
from koopkracht.web.ui.formats import FORMATS, NUMERIC, show
from koopkracht.web.ui.kit import Kit


def environment(**options: Any) -> Environment:
    """Build the environment; called once by Django."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=True)
    made = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701 - autoescape is in options
    made.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        url=_url,
        words_on_page=_words_on_page(made),
        static=_static,
        messages_of=get_messages,
        ui=Kit(made),
        chart_data=_chart_data,
        numeric_formats=NUMERIC,
    )
    made.filters.update({name: function for name, function in FORMATS.items() if name != "text"}, show=show)
    return made


def _words_on_page(environment: Environment) -> Callable[[str], Markup]:
    """Return a function that shows the words of the glossary which a page uses, each with its meaning."""

    def show(page_text: str) -> Markup:
        template = environment.get_template("ui/words.html")
        # Rendered by the template with autoescape on.
        return Markup(template.render(words=knowledge.terms_in(html=page_text)))  # noqa: S704

    return show


def _static(path: str) -> str:
    # Every page names the same dozen files, and in production their addresses never change while it runs.
    return static(path) if settings.DEBUG else _known_static(path)


@cache
def _known_static(path: str) -> str:
    return static(path)


def _url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs or None)


def _chart_data(
    kind: str, categories: Sequence[Any], series: Sequence[Mapping[str, Any]], number_format: str
) -> Markup:
    """Return what the chart script reads, as JSON that cannot end the script element it stands in."""
    cents = number_format.startswith("cents")
    unit = "euro" if cents or number_format.startswith("euro") else number_format
    data = {
        "kind": kind,
        "categories": [str(one) for one in categories],
        "series": [
            {"name": str(one["name"]), "values": [_plot(value, 100 if cents else 1) for value in one["values"]]}
            for one in series
        ],
        "format": unit if unit in {"euro", "percent"} else "number",
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe)  # noqa: S704 - escaped on the line above


def _plot(value: Decimal | int | float | None, unit: int) -> float | None:
    # Only for drawing: the table beside the chart holds the exact figures.
    return None if value is None else float(value) / unit
