"""Use cases of building support: the workspace, the shared goal, stakeholders and activities."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import LIVING, ObligationInput
from koopkracht.shared import clock, mail
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound
from koopkracht.strategy import support_content as content
from koopkracht.strategy.errors.support import SupportConflict, SupportNotFound, SupportRefused
from koopkracht.strategy.models import (
    SharedGoal,
    Stakeholder,
    SupportActivity,
    SupportInvitation,
    SupportReport,
    SupportWorkspace,
)
from koopkracht.strategy.queries import support as queries
from koopkracht.strategy.types.support import ActivityInput, SettingsInput, StakeholderInput

EDIT = "strategy.edit"
REPORT = "support-report"
"""Subject of the reminders about the report; the key is the number of the workspace."""
_LONGEST_TEXT = 20_000
_MOST_MONTHS, _MOST_DAYS = 24, 365


def open_workspace(*, actor: Actor) -> int:
    """Open the workspace with its two core groups, or join it; twice is once."""
    actor.require(EDIT)
    with transaction.atomic():
        found = _workspace(actor)
        SupportInvitation.objects.of(actor.organisation_id).filter(
            user_id=actor.user_id or 0, joined_at__isnull=True
        ).update(joined_at=clock.now())
        return int(found.pk)


def change_settings(*, actor: Actor, settings: SettingsInput) -> None:
    """Choose how often a report is due and after how many days of silence a warning comes."""
    actor.require(EDIT)
    if not 1 <= settings.report_months <= _MOST_MONTHS:
        raise SupportRefused(_("Kies tussen 1 en 24 maanden."), field="report_months")
    if not 1 <= settings.quiet_days <= _MOST_DAYS:
        raise SupportRefused(_("Kies tussen 1 en 365 dagen."), field="quiet_days")
    with transaction.atomic():
        found = _workspace(actor)
        rhythm_changed = found.report_months != settings.report_months
        found.report_months, found.quiet_days = settings.report_months, settings.quiet_days
        found.save(update_fields=["report_months", "quiet_days"])
        record(actor, "support.settings-changed", "support-workspace", found.pk)
        if rhythm_changed:
            remind(actor, found)


def invite(*, actor: Actor, user_id: int, note: str = "") -> int:
    """Ask a colleague to build along: a note in the workspace and a mail. Twice is once."""
    actor.require(EDIT)
    colleague = _colleague(actor, user_id, "user_id")
    if user_id == actor.user_id:
        raise SupportRefused(_("U werkt zelf al mee. Kies een collega."), field="user_id")
    with transaction.atomic():
        _workspace(actor)
        row, is_new = SupportInvitation.objects.get_or_create(
            organisation_id=actor.organisation_id,
            user_id=user_id,
            defaults={"invited_by_id": actor.user_id, "note": short(note, 2_000)},
        )
        if is_new:
            done(actor, "support.invited", "support-invitation", row.pk)
    if is_new:
        body = _(
            "%(name)s vraagt u om mee te bouwen aan sociaal aankopen.\n\n%(note)s\n\nOpen in Koopkracht: %(where)s."
        )
        values = {"name": actor.label or _("Een collega"), "note": row.note, "where": _("Strategie, Draagvlak")}
        mail.send(to=colleague.email, subject=_("Bouwt u mee?"), body=body % values, about="support-invitation")
    return int(row.pk)


def write_goal(*, actor: Actor, text: str, base_version: int, remark: str = "") -> int:
    """Store a new version of the shared goal on top of ``base_version`` (0 for the first) and return its number.

    The same text as now is no new version.
    """
    actor.require(EDIT)
    wanted = required(text, "text", _("Schrijf het gezamenlijke doel op."))
    with transaction.atomic():
        _workspace(actor)
        current = SharedGoal.objects.of(actor.organisation_id).select_for_update().filter(is_current=True).first()
        if current is not None and current.text == wanted:
            return int(current.version)
        if (current.version if current else 0) != base_version:
            raise SupportConflict(_("Intussen schreef iemand een nieuwe versie. Lees die eerst en pas dan aan."))
        if current is not None:
            current.is_current = False
            current.save(update_fields=["is_current"])
        row = created(
            SharedGoal,
            _("Intussen schreef iemand een nieuwe versie. Lees die eerst en pas dan aan."),
            organisation_id=actor.organisation_id,
            version=base_version + 1,
            text=wanted,
            remark=short(remark, 300),
            author_id=actor.user_id,
        )
        done(actor, "support.goal-written", "shared-goal", row.pk, version=row.version)
        return int(row.version)


def put_stakeholder(*, actor: Actor, stakeholder: StakeholderInput, stakeholder_id: int | None = None) -> int:
    """Add a stakeholder, or change one."""
    actor.require(EDIT)
    fields = {
        "name": required(stakeholder.name, "name", _("Vul een naam in."))[:150],
        "kind": stakeholder.kind.value,
        "interest": short(stakeholder.interest, _LONGEST_TEXT),
        "priority": stakeholder.priority.value,
        "engagement": stakeholder.engagement.value,
        "contact": short(stakeholder.contact, 150),
        "next_step": short(stakeholder.next_step, 300),
    }
    with transaction.atomic():
        _workspace(actor)
        rows = Stakeholder.objects.of(actor.organisation_id)
        if rows.filter(name=fields["name"]).exclude(pk=stakeholder_id or 0).exists():
            raise SupportRefused(_("Deze naam staat al in de lijst. Open die regel om ze aan te passen."), field="name")
        key = put(rows, stakeholder_id, "stakeholder", fields, actor)
        done(actor, "support.stakeholder-stored", "stakeholder", key)
    return key


def remove_stakeholder(*, actor: Actor, stakeholder_id: int) -> None:
    """Take a stakeholder out; the two core groups stay."""
    actor.require(EDIT)
    with transaction.atomic():
        if queries.stakeholder(actor.organisation_id, stakeholder_id).is_core:
            raise SupportRefused(_("Het bestuur en de aankopers horen er altijd bij. U kunt deze groep niet weghalen."))
        Stakeholder.objects.of(actor.organisation_id).filter(pk=stakeholder_id).delete()
        done(actor, "support.stakeholder-removed", "stakeholder", stakeholder_id)


def put_activity(*, actor: Actor, activity: ActivityInput, activity_id: int | None = None) -> int:
    """Plan an activity in a cell of the matrix, or change one; the same title on the same day twice is once."""
    actor.require(EDIT)
    title = required(activity.title, "title", _("Geef de activiteit een titel."))[:200]
    if activity.kind not in content.kinds():
        raise SupportRefused(_("Kies een soort uit de lijst."), field="kind")
    _colleague(actor, activity.owner_id, "owner_id")
    fields = {
        "title": title,
        "phase": activity.phase.value,
        "audience": activity.audience.value,
        "kind": activity.kind,
        "owner_id": activity.owner_id,
        "date": activity.date,
        "status": activity.status.value,
        "detail": short(activity.detail, _LONGEST_TEXT),
    }
    with transaction.atomic():
        _workspace(actor)
        rows = SupportActivity.objects.of(actor.organisation_id)
        same = ("title", "phase", "audience", "date")
        twice = rows.filter(**{name: fields[name] for name in same}).first() if activity_id is None else None
        key = put(rows, twice.pk if twice else activity_id, "activity", fields, actor)
        done(actor, "support.activity-stored", "support-activity", key, status=activity.status.value)
    return key


def remind(actor: Actor, workspace: SupportWorkspace) -> None:
    """Replace the reminder about the next report by one on its new day; its owner is who acts."""
    found = obligations.of_subjects(organisation_id=actor.organisation_id, subject=REPORT, subject_keys=[workspace.pk])
    for one in found.get(workspace.pk, ()):
        if one.state in LIVING:
            obligations.cancel(
                actor=actor, obligation_id=one.id, reason=_("Er is een nieuwe dag voor het volgende verslag.")
            )
    if actor.user_id is None:
        return
    wanted = ObligationInput(
        title=_("Verslag aan het bestuur maken"),
        detail=_("Successen en lessen over sociaal aankopen. U maakt het verslag op de pagina Draagvlak."),
        subject=REPORT,
        subject_key=workspace.pk,
        owner_id=actor.user_id,
        due=report_due(workspace),
    )
    obligations.create(actor=actor, obligation=wanted)


def report_due(workspace: SupportWorkspace) -> dt.date:
    """Return the day on which the next report is due: so many months after the last one, or after the opening."""
    last = SupportReport.objects.of(workspace.organisation_id).order_by("-end").values_list("end", flat=True).first()
    start = last or workspace.opened_at.astimezone(clock.BRUSSELS).date()
    return max(obligations.due_after(start, months=workspace.report_months), clock.today())


def done(actor: Actor, action: str, subject: str, key: int, **data: Any) -> None:
    """Record what happened and remember it as the last activity of the workspace."""
    record(actor, action, subject, key, **data)
    SupportWorkspace.objects.of(actor.organisation_id).update(last_at=clock.now(), last_what=action)


def record(actor: Actor, action: str, subject: str, key: int, **data: Any) -> None:
    """Record what happened."""
    audit.record(actor=actor, action=action, subject=subject, subject_key=key, data=data or None)


def required(text: str, field: str, message: str) -> str:
    """Return ``text`` without space around it. Raises ``SupportRefused`` when it is empty or too long."""
    found = text.replace("\r\n", "\n").strip()
    if not found:
        raise SupportRefused(message, field=field)
    if len(found) > _LONGEST_TEXT:
        raise SupportRefused(_("Deze tekst is te lang. Hou het onder 20.000 tekens."), field=field)
    return found


def short(text: str, limit: int) -> str:
    """Return ``text`` without space around it, cut at ``limit`` signs."""
    return text.replace("\r\n", "\n").strip()[:limit]


def put(rows: Any, key: int | None, what: str, fields: dict[str, Any], actor: Actor) -> int:
    """Create a row, or change the row with this key. Raises ``SupportNotFound`` and ``SupportConflict``."""
    message = _("Iemand anders bewaarde net hetzelfde. Bekijk de lijst en probeer opnieuw.")
    if key is None:
        return int(created(rows.model, message, organisation_id=actor.organisation_id, **fields).pk)
    try:
        with transaction.atomic():
            changed = rows.filter(pk=key).update(**fields)
    except IntegrityError as error:
        raise SupportConflict(message) from error
    if not changed:
        raise SupportNotFound(what, key)
    return key


def workspace(actor: Actor) -> SupportWorkspace:
    """Return the workspace; whoever does the first thing in it opens it."""
    return _workspace(actor)


def _workspace(actor: Actor) -> SupportWorkspace:
    found, is_new = SupportWorkspace.objects.get_or_create(
        organisation_id=actor.organisation_id,
        defaults={
            "opened_by_id": actor.user_id,
            "report_months": content.setting("report_months"),
            "quiet_days": content.setting("quiet_days"),
            "last_what": "support.opened",
        },
    )
    if is_new:
        for group in content.core_groups():
            Stakeholder.objects.get_or_create(
                organisation_id=actor.organisation_id,
                name=group.name,
                defaults={
                    "kind": group.kind.value,
                    "interest": group.interest,
                    "priority": group.priority.value,
                    "is_core": True,
                },
            )
        record(actor, "support.opened", "support-workspace", found.pk)
        if actor.may("obligation.edit"):
            remind(actor, found)
    return found


def created(model: Any, message: str, **fields: Any) -> Any:
    """Create a row. Raises ``SupportConflict`` when somebody stored the same a moment sooner."""
    try:
        with transaction.atomic():
            return model.objects.create(**fields)
    except IntegrityError as error:
        raise SupportConflict(message) from error


def _colleague(actor: Actor, user_id: int, field: str) -> Any:
    try:
        return accounts.person(organisation_id=actor.organisation_id, user_id=user_id)
    except NotFound as error:
        raise SupportRefused(_("Kies een collega uit de lijst."), field=field) from error
