"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.audit import views

urlpatterns = [
    path("beheer/logboek", views.log, name="audit-log"),
    path("beheer/logboek/nakijken", views.verify, name="audit-verify"),
    path("beheer/logboek/downloaden", views.export, name="audit-export"),
    path("beheer/logboek/<int:sequence>", views.event, name="audit-event"),
]
