"""Addresses of the strategy pages: one module per subject."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
