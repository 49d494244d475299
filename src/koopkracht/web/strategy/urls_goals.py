"""Addresses of the pages about goals, under ``strategie/``."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.strategy import goals, goals_purposes, goals_yearly, overview

urlpatterns = [
    path("kader/herziening", overview.review, name="framework-review"),
    path("doelen", goals.inventory, name="goals"),
    path("doelen/nieuw", goals.add, name="goal-add"),
    path("doelen/themas/nieuw", goals.add_theme, name="goal-theme-add"),
    path("doelen/themas/standaard", goals.choose_theme, name="goal-theme-default"),
    path("doelen/shortlist", goals.shortlist, name="goals-shortlist"),
    path("doelen/shortlist/vastleggen", goals.fix, name="goals-shortlist-fix"),
    path("doelen/shortlist/goedkeuren", goals.approve, name="goals-approve"),
    path("doelen/boom", goals.tree, name="goals-tree"),
    path("doelen/voorbeelden", goals_purposes.chains, name="goal-chains"),
    path("doelen/voorbeelden/<str:code>", goals_purposes.chain, name="goal-chain"),
    path("doelen/<int:goal_id>", goals.goal, name="goal"),
    path("doelen/<int:goal_id>/aanpassen", goals.edit, name="goal-edit"),
    path("doelen/<int:goal_id>/beoordelen", goals.judge, name="goal-judge"),
    path("doelen/<int:goal_id>/parkeren", goals.park, name="goal-park"),
    path("doelen/<int:goal_id>/opnieuw", goals.reopen, name="goal-reopen"),
    path("doelen/<int:goal_id>/document", goals.source, name="goal-source"),
    path("doelen/<int:goal_id>/vertalen", goals_purposes.purpose_add, name="purpose-add"),
    path("aankoopdoelen/<int:purpose_id>", goals_purposes.purpose, name="purpose"),
    path("aankoopdoelen/<int:purpose_id>/aanpassen", goals_purposes.purpose_edit, name="purpose-edit"),
    path("aankoopdoelen/<int:purpose_id>/actief", goals_purposes.purpose_activate, name="purpose-activate"),
    path("aankoopdoelen/<int:purpose_id>/gehaald", goals_purposes.purpose_reach, name="purpose-reach"),
    path("aankoopdoelen/<int:purpose_id>/stoppen", goals_purposes.purpose_end, name="purpose-end"),
    path("principes", goals_purposes.principles, name="principles"),
    path("principes/nieuw", goals_purposes.principle_add, name="principle-add"),
    path("principes/<int:principle_id>/beeindigen", goals_purposes.principle_end, name="principle-end"),
    path("jaaracties", goals_yearly.overview, name="yearly"),
    path("jaaracties/nieuw", goals_yearly.add, name="yearly-add"),
    path("jaaracties/overzicht", goals_yearly.advance, name="yearly-advance"),
    path("jaaracties/<int:action_id>/verwijderen", goals_yearly.remove, name="yearly-remove"),
    path("jaaroverzicht/<str:slug>/<int:year>", goals_yearly.public, name="yearly-public"),
]
