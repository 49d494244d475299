"""Addresses of the front page, help and the catalogue of components."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("hulp", views.help_page, name="help"),
    path("hulp/<slug:topic>", views.help_page, name="help-topic"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
    path("componenten", views.components, name="components"),
]
