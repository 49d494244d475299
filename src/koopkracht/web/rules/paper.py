"""An answer on paper: a tagged PDF that holds everything itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from koopkracht.documents import api as documents
from koopkracht.shared import clock
from koopkracht.web.ui.page import jinja


def pdf(context: Mapping[str, Any]) -> bytes:
    """Return the answer as PDF; nothing is fetched from anywhere."""
    text = jinja().get_template("rules/paper.html").render({**context, "made_on": clock.today()})
    return documents.pdf(html=text)
