"""Addresses of the market: sheets, the match, enterprises, talks and openness."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.market import dialogues, enterprises, match, openness, sheets

urlpatterns = [
    path("markt/", sheets.overview, name="market"),
    path("markt/fiches", sheets.listing, name="market-sheets"),
    path("markt/fiches/<str:code>", sheets.sheet, name="market-sheet"),
    path("markt/fiches/<str:code>/versie/<int:version>", sheets.sheet, name="market-sheet-version"),
    path("markt/fiches/<str:code>/invullen", sheets.edit, name="market-sheet-edit"),
    path("markt/fiches/<str:code>/word", sheets.paper, name="market-sheet-paper"),
    path("markt/fiches/<str:code>/besluit", sheets.add_conclusion, name="market-conclusion-add"),
    path("markt/fiches/<str:code>/besluit/overnemen", sheets.adopt, name="market-conclusion-adopt"),
    path("markt/fiches/<str:code>/bevraging", sheets.from_survey, name="market-sheet-survey"),
    path("markt/besluiten/<int:conclusion_id>/intrekken", sheets.withdraw, name="market-conclusion-withdraw"),
    path("markt/wie-kan-dit/<str:code>", match.match, name="market-match"),
    path("markt/ondernemingen/nieuw", enterprises.add, name="enterprise-add"),
    path("markt/ondernemingen/<int:supplier_id>", enterprises.enterprise, name="enterprise"),
    path("markt/ondernemingen/<int:supplier_id>/bijwerken", enterprises.edit, name="enterprise-edit"),
    path("markt/ondernemingen/<int:supplier_id>/referentie", enterprises.add_reference, name="enterprise-reference"),
    path("markt/ondernemingen/<int:supplier_id>/omzet", enterprises.add_turnover, name="enterprise-turnover"),
    path("markt/ondernemingen/<int:supplier_id>/ervaring", enterprises.add_rating, name="enterprise-rating"),
    path("markt/ondernemingen/<int:supplier_id>/pionier", enterprises.add_pioneer, name="enterprise-pioneer"),
    path("markt/ondernemingen/<int:supplier_id>/contact", enterprises.add_contact, name="enterprise-contact"),
    path("markt/ondernemingen/<int:supplier_id>/verwijderen", enterprises.remove, name="enterprise-remove"),
    path("markt/pioniers", enterprises.pioneers, name="pioneers"),
    path("markt/ervaringen", enterprises.experiences, name="market-experiences"),
    path("markt/gesprekken", dialogues.listing, name="dialogues"),
    path("markt/gesprekken/nieuw", dialogues.add, name="dialogue-add"),
    path("markt/gesprekken/<int:dialogue_id>", dialogues.dialogue, name="dialogue"),
    path("markt/gesprekken/<int:dialogue_id>/verslag", dialogues.report, name="dialogue-report"),
    path("markt/gesprekken/<int:dialogue_id>/afgelasten", dialogues.cancel, name="dialogue-cancel"),
    path("markt/gesprekken/<int:dialogue_id>/naar-fiche", dialogues.to_sheet, name="dialogue-to-sheet"),
    path("markt/gesprekken/<int:dialogue_id>/partij", dialogues.add_party, name="session-party-add"),
    path("markt/gesprekken/<int:dialogue_id>/contact", dialogues.ask_contact, name="session-contact-add"),
    path("markt/gesprekken/<int:dialogue_id>/informatie", dialogues.add_information, name="dialogue-information"),
    path("markt/partijen/<int:party_id>", dialogues.edit_party, name="session-party-edit"),
    path("markt/contactvragen/<int:request_id>", dialogues.answer_contact, name="session-contact-answer"),
    path("markt/informatie", openness.information, name="market-information"),
    path("markt/informatie/nieuw", openness.add_information, name="market-information-add"),
    path("markt/informatie/<int:information_id>/delen", openness.publish, name="market-information-publish"),
    path("markt/noden", openness.needs, name="market-needs"),
    path("markt/noden/nieuw", openness.add_need, name="market-need-add"),
    path("markt/noden/<int:need_id>/reactie", openness.add_reaction, name="market-need-reaction"),
    path("markt/contacten", openness.contacts, name="market-contacts"),
    path("markt/contacten/nieuw", openness.add_contact, name="market-contact-add"),
    path("markt/hinder", openness.obstacles, name="market-obstacles"),
    path("markt/hinder/nieuw", openness.add_obstacle, name="market-obstacle-add"),
    path("markt/hinder/<int:obstacle_id>", openness.resolve_obstacle, name="market-obstacle-resolve"),
]
