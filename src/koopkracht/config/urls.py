"""All addresses: one include per group of pages; each ``web/<context>/urls.py`` holds its own."""

from __future__ import annotations

from django.urls import include, path

from koopkracht.rest import operations
from koopkracht.rest.v1.api import api

urlpatterns = [
    path("", include("koopkracht.web.home.urls")),
    path("", include("koopkracht.web.accounts.urls")),
    path("", include("koopkracht.web.audit.urls")),
    path("accounts/", include("allauth.urls")),
    path("diagnose/", include("koopkracht.web.diagnosis.urls")),
    path("", include("koopkracht.web.notices.urls")),
    path("", include("koopkracht.web.invoices.urls")),
    path("", include("koopkracht.web.open_data.urls")),
    path("", include("koopkracht.web.artefacts.urls")),
    path("", include("koopkracht.web.market.urls")),
    path("", include("koopkracht.web.tasks.urls")),
    path("", include("koopkracht.web.knowledge.urls")),
    path("strategie/planner/", include("koopkracht.web.planner.urls")),
    path("strategie/", include("koopkracht.web.strategy.urls")),
    path("productgroepen/", include("koopkracht.web.catalogue.urls")),
    path("inladen/", include("koopkracht.web.imports.urls")),
    path("regels/", include("koopkracht.web.rules.urls")),
    path("api/v1/", api.urls),
    path("gezond", operations.health, name="health"),
    path("metrics", operations.metrics, name="metrics"),
]

handler400 = "koopkracht.web.ui.errors.bad_request"
handler403 = "koopkracht.web.ui.errors.forbidden"
handler404 = "koopkracht.web.ui.errors.not_found"
handler500 = "koopkracht.web.ui.errors.server_error"
