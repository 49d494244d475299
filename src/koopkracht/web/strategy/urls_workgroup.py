"""Addresses of the working group, of talks with departments, and of meetings."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.strategy import meetings, workgroup

urlpatterns = [
    path("werkgroep", workgroup.overview, name="workgroup"),
    path("werkgroep/oprichten", workgroup.set_up, name="workgroup-set-up"),
    path("werkgroep/gesprekken", workgroup.talks, name="department-talks"),
    path("werkgroep/gesprekken/nieuw", workgroup.add_need, name="department-need-add"),
    path("werkgroep/gesprekken/<int:need_id>/verwijderen", workgroup.remove_need, name="department-need-remove"),
    path("werkgroep/<int:group_id>/aanpassen", workgroup.edit, name="workgroup-edit"),
    path("werkgroep/<int:group_id>/leden", workgroup.add_member, name="workgroup-member-add"),
    path(
        "werkgroep/<int:group_id>/leden/<int:member_id>/beeindigen", workgroup.end_member, name="workgroup-member-end"
    ),
    path("werkgroep/<int:group_id>/afsluiten", workgroup.close, name="workgroup-close"),
    path("bijeenkomsten/plannen", meetings.plan, name="meeting-plan"),
    path("bijeenkomsten/<int:meeting_id>", meetings.meeting, name="meeting"),
    path("bijeenkomsten/<int:meeting_id>/aanpassen", meetings.edit, name="meeting-edit"),
    path("bijeenkomsten/<int:meeting_id>/agenda", meetings.agenda, name="meeting-agenda"),
    path("bijeenkomsten/<int:meeting_id>/uitnodigen", meetings.invite, name="meeting-invite"),
    path(
        "bijeenkomsten/<int:meeting_id>/uitnodigen/<int:participant_id>/intrekken",
        meetings.uninvite,
        name="meeting-uninvite",
    ),
    path("bijeenkomsten/<int:meeting_id>/bevestigen", meetings.confirm, name="meeting-confirm"),
    path("bijeenkomsten/<int:meeting_id>/schrappen", meetings.cancel, name="meeting-cancel"),
    path("bijeenkomsten/<int:meeting_id>/verslag", meetings.minutes, name="meeting-minutes"),
    path("bijeenkomsten/<int:meeting_id>/beslissen", meetings.decide, name="meeting-decide"),
    path("bijeenkomsten/<int:meeting_id>/afdrukken", meetings.printed, name="meeting-print"),
]
