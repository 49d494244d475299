"""What an indicator can belong to, and how a page finds the name and the address of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.monitoring.api import ORGANISATION
from koopkracht.shared.errors import NotFound
from koopkracht.strategy.api import goals
from koopkracht.strategy.types.goals import PRINCIPLE, PURCHASING_GOAL

Owner = tuple[str, str]


def owner_of(*, organisation_id: int, subject: str, subject_key: int) -> Owner:
    """Return the name and the address of what an indicator belongs to.

    Raises ``NotFound`` for a subject that does not exist, or not for this organisation.
    """
    find = _OWNERS.get(subject)
    if find is None:
        raise NotFound(_("Dit onderwerp bestaat niet. Kies een doel uit de lijst."), code="indicator-subject-unknown")
    return find(organisation_id, subject_key)


def name_of(*, organisation_id: int, subject: str, subject_key: int) -> Owner:
    """Return the name and the address, empty where the owner is gone."""
    try:
        return owner_of(organisation_id=organisation_id, subject=subject, subject_key=subject_key)
    except NotFound:
        return "", ""


def _organisation(organisation_id: int, key: int) -> Owner:
    if key != organisation_id:
        raise NotFound(_("Dit onderwerp bestaat niet. Kies een doel uit de lijst."), code="indicator-subject-unknown")
    return accounts.organisation(organisation_id=organisation_id).name, ""


def _purpose(organisation_id: int, key: int) -> Owner:
    found = goals.purpose(organisation_id=organisation_id, purpose_id=key)
    return found.title, _address("purpose", purpose_id=key)


def _principle(organisation_id: int, key: int) -> Owner:
    goals.principle(organisation_id=organisation_id, principle_id=key)
    return _("Principe per productgroep"), _address("principles")


def _address(route: str, **arguments: int) -> str:
    try:
        return reverse(route, kwargs=arguments)
    except NoReverseMatch:
        return ""


_OWNERS: Mapping[str, Callable[[int, int], Owner]] = {
    ORGANISATION: _organisation,
    PURCHASING_GOAL: _purpose,
    PRINCIPLE: _principle,
}
