"""Addresses of the import pages."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.imports import views

urlpatterns = [
    path("", views.start, name="imports"),
    path("uitgaven", views.upload, name="spend-upload"),
    path("uitgaven/bestanden", views.files, name="spend-files"),
    path("uitgaven/<int:receipt_id>", views.receipt, name="spend-receipt"),
    path("uitgaven/<int:receipt_id>/kolommen", views.columns, name="spend-columns"),
    path("uitgaven/<int:receipt_id>/inladen", views.apply, name="spend-apply"),
    path("uitgaven/<int:receipt_id>/opnieuw", views.again, name="spend-again"),
    path("uitgaven/<int:receipt_id>/ongedaan", views.undo, name="spend-undo"),
    path("uitgaven/<int:receipt_id>/te-verbeteren", views.rejected, name="spend-rejected"),
]
