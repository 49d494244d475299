"""What a page of the diagnosis reads from its address, and how it makes addresses that keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from koopkracht.shared.errors import Rejected

YEAR, COMPARE, PAGE = "jaar", "vergelijk", "bladzijde"
LARGEST_NUMBER = 10**18 - 1
"""What every store behind a page can still look up."""


@dataclass(frozen=True, slots=True)
class Period:
    """The year of a page and the year it is compared with, as asked in the address."""

    year: int | None
    compare: int | None

    @classmethod
    def of(cls, asked: QueryDict) -> Period:
        """Read the period; raises ``Rejected`` for what is no year."""
        return cls(whole(asked, YEAR), whole(asked, COMPARE))


def whole(asked: QueryDict, name: str) -> int | None:
    """Return a whole number from the address, ``None`` when it is not there. Raises ``Rejected`` for anything else."""
    text = asked.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Rejected(
            _("Het adres van deze pagina klopt niet: «%(name)s» moet een getal zijn.") % {"name": name},
            code="address-number",
            field=name,
        )
    return int(text)


def link(route: str, parameters: Mapping[str, Any] | None = None, **arguments: Any) -> str:
    """Return the address of a page with the parameters that are filled in."""
    kept = {name: value for name, value in (parameters or {}).items() if value not in (None, "")}
    path = reverse(route, kwargs=arguments or None)
    return f"{path}?{urlencode(kept)}" if kept else path
