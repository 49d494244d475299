"""Reports to the executive: successes and lessons, with figures from the platform."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from koopkracht.accounts import api as accounts
from koopkracht.documents import api as documents
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import ActivityStatus, LearningKind, ReportFigure, ReportInput
from koopkracht.web.diagnosis.figures import FORMATS
from koopkracht.web.strategy.support_forms import ReportForm
from koopkracht.web.strategy.support_pages import edit, names
from koopkracht.web.ui import formats
from koopkracht.web.ui.downloads import paper_download
from koopkracht.web.ui.page import Request, page, render

_FIGURES = 4


@require_GET
@page("strategy.view")
def reports(request: Request) -> HttpResponse:
    """List the reports and the day of the next one."""
    organisation_id = request.actor.organisation_id
    found = support.reports(organisation_id=organisation_id)
    workspace = support.workspace(organisation_id=organisation_id)
    context = {
        "reports": found,
        "due": support.report_due(workspace=workspace, reports=found) if workspace else None,
        "workspace": workspace,
        "today": clock.today(),
        "people": names(request, [one.author_id for one in found]),
    }
    return render(request, "strategy/support_reports.html", context)


@require_GET
@page("strategy.view")
def report(request: Request, report_id: int) -> HttpResponse:
    """Show one report."""
    found = support.report(organisation_id=request.actor.organisation_id, report_id=report_id)
    context = {"one": found, "people": names(request, [found.author_id])}
    return render(request, "strategy/support_report.html", context)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def add(request: Request) -> HttpResponse:
    """Make a report: successes and lessons of flagship dossiers are filled in, figures come by themselves."""

    def save(data: Mapping[str, Any]) -> str:
        figures, source = _figures(request, data["start"], data["end"])
        lists = {name: tuple(data[name].splitlines()) for name in ("successes", "lessons")}
        given = ReportInput(**{**data, **lists}, figures=figures, figures_source=source)
        key = support.keep_report(actor=request.actor, report=given)
        return reverse("support-report", args=[key])

    context = {
        "title": _("Verslag aan het bestuur maken"),
        "intro": _(
            "Kort en eerlijk: wat lukte, wat leerden we, wat is de volgende stap? De cijfers komen uit Koopkracht."
        ),
        "trail": [(_("Verslagen"), reverse("support-reports"))],
        "cancel": reverse("support-reports"),
        "submit": _("Verslag bewaren"),
        "done": _("Het verslag is bewaard. U kunt het nu als Word of PDF bezorgen."),
    }
    return edit(request, ReportForm(request.POST or None, initial=_initial(request)), save, context)


def _initial(request: Request) -> dict[str, Any]:
    organisation_id, today = request.actor.organisation_id, clock.today()
    earlier = support.reports(organisation_id=organisation_id)
    workspace = support.workspace(organisation_id=organisation_id)
    if earlier:
        start = earlier[0].end + dt.timedelta(days=1)
    else:
        start = workspace.opened_at.astimezone(clock.BRUSSELS).date() if workspace else today.replace(month=1, day=1)
    learned = support.learnings_between(organisation_id=organisation_id, start=min(start, today), end=today)

    def lines(kind: LearningKind) -> str:
        return "\n".join(" ".join(one.text.split()) for one in learned if one.kind is kind)

    return {
        "title": _("Sociaal aankopen: stand van zaken op %(day)s") % {"day": formats.date(today)},
        "start": min(start, today),
        "end": today,
        "successes": lines(LearningKind.SUCCESS),
        "lessons": lines(LearningKind.LESSON),
    }


def _figures(request: Request, start: dt.date, end: dt.date) -> tuple[tuple[ReportFigure, ...], str]:
    organisation_id = request.actor.organisation_id
    overview = monitoring.overview(organisation_id=organisation_id)
    found: list[ReportFigure] = []
    source = _("Koopkracht, deel Draagvlak")
    if overview.figures is not None:
        found = [
            ReportFigure(one.definition.name, str(_written(one)), one.definition.definition)
            for one in list(monitoring.kpi_values(overview=overview).values())[:_FIGURES]
        ]
        source = _("Uitgaven van %(year)s, ingeladen in Koopkracht; eigen tellingen van het deel Draagvlak") % {
            "year": overview.year
        }
    done = [
        one
        for one in support.activities(organisation_id=organisation_id, start=start, end=end)
        if one.status is ActivityStatus.DONE
    ]
    found.append(
        ReportFigure(_("Activiteiten"), formats.number(len(done)), _("Activiteiten die in deze periode gebeurd zijn."))
    )
    return tuple(found), source


def _written(one: Any) -> str:
    return str(formats.FORMATS[FORMATS[one.definition.unit]](one.value))


@require_GET
@page("strategy.view")
def document(request: Request, report_id: int, suffix: str) -> HttpResponse:
    """Give the report on paper."""
    organisation_id = request.actor.organisation_id
    found = support.report(organisation_id=organisation_id, report_id=report_id)
    organisation = accounts.organisation(organisation_id=organisation_id).name
    goal = support.current_goal(organisation_id=organisation_id)
    made_on = found.made_at.astimezone(clock.BRUSSELS).date()
    wanted = ("title", "start", "end", "summary", "successes", "lessons", "figures_source", "next_step")
    values = {
        **{name: getattr(found, name) for name in wanted},
        "organisation": organisation,
        "made_on": made_on,
        "goal": goal.text if goal else "",
        "figures": [{"label": one.label, "value": one.value, "definition": one.definition} for one in found.figures],
        "activities": [
            {"date": one.date, "title": one.title, "audience": str(support.AUDIENCE_LABELS[one.audience])}
            for one in support.activities(organisation_id=organisation_id, start=found.start, end=found.end)
            if one.status is ActivityStatus.DONE
        ],
    }
    paper = documents.paper(template="support-report", values=values, author=organisation, date=made_on)
    return paper_download(paper, suffix=suffix)
