"""Addresses of suppliers, the directory of social enterprises, registers."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.market import directory, duplicates, registers, suppliers
from koopkracht.web.market.urls_market import urlpatterns as exploring
from koopkracht.web.market.urls_surveys import urlpatterns as surveys

urlpatterns = [
    *surveys,
    *exploring,
    path("leveranciers/", suppliers.suppliers, name="suppliers"),
    path("leveranciers/<int:supplier_id>", suppliers.supplier, name="supplier"),
    path("leveranciers/<int:supplier_id>/wijzigen", suppliers.edit, name="supplier-edit"),
    path("leveranciers/<int:supplier_id>/samenvoegen", duplicates.choose, name="supplier-merge"),
    path("leveranciers/dubbels", duplicates.worklist, name="duplicates"),
    path("leveranciers/dubbels/zoeken", duplicates.propose, name="duplicates-propose"),
    path("leveranciers/dubbels/<int:pair_id>/samenvoegen", duplicates.merge, name="duplicate-merge"),
    path("leveranciers/dubbels/<int:pair_id>/apart", duplicates.apart, name="duplicate-apart"),
    path("leveranciers/dubbels/<int:pair_id>/terug", duplicates.undo, name="duplicate-undo"),
    path("leveranciers/sociale-economie", directory.directory, name="social-enterprises"),
    path("inladen/registers", registers.upload, name="register-upload"),
    path("inladen/registers/voorbeeld/<str:register>", registers.template, name="register-template"),
    path("inladen/registers/<int:receipt_id>", registers.receipt, name="register-receipt"),
    path("inladen/registers/<int:receipt_id>/inladen", registers.apply, name="register-apply"),
    path("inladen/registers/<int:receipt_id>/te-verbeteren", registers.rejected, name="register-rejected"),
]
