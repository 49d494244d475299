"""Addresses of the register pages and of the import of notices."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.notices import imports, registers

urlpatterns = [
    path("inladen/aankondigingen", imports.upload, name="notices-upload"),
    path("inladen/aankondigingen/<int:receipt_id>", imports.receipt, name="notices-receipt"),
    path("inladen/aankondigingen/<int:receipt_id>/inladen", imports.apply, name="notices-apply"),
    path("registers/", registers.index, name="registers"),
    path("registers/aankondigingen", registers.notices, name="notices"),
    path("registers/aankondigingen/<int:notice_id>", registers.notice, name="notice"),
    path("registers/aankondigingen/<int:notice_id>/bestand", registers.document, name="notice-document"),
    path("registers/procedures", registers.procedures, name="procedures"),
    path("registers/procedures/<int:procedure_id>", registers.procedure, name="procedure"),
    path("registers/percelen", registers.lots, name="lots"),
    path("registers/contracten", registers.contracts, name="contracts"),
    path("registers/contracten/<int:contract_id>", registers.contract, name="contract"),
]
