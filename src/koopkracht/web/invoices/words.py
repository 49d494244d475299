"""Dutch words for the states and outcomes of invoices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

STATES: Mapping[str, Any] = {
    "received": _("Ontvangen"),
    "refused": _("Geweigerd"),
    "accepted": _("Aanvaard"),
    "matched": _("Gekoppeld"),
}
STATE_KINDS: Mapping[str, str] = {"received": "default", "refused": "error", "accepted": "info", "matched": "success"}
STATE_TEXTS: Mapping[str, Any] = {
    "received": _("De factuur is ontvangen en nog niet nagekeken."),
    "refused": _("De factuur klopt niet. Bezorg de redenen hieronder aan de leverancier en vraag een nieuwe factuur."),
    "accepted": _("De factuur klopt. Het contract dat ze noemt, staat nog niet in het register."),
    "matched": _("De factuur klopt en hangt aan haar leverancier, en aan het contract als ze er een noemt."),
}
KINDS: Mapping[str, Any] = {"invoice": _("Factuur"), "credit-note": _("Creditnota")}
OUTCOMES: Mapping[str, Any] = {
    "acceptable": _("Klopt"),
    "refused": _("Komt in de inbox als geweigerd"),
    "known": _("Staat al in de inbox"),
    "unreadable": _("Geen leesbare factuur"),
}
