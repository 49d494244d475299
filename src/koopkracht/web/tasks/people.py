"""Names of people on pages, read at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts


def names(organisation_id: int, user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of these people; the empty ones are left out."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    return accounts.names_of(organisation_id=organisation_id, user_ids=wanted) if wanted else {}


def choices(organisation_id: int, *, empty: str = "") -> list[tuple[str, str]]:
    """Return the colleagues to choose from, with an empty choice first."""
    people = accounts.colleagues(organisation_id=organisation_id)
    return [("", empty or _("Kies een collega")), *((str(one.id), one.label) for one in people)]
