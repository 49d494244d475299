"""Addresses of the diagnosis: figures, source lines, assignment."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.diagnosis import assignment, lines, report, rules, views

urlpatterns = [
    path("", views.overview, name="diagnosis"),
    path("productgroep/<str:code>", views.group, name="diagnosis-group"),
    path("leverancier/<int:supplier_id>", views.supplier, name="diagnosis-supplier"),
    path("verschil", views.opportunities, name="diagnosis-opportunities"),
    path("cijfers", views.definitions, name="diagnosis-definitions"),
    path("delen", views.share, name="diagnosis-share"),
    path("lijnen", lines.lines, name="diagnosis-lines"),
    path("rapport.pdf", report.pdf, name="diagnosis-pdf"),
    path("rapport.xlsx", report.xlsx, name="diagnosis-xlsx"),
    path("toewijzen", assignment.worklist, name="assignment"),
    path("toewijzen/bewaren", assignment.assign, name="assignment-save"),
    path("toewijzen/beslissingen", assignment.decisions, name="assignment-decisions"),
    path("toewijzen/beslissingen/<int:decision_id>/terug", assignment.withdraw, name="assignment-withdraw"),
    path("regels", rules.rules, name="assignment-rules"),
    path("regels/nieuw", rules.add, name="assignment-rule-add"),
    path("regels/<int:rule_id>", rules.change, name="assignment-rule"),
    path("regels/<int:rule_id>/verplaatsen", rules.move, name="assignment-rule-move"),
    path("regels/<int:rule_id>/verwijderen", rules.remove, name="assignment-rule-remove"),
    path("regels/standaard/<str:code>", rules.switch, name="assignment-default"),
]
