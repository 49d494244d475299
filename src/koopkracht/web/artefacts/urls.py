"""Address of the page with official files."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.artefacts import views

urlpatterns = [path("beheer/officiele-bestanden", views.artefacts, name="artefacts")]
