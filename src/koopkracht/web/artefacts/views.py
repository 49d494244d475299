"""Official files: what is loaded, in which version, and what is missing because of what is not.

They count for every organisation of the installation, so only its operator loads them, at the command line.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koopkracht.exchange import api as exchange
from koopkracht.web.ui import formats
from koopkracht.web.ui.page import Request, page, render


@require_safe
@page("artefacts.view")
def artefacts(request: Request) -> HttpResponse:
    """Show every kind of official file and the version in use."""
    return render(request, "artefacts/artefacts.html", {"states": [_state(state) for state in exchange.artefacts()]})


def _state(state: Any) -> dict[str, str]:
    loaded = state.loaded
    return {
        "label": state.label,
        "version": loaded.version if loaded else _("niet geladen"),
        "loaded_at": formats.moment(loaded.loaded_at) if loaded else "",
        "sha256": loaded.sha256[:16] if loaded else "",
        "remark": state.problem or ("" if loaded else state.use),
    }
