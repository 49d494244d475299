"""Addresses of the purchasing plan."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.strategy import plan, plan_line, plan_views, worklist

urlpatterns = [
    path("mijn-aankopen", worklist.my_purchases, name="my-purchases"),
    path("planning", plan.plan, name="purchasing-plan"),
    path("planning/nieuw", plan.add, name="purchasing-plan-add"),
    path("planning/tijdlijn", plan_views.timeline, name="purchasing-plan-timeline"),
    path("planning/opvolgers", plan_views.successors_page, name="purchasing-plan-successors"),
    path("planning/samen", plan_views.together, name="purchasing-plan-together"),
    path("planning/<int:purchase_id>", plan_line.line, name="planned-purchase"),
    path("planning/<int:purchase_id>/verwijderen", plan.remove, name="purchasing-plan-remove"),
    path("planning/<int:purchase_id>/vroege-blik", plan_line.ask, name="screening-ask"),
    path("planning/<int:purchase_id>/antwoord", plan_line.answer, name="screening-answer"),
    path("planning/<int:purchase_id>/gesprek", plan_line.talk, name="screening-talk"),
    path("planning/<int:purchase_id>/impact", plan_line.impact, name="planned-purchase-impact"),
]
