"""Addresses of the strategy pages: one module per subject."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.strategy import overview, urls_plan

urlpatterns = [
    path("", overview.overview, name="strategy"),
    *urls_plan.urlpatterns,
]
