"""Addresses of the target planner."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
