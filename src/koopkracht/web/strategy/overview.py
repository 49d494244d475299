"""The landing page of the strategy: the whole chain on one page, where it stands and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from koopkracht.indicators import api as indicators
from koopkracht.shared import clock
from koopkracht.strategy import api as plan
from koopkracht.strategy.api import goals, selection, support
from koopkracht.strategy.types.goals import (
    Framework,
    FrameworkState,
    GoalState,
    Part,
    PurposeState,
    PurposeView,
    SocialGoalView,
)
from koopkracht.web.strategy.indicator_words import standing_rows
from koopkracht.web.ui.formats import euro_short, number
from koopkracht.web.ui.navigation import address
from koopkracht.web.ui.page import Request, page, render

PARTS: dict[Part, tuple[Any, Any, str]] = {
    Part.GOALS: (
        gettext_lazy("Scherpe maatschappelijke doelen"),
        gettext_lazy("Een shortlist is vastgelegd met een besluit."),
        "goals-shortlist",
    ),
    Part.PURPOSES: (
        gettext_lazy("Vertaalde aankoopdoelen"),
        gettext_lazy("Elk doel op de shortlist heeft een aankoopdoel, en minstens één is actief."),
        "goals-tree",
    ),
    Part.SELECTION: (
        gettext_lazy("Een methode om productgroepen te kiezen"),
        gettext_lazy("De methode is in gebruik: er is minstens één keer mee gewerkt."),
        "selection-method",
    ),
    Part.WORKGROUP: (
        gettext_lazy("Een werkgroep die het draagt"),
        gettext_lazy("De werkgroep bestaat en de onmisbare rollen zijn ingevuld."),
        "workgroup",
    ),
}
STATES: dict[FrameworkState, tuple[Any, str]] = {
    FrameworkState.EMPTY: (gettext_lazy("nog leeg"), "default"),
    FrameworkState.IN_PROGRESS: (gettext_lazy("in opbouw"), "info"),
    FrameworkState.COMPLETE: (gettext_lazy("volledig"), "success"),
    FrameworkState.UNDER_REVIEW: (gettext_lazy("in herziening"), "warning"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: what it is for, where the organisation stands, and where to go."""

    title: str
    question: str
    standing: str
    href: str
    icon: str
    is_started: bool


@dataclass(frozen=True, slots=True)
class Next:
    """The next step: what, why, and where."""

    title: str
    why: str
    href: str
    button: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page knows, read once."""

    framework: Framework
    goals: tuple[SocialGoalView, ...]
    purposes: tuple[PurposeView, ...]
    groups: int
    planned: int
    planned_text: str
    has_support: bool


@require_GET
@page("strategy.view")
def overview(request: Request) -> HttpResponse:
    """Show where the organisation stands and the next step."""
    organisation_id = request.actor.organisation_id
    facts = _facts(organisation_id)
    kind = STATES[facts.framework.state]
    context = {
        "chain": _chain(facts),
        "next": next_step(facts),
        "framework": facts.framework,
        "state": kind[0],
        "state_kind": kind[1],
        "parts": [
            {
                "title": PARTS[one.part][0],
                "text": PARTS[one.part][1],
                "href": address(PARTS[one.part][2]),
                "is_complete": one.is_complete,
                "is_started": one.is_started,
            }
            for one in facts.framework.parts
        ],
        "standings": standing_rows(indicators.standings(organisation_id=organisation_id, on=clock.today())),
    }
    return render(request, "strategy/overview.html", context)


def _facts(organisation_id: int) -> _Facts:
    totals = plan.totals_by_segment(organisation_id=organisation_id)
    return _Facts(
        framework=goals.framework(organisation_id=organisation_id, on=clock.today()),
        goals=goals.all_goals(organisation_id=organisation_id),
        purposes=goals.purposes(organisation_id=organisation_id),
        groups=len(selection.priority_groups(organisation_id=organisation_id)),
        planned=sum(one.purchases for one in totals),
        planned_text=euro_short(sum(one.amount for one in totals)),
        has_support=support.current_goal(organisation_id=organisation_id) is not None,
    )


def _chain(facts: _Facts) -> list[Link]:
    listed = sum(one.rank is not None for one in facts.goals)
    active = sum(one.state is PurposeState.ACTIVE for one in facts.purposes)
    return [
        Link(
            title=_("Draagvlak"),
            question=_("Wie moet mee zijn, en waarom?"),
            standing=_("Er is een gedeeld doel") if facts.has_support else _("Nog te beginnen"),
            href=address("support") or address("workgroup"),
            icon="users",
            is_started=facts.has_support,
        ),
        Link(
            title=_("Doelen"),
            question=_("Wat wilt u bereiken voor de samenleving?"),
            standing=_("%(goals)s doelen, %(listed)s op de shortlist, %(active)s actieve aankoopdoelen")
            % {"goals": number(len(facts.goals)), "listed": number(listed), "active": number(active)}
            if facts.goals
            else _("Nog te beginnen"),
            href=address("goals"),
            icon="tag",
            is_started=bool(facts.goals),
        ),
        Link(
            title=_("Productgroepen"),
            question=_("Bij welke aankopen maakt u het meeste verschil?"),
            standing=ngettext("%(n)s groep met voorrang", "%(n)s groepen met voorrang", facts.groups)
            % {"n": number(facts.groups)}
            if facts.groups
            else _("Nog te kiezen"),
            href=address("selection"),
            icon="shopping-basket",
            is_started=bool(facts.groups),
        ),
        Link(
            title=_("Planning"),
            question=_("Welke aankopen komen eraan?"),
            standing=_("%(n)s aankopen, samen geraamd op %(amount)s")
            % {"n": number(facts.planned), "amount": facts.planned_text}
            if facts.planned
            else _("Nog geen planning"),
            href=address("purchasing-plan"),
            icon="calendar",
            is_started=bool(facts.planned),
        ),
        Link(
            title=_("Planner"),
            question=_("Met welke aankopen haalt u de streefwaarden?"),
            standing=_("Reken een voorstel uit en beslis zelf"),
            href=address("planner"),
            icon="calculator",
            is_started=False,
        ),
    ]


def step_for(organisation_id: int) -> Next:
    """Return the next step of an organisation's strategy, for pages elsewhere."""
    return next_step(_facts(organisation_id))


