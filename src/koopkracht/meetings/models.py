"""The tables of meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from koopkracht.meetings.types import MeetingState
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

STATE_LABELS = {
    MeetingState.PLANNED: _("Gepland"),
    MeetingState.CONFIRMED: _("Bevestigd"),
    MeetingState.HELD: _("Geweest"),
    MeetingState.CANCELLED: _("Geschrapt"),
}


class Group(OrganisationOwned):
    """People who meet: ``rhythm_months`` lie between two meetings."""

    kind = models.CharField(max_length=40)
    name = models.CharField(_("naam"), max_length=120)
    purpose = models.TextField(_("opdracht"), blank=True)
    rhythm_months = models.PositiveSmallIntegerField(_("ritme in maanden"), null=True)
    started_on = models.DateField(default=clock.today)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "kind", "name"],
                name="meetings_group_name",
                violation_error_message=_("Er is al een groep met deze naam."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Member(OrganisationOwned):
    """Somebody in a group, in a role, for a time; ``user`` is empty for people without an account."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=40)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("naam"), max_length=120, blank=True)
    organisation_name = models.CharField(_("organisatie"), max_length=120, blank=True)
    leads = models.BooleanField(default=False)
    valid_from = models.DateField(default=clock.today)
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "group", "id"], name="meetings_member_group"),)


class Meeting(OrganisationOwned):
    """A meeting; planned twice with the same kind, day, title and subject is one meeting."""

    kind = models.CharField(max_length=40)
    title = models.CharField(_("titel"), max_length=160)
    date = models.DateField(_("dag"))
    starts = models.TimeField(_("begin"), null=True)
    ends = models.TimeField(_("einde"), null=True)
    place = models.CharField(_("plaats"), max_length=160, blank=True)
    state = models.CharField(
        max_length=12,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=MeetingState.PLANNED.value,
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="meetings")
    subject = models.CharField(max_length=40, blank=True)
    subject_key = models.BigIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "kind", "date", "title", "subject", "subject_key"],
                condition=~Q(state="cancelled"),
                name="meetings_meeting_once",
                violation_error_message=_("Deze bijeenkomst staat al in de agenda."),
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "date", "id"], name="meetings_meeting_date"),
            models.Index(fields=["organisation", "subject", "subject_key", "date"], name="meetings_meeting_subject"),
            models.Index(fields=["organisation", "group", "date"], name="meetings_meeting_group"),
        )

    def __str__(self) -> str:
        return self.title


class Participant(OrganisationOwned):
    """Somebody who is invited to a meeting, in a role."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(max_length=40)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("naam"), max_length=120, blank=True)
    organisation_name = models.CharField(_("organisatie"), max_length=120, blank=True)
    attended = models.BooleanField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "meeting", "id"], name="meetings_participant_of"),
            models.Index(fields=["organisation", "user", "meeting"], name="meetings_participant_user"),
        )


class AgendaItem(OrganisationOwned):
    """One item of the agenda; ``reference`` names the dossier it is about, ``requested_on`` when it was offered."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("punt"), max_length=200)
    part = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    reference = models.CharField(max_length=120, blank=True)
    requested_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "meeting", "position"], name="meetings_agenda_order"),)


class Minutes(OrganisationOwned):
    """One version of what was written down; a correction is a new version."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minutes")
    version = models.PositiveSmallIntegerField(default=1)
    parts = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "meeting", "version"], name="meetings_minutes_version"),
        )


class Decision(OrganisationOwned):
    """Something that the meeting decided."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField()
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (models.Index(fields=["organisation", "meeting", "id"], name="meetings_decision_order"),)
