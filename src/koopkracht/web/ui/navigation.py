"""The main navigation: by task, in the order in which a town does its work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from koopkracht import __version__
from koopkracht.accounts import api as accounts
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.web.ui import formats

KEPT, KEPT_SECONDS = "shell", 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One task: its name, what one does there, the route, who may see it, and the addresses that belong to it."""

    text: Any
    explain: Any
    icon: str
    route: str
    permission: str
    prefixes: tuple[str, ...]


NAVIGATION: tuple[Entry, ...] = (
    Entry(_("Start"), "", "places-home", "home", "home.view", ()),
    Entry(
        _("Gegevens inladen"),
        _("Uitgaven, aankondigingen, facturen en lijsten van leveranciers."),
        "import",
        "imports",
        "imports.view",
        ("/inladen",),
    ),
    Entry(
        _("Diagnose"),
        _("Waar gaat het geld naartoe, en waar kan de sociale economie meer doen?"),
        "business-graph-bar",
        "diagnosis",
        "spend.view",
        ("/diagnose", "/productgroepen"),
    ),
    Entry(
        _("Strategie"),
        _("Van beleidsdoel naar de aankopen die het verschil maken, met streefwaarden."),
        "hierarchy",
        "strategy",
        "strategy.view",
        ("/strategie",),
    ),
    Entry(
        _("Markt"),
        _("Wie kan dit, en wat is er nodig? Marktfiches, bevragingen, gesprekken."),
        "users",
        "market",
        "market.view",
        ("/markt", "/leveranciers/sociale-economie"),
    ),
    Entry(
        _("Registers"),
        _("Aankondigingen, procedures, percelen, contracten en leveranciers."),
        "list-bullets",
        "registers",
        "register.view",
        ("/registers", "/leveranciers", "/facturen"),
    ),
    Entry(
        _("Wetswijzer"),
        _("Welke procedure past, welke drempel geldt, en waarom."),
        "book",
        "rules",
        "rules.ask",
        ("/regels",),
    ),
    Entry(
        _("Beheer"),
        _("Mensen, rollen, gegevensbronnen en het logboek."),
        "gear",
        "administration",
        "administration.view",
        ("/beheer",),
    ),
)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as the shell shows it."""

    text: str
    explain: str
    icon: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame around every page needs to know."""

    items: tuple[Item, ...] = ()
    profile: tuple[tuple[str, str], ...] = ()
    organisation: str = ""
    roles: str = ""
    version: str = __version__
    printed: str = ""


@cache
def address(route: str) -> str:
    """Return the address of a route, or nothing when no page has taken it yet."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def items(actor: Actor | None, path: str) -> tuple[Item, ...]:
    """Return the entries that this actor may open, with the one that ``path`` belongs to marked."""
    if actor is None:
        return ()
    found = []
    here = max((one for entry in NAVIGATION for one in entry.prefixes if path.startswith(one)), key=len, default="-")
    for entry in NAVIGATION:
        href = address(entry.route)
        if href and actor.may(entry.permission):
            current = path == href or here in entry.prefixes
            found.append(Item(str(entry.text), str(entry.explain), entry.icon, href, current))
    return tuple(found)


def shell_of(request: HttpRequest) -> Callable[[], Shell]:
    """Return the shell as a function that works once: a fragment does not pay for it."""
    return cache(lambda: _shell(request))


def _shell(request: HttpRequest) -> Shell:
    actor: Actor | None = getattr(request, "actor", None)
    printed = formats.date(clock.today())
    if actor is None or actor.user_id is None:
        return Shell(printed=printed)
    mine = _organisations(request, actor)
    return Shell(
        items=items(actor, request.path),
        profile=_profile(actor, several=len(mine) > 1),
        organisation=mine.get(str(actor.organisation_id), ""),
        roles=", ".join(str(label) for role, label in accounts.ROLE_LABELS.items() if role in actor.roles),
        printed=printed,
    )


def _organisations(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """Return the names of this person's organisations, kept for some minutes with the session.

    Every page shows the name; asking the database each time would cost a tenth of a page.
    """
    now = int(clock.now().timestamp())
    kept = request.session.get(KEPT)
    if kept and kept["until"] > now and str(actor.organisation_id) in kept["names"]:
        return dict(kept["names"])
    mine = accounts.organisations_of(user_id=actor.user_id or 0)
    names = {str(one.id): one.name for one in mine}
    request.session[KEPT] = {"until": now + KEPT_SECONDS, "names": names}
    return names


def _profile(actor: Actor, *, several: bool) -> tuple[tuple[str, str], ...]:
    routes: list[tuple[Any, str]] = []
    if actor.may("obligation.view"):
        routes += [(_("Mijn taken"), "tasks"), (_("Agenda"), "calendar")]
    if several:
        routes.append((_("Andere organisatie kiezen"), "choose-organisation"))
    routes.append((_("Mijn aanmelding en veiligheid"), "profile"))
    return tuple((str(text), address(route)) for text, route in routes if address(route))
