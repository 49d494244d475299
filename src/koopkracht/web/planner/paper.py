"""A plan on paper: a tagged PDF that holds everything itself."""

from __future__ import annotations

from typing import Any

from weasyprint import HTML

from koopkracht.shared import clock
from koopkracht.web.planner.presenting import Board
from koopkracht.web.ui.page import jinja


def pdf(board: Board) -> bytes:
    """Return the plan as PDF; nothing is fetched from anywhere."""
    text = (
        jinja()
        .get_template("planner/paper.html")
        .render({"board": board, "plan": board.plan, "made_on": clock.today()})
    )
    return bytes(HTML(string=text, url_fetcher=_refuse).write_pdf(pdf_variant="pdf/ua-1"))


def _refuse(url: str, *_args: Any, **_kwargs: Any) -> Any:
    raise ValueError(f"a plan holds everything itself and fetches nothing: {url}")
