"""A plan on paper: a tagged PDF that holds everything itself."""

from __future__ import annotations

from koopkracht.documents import api as documents
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
    return documents.pdf(html=text)
