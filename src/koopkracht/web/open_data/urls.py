"""Addresses of the import of OCDS packages."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.open_data import views

urlpatterns = [
    path("inladen/ocds", views.upload, name="ocds-upload"),
    path("inladen/ocds/<int:receipt_id>", views.receipt, name="ocds-receipt"),
    path("inladen/ocds/<int:receipt_id>/inladen", views.apply, name="ocds-apply"),
]
