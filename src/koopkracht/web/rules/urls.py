"""Addresses of the Wetswijzer; all but the kept answers are public."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.rules import catalogue, views

urlpatterns = [
    path("", views.ask, name="rules"),
    path("antwoord", views.answer, name="rules-answer"),
    path("antwoord.pdf", views.answer_pdf, name="rules-answer-pdf"),
    path("bewaren", views.keep, name="rules-keep"),
    path("bewaard", views.kept, name="rules-kept"),
    path("bewaard/<uuid:evaluation_id>", views.kept_answer, name="rules-kept-answer"),
    path("bewaard/<uuid:evaluation_id>.pdf", views.kept_pdf, name="rules-kept-pdf"),
    path("vraag/<slug:family>", views.ask_family, name="rules-ask-family"),
    path("catalogus", catalogue.rules_list, name="rules-catalogue"),
    path("regel/<str:code>", catalogue.rule, name="rule"),
    path("gegevens", catalogue.parameters, name="rules-parameters"),
    path("gegeven/<slug:code>", catalogue.parameter, name="rules-parameter"),
    path("nakijken", catalogue.reminders, name="rules-reminders"),
]
