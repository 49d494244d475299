"""Addresses of the strategy pages: one module per subject."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.strategy import (
    overview,
    urls_goals,
    urls_indicators,
    urls_plan,
    urls_selection,
    urls_support,
    urls_workgroup,
)

urlpatterns = [
    path("", overview.overview, name="strategy"),
    *urls_goals.urlpatterns,
    *urls_indicators.urlpatterns,
    *urls_plan.urlpatterns,
    *urls_selection.urlpatterns,
    *urls_workgroup.urlpatterns,
    *urls_support.urlpatterns,
]
