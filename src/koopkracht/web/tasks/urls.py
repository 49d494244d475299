"""Addresses of my tasks and the calendar."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.tasks import agenda, views

urlpatterns = [
    path("taken", views.mine, name="tasks"),
    path("taken/alle", views.everybody, name="tasks-all"),
    path("taken/<int:task_id>", views.task, name="task"),
    path("taken/<int:task_id>/indienen", views.submit, name="task-submit"),
    path("taken/<int:task_id>/afwerken", views.complete, name="task-complete"),
    path("taken/<int:task_id>/goedkeuren", views.approve, name="task-approve"),
    path("taken/<int:task_id>/terugsturen", views.send_back, name="task-send-back"),
    path("taken/<int:task_id>/bewijs/<int:number>", views.evidence, name="task-evidence"),
    path("agenda", agenda.agenda, name="calendar"),
    path("agenda/link", agenda.make_link, name="calendar-link"),
    path("agenda/link/<int:link_id>/intrekken", agenda.withdraw_link, name="calendar-link-withdraw"),
    path("agenda/<str:token>.ics", agenda.feed, name="calendar-feed"),
]
