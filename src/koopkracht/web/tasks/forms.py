"""Forms about tasks: reading what was typed, no rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class SubmitForm(forms.Form):
    """What the owner hands in."""

    file = forms.FileField(
        label=gettext_lazy("Bewijs"),
        help_text=gettext_lazy("Een PDF, een foto, een Word- of Excel-bestand."),
        required=False,
        error_messages={"empty": gettext_lazy("Dit bestand is leeg. Bewaar het opnieuw en probeer nog eens.")},
    )
    remark = forms.CharField(
        label=gettext_lazy("Toelichting"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, evidence: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if evidence:
            self.fields["file"].required = True
            self.fields["file"].error_messages["required"] = gettext_lazy(
                "Kies het bestand dat aantoont dat dit gebeurd is."
            )
        else:
            del self.fields["file"]


class ReasonForm(forms.Form):
    """Why something is sent back."""

    reason = forms.CharField(
        label=gettext_lazy("Wat moet er nog gebeuren?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Schrijf wat er nog mist, zodat uw collega verder kan.")},
    )
