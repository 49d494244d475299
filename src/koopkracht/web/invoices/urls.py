"""Addresses of the invoice pages."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.invoices import imports, inbox

urlpatterns = [
    path("facturen", inbox.invoices, name="invoices"),
    path("facturen/koppelen", inbox.match, name="invoices-match"),
    path("facturen/<int:invoice_id>", inbox.invoice, name="invoice"),
    path("facturen/<int:invoice_id>/bestand", inbox.document, name="invoice-document"),
    path("facturen/<int:invoice_id>/opnieuw", inbox.judge_again, name="invoice-judge"),
    path("inladen/facturen", imports.upload, name="invoices-upload"),
    path("inladen/facturen/<int:receipt_id>", imports.receipt, name="invoices-receipt"),
    path("inladen/facturen/<int:receipt_id>/inladen", imports.apply, name="invoices-apply"),
]
