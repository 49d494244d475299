"""Addresses of the target planner."""

from __future__ import annotations

from django.urls import URLPattern, path

from koopkracht.web.planner import views

urlpatterns: list[URLPattern] = [
    path("", views.plans, name="planner"),
    path("nieuw", views.new, name="planner-new"),
    path("aannames", views.assumptions, name="planner-assumptions"),
    path("aannames/<str:code>", views.assumption, name="planner-assumption"),
    path("<int:plan_id>", views.plan, name="planner-plan"),
    path("<int:plan_id>/dossier/<str:key>", views.dossier, name="planner-dossier"),
    path("<int:plan_id>/beslissen", views.decide, name="planner-decide"),
    path("<int:plan_id>/markeren", views.mark, name="planner-mark"),
    path("<int:plan_id>/bestand/<str:kind>", views.export, name="planner-export"),
]
