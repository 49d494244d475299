"""Addresses of the tree of product groups."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.catalogue import views

urlpatterns = [
    path("", views.tree, name="product-groups"),
    path("<str:code>", views.group, name="product-group"),
]
