"""An answer on paper: a tagged PDF that holds everything itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint import HTML

from koopkracht.shared import clock
from koopkracht.web.ui.page import jinja


def pdf(context: Mapping[str, Any]) -> bytes:
    """Return the answer as PDF; nothing is fetched from anywhere."""
    text = jinja().get_template("rules/paper.html").render({**context, "made_on": clock.today()})
    return bytes(HTML(string=text, url_fetcher=_refuse).write_pdf(pdf_variant="pdf/ua-1"))


def _refuse(url: str, *_args: Any, **_kwargs: Any) -> Any:
    raise ValueError(f"an answer holds everything itself and fetches nothing: {url}")
