"""What each person can do next: a short list, the most pressing first, each with its reason.

Every step asks one question of one context. A step that a person's role does not allow is never asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koopkracht.obligations import api as obligations
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy.api import screening, selection, support
from koopkracht.strategy.types.screening import ScreeningState
from koopkracht.strategy.types.support import AgreementState
from koopkracht.web.strategy import overview
from koopkracht.web.strategy.successors import successors

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, why, and where."""

    title: str
    why: str
    button: str
    href: str


Finder = Callable[[Actor], Iterator[Step]]


def next_steps(actor: Actor) -> tuple[Step, ...]:
    """Return what this person can do next, at most a handful, the most pressing first."""
    found: list[Step] = []
    for permission, finder in _FINDERS:
        if actor.may(permission):
            found.extend(finder(actor))
        if len(found) >= SHOWN:
            break
    return tuple(found[:SHOWN])


def _late_tasks(actor: Actor) -> Iterator[Step]:
    late = obligations.mine(actor=actor, query=ListQuery(filters={"state": "late"}, limit=1)).total or 0
    if late:
        yield Step(
            ngettext("%(n)s taak is te laat", "%(n)s taken zijn te laat", late) % {"n": late},
            _("Rond ze af, of spreek een nieuwe datum af met wie erop wacht."),
            _("Naar mijn taken"),
            reverse("tasks"),
        )


def _to_confirm(actor: Actor) -> Iterator[Step]:
    for statement in support.statements_to_confirm(actor=actor)[:1]:
        yield Step(
            _("Lees wat het bestuur verwacht"),
            _("“%(title)s” wacht op uw bevestiging. Zo weet het bestuur dat de boodschap is aangekomen.")
            % {"title": statement.title},
            _("Lezen en bevestigen"),
            reverse("support-statement", args=[statement.id]),
        )


def _to_approve(actor: Actor) -> Iterator[Step]:
    waiting = len(obligations.to_approve(actor=actor))
    if waiting:
        yield Step(
            ngettext("%(n)s bewijs wacht op u", "%(n)s bewijzen wachten op u", waiting) % {"n": waiting},
            _("Wie iets indient, keurt het niet zelf goed. U bent het tweede paar ogen."),
            _("Nakijken"),
            reverse("tasks"),
        )


def _to_decide(actor: Actor) -> Iterator[Step]:
    agreements = support.agreements(organisation_id=actor.organisation_id)
    for agreement in [one for one in agreements if one.state is AgreementState.SUBMITTED][:1]:
        yield Step(
            _("Beslis over een principeakkoord"),
            _("“%(title)s” ligt voor. Met een akkoord heeft de werkgroep een mandaat.") % {"title": agreement.title},
            _("Bekijk het voorstel"),
            reverse("support-agreement", args=[agreement.id]),
        )


def _to_screen(actor: Actor) -> Iterator[Step]:
    today = clock.today()
    looks = screening.screenings(organisation_id=actor.organisation_id).values()
    waiting = [look for look in looks if look.state(today) is ScreeningState.WAITING]
    if waiting:
        first = min(waiting, key=lambda look: (look.due or today, look.purchase_id))
        yield Step(
            ngettext("%(n)s aankoop wacht op uw vroege blik", "%(n)s aankopen wachten op uw vroege blik", len(waiting))
            % {"n": len(waiting)},
            _("Wie vroeg meekijkt, kan nog iets veranderen. Na de termijn gaat het dossier door."),
            _("Bekijk de eerste"),
            reverse("planned-purchase", args=[first.purchase_id]),
        )


def _to_prioritise(actor: Actor) -> Iterator[Step]:
    marked = selection.marked_purchases(organisation_id=actor.organisation_id)
    chances = selection.planned_in_priority(organisation_id=actor.organisation_id)
    today = clock.today()
    coming = [one for one in chances if one.purchase.start is None or one.purchase.start >= today]
    open_ones = [one for one in coming if one.purchase.id not in marked]
    if open_ones:
        yield Step(
            ngettext("%(n)s aankoop kan meer betekenen", "%(n)s aankopen kunnen meer betekenen", len(open_ones))
            % {"n": len(open_ones)},
            _("Ze vallen in een productgroep met voorrang. Kies waar sociale impact voorgaat, en zeg waarom."),
            _("Naar mijn aankopen"),
            reverse("my-purchases"),
        )


def _to_succeed(actor: Actor) -> Iterator[Step]:
    late = [one for one in successors(actor.organisation_id) if one.preparation.is_late]
    if late:
        yield Step(
            ngettext("%(n)s contract eindigt zonder opvolger", "%(n)s contracten eindigen zonder opvolger", len(late))
            % {"n": len(late)},
            _("Een nieuwe opdracht voorbereiden vraagt enkele kwartalen. Begin er nu aan."),
            _("Bekijk de contracten"),
            reverse("purchasing-plan-successors"),
        )


def _strategy(actor: Actor) -> Iterator[Step]:
    step = overview.step_for(actor.organisation_id)
    if step.href:
        yield Step(step.title, step.why, step.button, step.href)


_FINDERS: tuple[tuple[str, Finder], ...] = (
    ("strategy.view", _to_confirm),
    ("obligation.fulfil", _late_tasks),
    ("strategy.decide", _to_decide),
    ("obligation.approve", _to_approve),
    ("plan.screen", _to_screen),
    ("plan.edit", _to_prioritise),
    ("register.view", _to_succeed),
    ("strategy.view", _strategy),
)
