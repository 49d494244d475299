"""Addresses of the pages about indicators."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.strategy import indicator_edit, indicators

urlpatterns = [
    path("indicatoren/", indicators.overview, name="indicators"),
    path("indicatoren/trends", indicators.trends, name="indicator-trends"),
    path("indicatoren/kant-en-klaar", indicator_edit.ready, name="indicators-ready"),
    path("indicatoren/kant-en-klaar/nemen", indicator_edit.take, name="indicator-take"),
    path("indicatoren/nieuw", indicator_edit.add, name="indicator-add"),
    path("indicatoren/herberekenen", indicator_edit.refresh, name="indicators-refresh"),
    path("indicatoren/<int:indicator_id>", indicators.one, name="indicator"),
    path("indicatoren/<int:indicator_id>/wijzigen", indicator_edit.change, name="indicator-edit"),
    path("indicatoren/<int:indicator_id>/streefwaarde", indicator_edit.target, name="indicator-target"),
    path(
        "indicatoren/<int:indicator_id>/streefwaarde/weg", indicator_edit.target_remove, name="indicator-target-remove"
    ),
    path("indicatoren/<int:indicator_id>/waarde", indicator_edit.measure, name="indicator-measure"),
    path("indicatoren/<int:indicator_id>/overleg", indicator_edit.discuss, name="indicator-talk"),
    path("indicatoren/<int:indicator_id>/overleg/<int:discussion_id>", indicator_edit.hold, name="indicator-talk-held"),
    path("indicatoren/<int:indicator_id>/actief", indicator_edit.activate, name="indicator-activate"),
    path("indicatoren/<int:indicator_id>/afsluiten", indicator_edit.close, name="indicator-close"),
    path("indicatoren/<int:indicator_id>/bewijs/<str:sha256>", indicators.evidence, name="indicator-evidence"),
]
