"""My tasks: what I must do, what waits for my eyes, and one task from agreement to done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import (
    LIVING,
    WITH_OWNER,
    Evidence,
    ObligationDetail,
    ObligationView,
    State,
    Submission,
)
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound, Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.tasks.forms import ReasonForm, SubmitForm
from koopkracht.web.tasks.people import names
from koopkracht.web.tasks.subjects import links
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render

_STATES = [
    ("living", gettext_lazy("Nog bezig")),
    ("late", gettext_lazy("Te laat")),
    *((state.value, label) for state, label in obligations.STATE_LABELS.items()),
]
_TASK = link_to("task", task_id="id")
MINE = Listing(
    name="mijn-taken",
    caption=gettext_lazy("Mijn taken"),
    columns=(
        Column("title", gettext_lazy("Wat"), href=_TASK, sort=True),
        Column("due", gettext_lazy("Uiterlijk"), format="date_short", sort=True),
        Column("state", gettext_lazy("Toestand"), sort=True),
        Column("subject", gettext_lazy("Hoort bij")),
    ),
    filters=(Filter("state", gettext_lazy("Toestand"), options=_STATES),),
    sort="due",
    search=gettext_lazy("Zoek in de taken"),
    empty_title=gettext_lazy("Geen taken op uw naam"),
    empty_text=gettext_lazy("Spreekt een vergadering af dat u iets doet, dan staat het hier, met de datum erbij."),
)
ALL = Listing(
    name="taken",
    caption=gettext_lazy("Taken van iedereen"),
    columns=(
        Column("title", gettext_lazy("Wat"), href=_TASK, sort=True),
        Column("owner", gettext_lazy("Wie")),
        Column("due", gettext_lazy("Uiterlijk"), format="date_short", sort=True),
        Column("state", gettext_lazy("Toestand"), sort=True),
        Column("subject", gettext_lazy("Hoort bij")),
    ),
    filters=(Filter("state", gettext_lazy("Toestand"), options=_STATES),),
    sort="due",
    search=gettext_lazy("Zoek in de taken"),
    empty_title=gettext_lazy("Nog geen taken"),
    empty_text=gettext_lazy("Taken komen uit beslissingen van een vergadering."),
)


def state_text(one: ObligationView) -> str:
    """Return the state in words, with what follows from the day."""
    label = str(obligations.STATE_LABELS[one.state])
    return _("%(state)s, te laat") % {"state": label} if one.late(clock.today()) else label


def state_kind(one: ObligationView) -> str:
    """Return the colour of the state."""
    if one.late(clock.today()):
        return "error"
    kinds = {State.DONE: "success", State.SUBMITTED: "info", State.SENT_BACK: "warning"}
    return kinds.get(one.state, "default")


def rows_of(organisation_id: int, found: Iterable[ObligationView]) -> list[dict[str, Any]]:
    """Return tasks as rows of a table, with the names and subjects of all of them read at once."""
    found = list(found)
    who = names(organisation_id, (one.owner_id for one in found))
    where = links(organisation_id, ((one.subject, one.subject_key) for one in found))
    rows = []
    for one in found:
        link = where.get((one.subject, one.subject_key))
        rows.append(
            {
                "id": one.id,
                "title": one.title,
                "due": one.due,
                "state": state_text(one),
                "owner": who.get(one.owner_id, ""),
                "subject": link.text if link else "",
                "href": _TASK({"id": one.id}),
            }
        )
    return rows


def _mapped(actor: Actor, found: Slice[ObligationView]) -> Slice[dict[str, Any]]:
    return Slice(
        rows_of(actor.organisation_id, found.rows), found.next, found.previous, found.total, found.more_than_total
    )


@require_GET
@page("obligation.view")
def mine(request: Request) -> HttpResponseBase:
    """Show what I must do and what waits for my eyes."""
    actor = request.actor

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return _mapped(actor, obligations.mine(actor=actor, query=query))

    waiting = rows_of(actor.organisation_id, obligations.to_approve(actor=actor))
    return MINE.respond(request, fetch, "tasks/mine.html", {"waiting": waiting})


@require_GET
@page("obligation.view")
def everybody(request: Request) -> HttpResponseBase:
    """Show the tasks of everybody: to see what gets stuck."""
    actor = request.actor

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return _mapped(actor, obligations.list_obligations(actor=actor, query=query))

    return ALL.respond(request, fetch, "tasks/everybody.html")


@require_GET
@page("obligation.view")
def task(request: Request, task_id: int) -> HttpResponse:
    """Show one task: what is asked, what happened, and the next step."""
    return _show(request, task_id)


def _show(
    request: Request, task_id: int, *, submit: SubmitForm | None = None, reason: ReasonForm | None = None
) -> HttpResponse:
    actor = request.actor
    detail = obligations.obligation(organisation_id=actor.organisation_id, obligation_id=task_id)
    one = detail.obligation
    who = names(
        actor.organisation_id,
        [one.owner_id, one.approver_id, one.submitted_by_id, *(step.by_id for step in detail.steps)],
    )
    link = links(actor.organisation_id, [(one.subject, one.subject_key)]).get((one.subject, one.subject_key))
    context = {
        "task": one,
        "detail": detail,
        "who": who,
        "link": link,
        "state": state_text(one),
        "state_kind": state_kind(one),
        "weekend": obligations.in_weekend(one.due),
        "steps": _steps(detail, who),
        "is_owner": one.state in WITH_OWNER and one.owner_id == actor.user_id and actor.may("obligation.fulfil"),
        "may_approve": _may_approve(actor, one),
        "own_submission": one.state is State.SUBMITTED and actor.user_id in {one.submitted_by_id, one.owner_id},
        "submit": submit or SubmitForm(evidence=bool(one.evidence_kind)),
        "reason": reason or ReasonForm(),
    }
    wrong = (submit is not None and submit.errors) or (reason is not None and reason.errors)
    return render(request, "tasks/task.html", context, status=422 if wrong else 200)


def _may_approve(actor: Actor, one: ObligationView) -> bool:
    if one.state is not State.SUBMITTED or not actor.may("obligation.approve"):
        return False
    if actor.user_id in {one.submitted_by_id, one.owner_id}:
        return False
    return one.approver_id in {None, actor.user_id}


def _steps(detail: ObligationDetail, who: dict[int, str]) -> list[dict[str, Any]]:
    lines = []
    for step in detail.steps:
        by = who.get(step.by_id or 0, "") or step.by
        label = str(obligations.STEP_LABELS[step.kind])
        title = _("%(what)s door %(who)s") % {"what": label, "who": by} if by else label
        lines.append({"at": step.at, "title": title, "text": step.remark})
    if detail.obligation.state in LIVING:
        late = detail.obligation.late(clock.today())
        lines.append(
            {"due": detail.obligation.due, "title": _("Uiterlijk klaar"), "state": "late" if late else "later"}
        )
    return lines


@require_POST
@page("obligation.fulfil")
def submit(request: Request, task_id: int) -> HttpResponse:
    """Hand in the proof of my task."""
    actor = request.actor
    detail = obligations.obligation(organisation_id=actor.organisation_id, obligation_id=task_id)
    form = SubmitForm(request.POST, request.FILES, evidence=bool(detail.obligation.evidence_kind))
    if not form.is_valid():
        return _show(request, task_id, submit=form)
    try:
        evidence = _stored(actor, form.cleaned_data.get("file"))
        obligations.submit(
            actor=actor,
            obligation_id=task_id,
            submission=Submission(evidence=evidence, remark=form.cleaned_data["remark"]),
        )
    except Rejected as error:
        form.add_error("file" if "file" in form.fields else None, error.message)
        return _show(request, task_id, submit=form)
    messages.success(request, _("Ingediend. Een collega kijkt het na."))
    return redirect("task", task_id=task_id)


def _stored(actor: Actor, file: Any) -> tuple[Evidence, ...]:
    if file is None:
        return ()
    kept = documents.store(filename=file.name, purpose=Purpose.EVIDENCE, stream=file, actor=actor)
    return (Evidence(sha256=kept.sha256, filename=kept.filename),)


@require_POST
@page("obligation.fulfil")
def complete(request: Request, task_id: int) -> HttpResponse:
    """Finish a simple task."""
    try:
        obligations.complete(actor=request.actor, obligation_id=task_id)
    except Rejected as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Klaar. De taak is afgewerkt."))
    return redirect("task", task_id=task_id)


@require_POST
@page("obligation.approve")
def approve(request: Request, task_id: int) -> HttpResponse:
    """Approve what a colleague handed in."""
    obligations.approve(actor=request.actor, obligation_id=task_id)
    messages.success(request, _("Goedgekeurd. De taak is klaar."))
    return redirect("task", task_id=task_id)


@require_POST
@page("obligation.approve")
def send_back(request: Request, task_id: int) -> HttpResponse:
    """Give it back to the owner, with the reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, task_id, reason=form)
    obligations.send_back(actor=request.actor, obligation_id=task_id, reason=form.cleaned_data["reason"])
    messages.success(request, _("Teruggestuurd. Uw collega ziet waarom."))
    return redirect("task", task_id=task_id)


@require_GET
@page("obligation.view")
def evidence(request: Request, task_id: int, number: int) -> FileResponse:
    """Hand out one document of the last submission, exactly as it was received."""
    organisation_id = request.actor.organisation_id
    found = obligations.obligation(organisation_id=organisation_id, obligation_id=task_id).evidence
    if not 1 <= number <= len(found):
        raise NotFound(_("Dit bestand hoort niet (meer) bij deze taak."), code="evidence-not-found")
    one = found[number - 1]
    stream = documents.open_document(organisation_id=organisation_id, sha256=one.sha256)
    return FileResponse(stream, as_attachment=True, filename=one.filename, content_type="application/octet-stream")
