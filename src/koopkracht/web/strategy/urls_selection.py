"""Addresses of the selection of product groups."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.strategy import selection, selection_group, selection_method, selection_purchases

urlpatterns = [
    path("productgroepen/", selection.overview, name="selection"),
    path("productgroepen/rangschikking", selection.ranking, name="selection-ranking"),
    path("productgroepen/werksessie", selection.workshop, name="selection-workshop"),
    path("productgroepen/methode", selection_method.method, name="selection-method"),
    path("productgroepen/methode/nieuw", selection_method.change, name="selection-method-change"),
    path("productgroepen/methode/<int:version>", selection_method.method, name="selection-method-version"),
    path("productgroepen/aankopen", selection_purchases.purchases, name="selection-purchases"),
    path("productgroepen/aankopen/<int:purchase_id>", selection_purchases.purchase, name="selection-purchase"),
    path("productgroepen/aankopen/<int:purchase_id>/voorrang", selection_purchases.mark, name="selection-mark"),
    path("productgroepen/aankopen/<int:purchase_id>/gewoon", selection_purchases.unmark, name="selection-unmark"),
    path("productgroepen/<str:code>", selection_group.group, name="selection-group"),
    path("productgroepen/<str:code>/scores", selection_group.score, name="selection-score"),
    path("productgroepen/<str:code>/beslissen", selection_group.decide, name="selection-decide"),
    path("productgroepen/<str:code>/kenmerken", selection_group.features, name="selection-features"),
    path("productgroepen/<str:code>/heropenen", selection_group.reopen, name="selection-reopen"),
    path("productgroepen/<str:code>/terug", selection_group.withdraw, name="selection-withdraw"),
]