def next_step(facts: _Facts) -> Next:
    """Return the first thing that is not done yet, in the order of the guide."""
    for is_due, what in _steps(facts):
        if is_due:
            return what
    return Next(
        _("Volg uw streefwaarden op"),
        _("Alles staat klaar. Kijk of u op koers bent en stuur bij waar het verschil het grootst is."),
        address("indicators"),
        _("Naar de indicatoren"),
    )


def _steps(facts: _Facts) -> Sequence[tuple[bool, Next]]:
    missing = facts.framework.missing
    unjudged = sum(one.state is GoalState.INVENTORIED for one in facts.goals)
    has_active = any(one.state in {PurposeState.ACTIVE, PurposeState.REACHED} for one in facts.purposes)
    return (
        (
            not facts.goals,
            Next(
                _("Noteer uw doelen"),
                _("De doelen staan vaak al in uw bestuursakkoord. Wie ze kent, weet waarvoor aankopen kunnen dienen."),
                address("goals"),
                _("Naar de doelen"),
            ),
        ),
        (
            Part.GOALS in missing and unjudged == len(facts.goals),
            Next(
                _("Beoordeel of aankopen kunnen helpen"),
                _("Niet elk doel bereikt u met aankopen. Wie dat eerst afvraagt, zet zijn tijd goed in."),
                address("goals"),
                _("Beoordeel de doelen"),
            ),
        ),
        (
            Part.GOALS in missing,
            Next(
                _("Leg uw shortlist vast"),
                _("Een korte lijst met een besluit geeft richting. Drie doelen zijn er vaak genoeg."),
                address("goals-shortlist"),
                _("Naar de shortlist"),
            ),
        ),
        (
            Part.PURPOSES in missing and not has_active and bool(facts.purposes),
            Next(
                _("Maak een aankoopdoel meetbaar"),
                _("Een aankoopdoel met een productgroep en een indicator is geen voornemen meer, maar een afspraak."),
                address("goals-tree"),
                _("Bekijk de aankoopdoelen"),
            ),
        ),
        (
            Part.PURPOSES in missing,
            Next(
                _("Vertaal elk doel naar een aankoopdoel"),
                _("Zo weet een aankoper wat het doel voor zijn opdracht betekent."),
                address("goals-tree"),
                _("Naar de boom van doelen"),
            ),
        ),
        (
            Part.WORKGROUP in missing,
            Next(
                _("Stel een werkgroep samen"),
                _("Aankoop en beleid samen aan tafel: zo blijft de strategie ook na de eerste maanden leven."),
                address("workgroup"),
                _("Naar de werkgroep"),
            ),
        ),
        (
            Part.SELECTION in missing or not facts.groups,
            Next(
                _("Kies de productgroepen met voorrang"),
                _("Begin waar het meeste te winnen valt. De methode helpt u vergelijken; u beslist."),
                address("selection"),
                _("Naar de productgroepen"),
            ),
        ),
        (
            not facts.planned,
            Next(
                _("Laad uw aankoopplanning in"),
                _("Wie op tijd weet wat eraan komt, kan de markt nog verkennen."),
                address("purchasing-plan"),
                _("Naar de planning"),
            ),
        ),
        (
            facts.framework.review_due,
            Next(
                _("Kijk uw kader opnieuw na"),
                _("Uw doelen zijn meer dan een jaar geleden vastgelegd. Kloppen ze nog?"),
                "#kader",
                _("Naar het kader"),
            ),
        ),
    )


@require_POST
@page("strategy.edit")
def review(request: Request) -> HttpResponse:
    """Start the yearly review, or close it with what it brought."""
    if request.POST.get("stap") == "afsluiten":
        goals.close_review(actor=request.actor, remark=request.POST.get("remark", "")[:4000])
        messages.success(request, _("De herziening is afgesloten."))
    else:
        goals.open_review(actor=request.actor)
        messages.success(request, _("De herziening is gestart. Loop de vier delen na."))
    return redirect("strategy")
