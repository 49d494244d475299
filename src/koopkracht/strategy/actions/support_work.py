"""Use cases of building support: link sheets, contributions of buyers, flagship dossiers, reports."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.catalogue import api as catalogue
from koopkracht.jobs import api as jobs
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.tenancy import kept_once
from koopkracht.strategy import support_content as content
from koopkracht.strategy.actions.support import EDIT, created, done, put, remind, required, short, workspace
from koopkracht.strategy.actions.support_sharing import SHARE
from koopkracht.strategy.errors.support import SupportConflict, SupportNotFound, SupportRefused
from koopkracht.strategy.models import Contribution, Flagship, Learning, LinkSheet, PlannedPurchase, SupportReport
from koopkracht.strategy.queries import support_work as queries
from koopkracht.strategy.support_workflow import contribution_may
from koopkracht.strategy.types.support import (
    ContributionStatus,
    FlagshipInput,
    LearningKind,
    LinkSheetInput,
    ReportInput,
)

PURCHASE, PROCEDURE = "planned-purchase", "procedure"
_TEXT = 20_000


def put_link_sheet(*, actor: Actor, sheet: LinkSheetInput, sheet_id: int | None = None) -> int:
    """Write a link sheet between a purchase and a political priority, or change one."""
    actor.require(EDIT)
    title = required(sheet.title, "title", _("Geef de fiche een titel."))[:200]
    fields = {
        "title": title,
        "purchase": required(sheet.purchase, "purchase", _("Vul in over welke aankoop het gaat."))[:200],
        "priority": required(sheet.priority, "priority", _("Vul in welke beleidsprioriteit de aankoop dient."))[:200],
        "contribution": required(sheet.contribution, "contribution", _("Leg uit hoe de aankoop bijdraagt.")),
        "question": required(sheet.question, "question", _("Schrijf op wat u aan het bestuur vraagt."))[:300],
        "figures": short(sheet.figures, _TEXT),
        "policy_source": short(sheet.policy_source, 200),
        "planned_purchase_id": sheet.planned_purchase_id,
        "updated_at": clock.now(),
    }
    with transaction.atomic():
        workspace(actor)
        _check_purchase(actor, sheet.planned_purchase_id, "planned_purchase_id")
        rows = LinkSheet.objects.of(actor.organisation_id)
        if rows.filter(title=title).exclude(pk=sheet_id or 0).exists():
            raise SupportRefused(_("Er is al een koppelfiche met deze titel. Kies een andere titel."), field="title")
        author = {"author_id": actor.user_id} if sheet_id is None else {}
        key = put(rows, sheet_id, "link-sheet", {**fields, **author}, actor)
        done(actor, "support.link-sheet-stored", "link-sheet", key)
    return key


def remove_link_sheet(*, actor: Actor, sheet_id: int) -> None:
    """Take a link sheet away."""
    actor.require(EDIT)
    with transaction.atomic():
        removed, _by_model = LinkSheet.objects.of(actor.organisation_id).filter(pk=sheet_id).delete()
        if not removed:
            raise SupportNotFound("link-sheet", sheet_id)
        done(actor, "support.link-sheet-removed", "link-sheet", sheet_id)


def contribute(*, actor: Actor, segment: str, text: str) -> int:
    """Bring in an idea for a segment (empty: for all segments); the same text that still waits is once."""
    actor.require(EDIT)
    idea = required(text, "text", _("Schrijf uw idee op."))
    if segment and segment not in {one.code for one in catalogue.segments()}:
        raise SupportRefused(_("Kies een segment uit de lijst."), field="segment")
    with transaction.atomic():
        workspace(actor)
        row, is_new = kept_once(
            Contribution,
            actor.organisation_id,
            author_id=actor.user_id,
            segment=segment,
            text=idea,
            status=ContributionStatus.RECEIVED.value,
        )
        if is_new:
            done(actor, "support.contribution-received", "contribution", row.pk)
    return int(row.pk)


def answer_contribution(*, actor: Actor, contribution_id: int, status: ContributionStatus, response: str = "") -> None:
    """Say what is done with a contribution; declining needs a reason, applying needs to say where."""
    actor.require(EDIT)
    text = short(response, _TEXT)
    with transaction.atomic():
        rows = Contribution.objects.of(actor.organisation_id).select_for_update()
        row = rows.filter(pk=contribution_id).first()
        if row is None:
            raise SupportNotFound("contribution", contribution_id)
        if row.status == status.value and row.response == text:
            return
        if not contribution_may(ContributionStatus(row.status), status):
            raise SupportConflict(_("Dit idee kreeg intussen al een ander antwoord. Bekijk het opnieuw."))
        if not text and status is ContributionStatus.DECLINED:
            raise SupportRefused(_("Zeg waarom u dit idee niet meeneemt. Zo leert iedereen ervan."), field="response")
        if not text and status is ContributionStatus.APPLIED:
            raise SupportRefused(_("Zeg waar u dit idee toepaste."), field="response")
        row.status, row.response = status.value, text
        row.answered_by_id, row.answered_at = actor.user_id, clock.now()
        row.save(update_fields=["status", "response", "answered_by", "answered_at"])
        done(actor, "support.contribution-answered", "contribution", row.pk, status=status.value)


def mark_flagship(*, actor: Actor, flagship: FlagshipInput) -> int:
    """Mark a planned purchase or a procedure as flagship dossier: only a few run at the same time."""
    actor.require(EDIT)
    reason = required(flagship.reason, "reason", _("Zeg waarom dit dossier anderen kan inspireren."))
    if flagship.subject not in {PURCHASE, PROCEDURE}:
        raise SupportRefused(_("Kies een geplande aankoop of een procedure."), field="subject_key")
    with transaction.atomic():
        workspace(actor)
        if flagship.subject == PURCHASE:
            _check_purchase(actor, flagship.subject_key, "subject_key")
        rows = Flagship.objects.of(actor.organisation_id)
        row = rows.filter(subject=flagship.subject, subject_key=flagship.subject_key).first()
        if row is not None and row.closed_on is None:
            return int(row.pk)
        limit = content.setting("flagship_limit")
        if rows.filter(closed_on__isnull=True).count() >= limit:
            raise SupportRefused(
                _("Er lopen al %(limit)s symbooldossiers. Sluit er eerst één af: een paar tegelijk is genoeg.")
                % {"limit": limit}
            )
        fields = {"title": short(flagship.title, 300), "reason": reason, "started_on": clock.today(), "closed_on": None}
        named = {"subject": flagship.subject, "subject_key": flagship.subject_key}
        key = put(rows, row.pk if row else None, "flagship", {**fields, **named}, actor)
        done(actor, "support.flagship-marked", "flagship", key)
    return key


def close_flagship(*, actor: Actor, flagship_id: int) -> None:
    """Take the flag off; what it taught stays. Twice is once."""
    actor.require(EDIT)
    with transaction.atomic():
        if queries.flagship(actor.organisation_id, flagship_id).closed_on is None:
            Flagship.objects.of(actor.organisation_id).filter(pk=flagship_id).update(closed_on=clock.today())
            done(actor, "support.flagship-closed", "flagship", flagship_id)


def add_learning(*, actor: Actor, flagship_id: int, kind: LearningKind, text: str) -> int:
    """Write down a success or a lesson of a flagship dossier; the same text twice is once."""
    actor.require(EDIT)
    learned = required(text, "text", _("Schrijf op wat lukte of wat u leerde."))
    with transaction.atomic():
        queries.flagship(actor.organisation_id, flagship_id)
        row, is_new = kept_once(
            Learning,
            actor.organisation_id,
            flagship_id=flagship_id,
            kind=kind.value,
            text=learned,
            defaults={"author_id": actor.user_id},
        )
        if is_new:
            done(actor, "support.learning-added", "flagship", flagship_id, kind=kind.value)
    return int(row.pk)


def share_learning(*, actor: Actor, learning_id: int) -> None:
    """Send a success or lesson to the buyers and the executive; once is enough, twice sends nothing."""
    actor.require(EDIT)
    with transaction.atomic():
        rows = Learning.objects.of(actor.organisation_id).filter(pk=learning_id)
        if not rows.exists():
            raise SupportNotFound("learning", learning_id)
        if rows.filter(shared_at__isnull=True).update(shared_at=clock.now()):
            done(actor, "support.learning-shared", "learning", learning_id)
            jobs.enqueue(kind=SHARE, actor=actor, payload={"learning_id": learning_id})


def keep_report(*, actor: Actor, report: ReportInput) -> int:
    """Keep a report to the executive with its figures, and set the reminder for the next one."""
    actor.require(EDIT)
    if report.end < report.start:
        raise SupportRefused(_("De laatste dag ligt voor de eerste dag."), field="end")
    if report.end > clock.today():
        raise SupportRefused(
            _("Een verslag gaat over wat gebeurd is: kies een laatste dag tot en met vandaag."), field="end"
        )
    title = required(report.title, "title", _("Geef het verslag een titel."))[:200]
    summary = required(report.summary, "summary", _("Vat in enkele zinnen samen hoe het staat."))
    next_step = required(report.next_step, "next_step", _("Schrijf op wat de volgende stap is."))
    with transaction.atomic():
        place = workspace(actor)
        rows = SupportReport.objects.of(actor.organisation_id)
        if rows.filter(start=report.start, end=report.end).exists():
            raise SupportRefused(
                _("Er is al een verslag over deze periode. Open dat, of kies een andere periode."), field="end"
            )
        row = created(
            SupportReport,
            _("Iemand bewaarde net een verslag over deze periode. Open dat."),
            organisation_id=actor.organisation_id,
            start=report.start,
            end=report.end,
            title=title,
            summary=summary,
            next_step=next_step,
            successes=[short(one, 2_000) for one in report.successes if one.strip()],
            lessons=[short(one, 2_000) for one in report.lessons if one.strip()],
            figures=[asdict(one) for one in report.figures],
            figures_source=short(report.figures_source, 300),
            author_id=actor.user_id,
        )
        done(actor, "support.report-kept", "support-report", row.pk)
        remind(actor, place)
    return int(row.pk)


def _check_purchase(actor: Actor, purchase_id: int | None, field: str) -> None:
    if (
        purchase_id is not None
        and not PlannedPurchase.objects.of(actor.organisation_id).filter(pk=purchase_id).exists()
    ):
        raise SupportRefused(_("Deze geplande aankoop bestaat niet meer. Kies opnieuw."), field=field)
