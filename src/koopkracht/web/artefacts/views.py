"""Official files: what is loaded, in which version, what is missing because of what is not, and loading one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from koopkracht.exchange import api as exchange
from koopkracht.shared.errors import Rejected
from koopkracht.web.ui import formats
from koopkracht.web.ui.page import Request, page, render


class ArtefactForm(forms.Form):
    """One official file or archive."""

    file = forms.FileField(
        label=gettext_lazy("Officieel bestand"),
        help_text=gettext_lazy("Het archief of bestand zoals de uitgever het aanbiedt; we herkennen zelf wat het is."),
        error_messages={"required": gettext_lazy("Kies eerst een bestand op uw computer.")},
    )


@require_http_methods(["GET", "POST"])
@page("artefacts.manage")
def artefacts(request: Request) -> HttpResponse:
    """Show every kind of official file; load the one that was sent."""
    form = ArtefactForm(request.POST, request.FILES) if request.method == "POST" else ArtefactForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            loaded = exchange.load_artefact(actor=request.actor, filename=file.name, stream=file.file)
        except Rejected as error:
            form.add_error("file", error.message)
        else:
            messages.success(request, _("Geladen: versie %(version)s.") % {"version": loaded.version})
            return redirect("artefacts")
    context = {"form": form, "states": [_state(state) for state in exchange.artefacts()]}
    return render(request, "artefacts/artefacts.html", context, status=422 if form.errors else 200)


def _state(state: Any) -> dict[str, str]:
    loaded = state.loaded
    return {
        "label": state.label,
        "version": loaded.version if loaded else _("niet geladen"),
        "loaded_at": formats.moment(loaded.loaded_at) if loaded else "",
        "sha256": loaded.sha256[:16] if loaded else "",
        "remark": state.problem or ("" if loaded else state.use),
    }
