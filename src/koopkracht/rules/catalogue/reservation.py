"""Reserved contracts: article 15 with its two variants, and why article 91 is seldom for a town."""

from __future__ import annotations

import datetime as dt

from koopkracht.rules.engine.rule import Ask, Confirmed, Decision, Rule, Unsure, met, not_met, percent
from koopkracht.rules.types import Kind


class _Reservation(Rule):
    family = "reservation"
    kind = Kind.INSTRUMENT


class Variant(_Reservation):
    """Access or execution: two variants with different effects."""

    code = "BE-RES-01"
    statement = "Het voorbehoud heeft een van de twee vormen van de wet."
    article = "Wet 17-06-2016 art. 15, eerste lid"
    facts = ("reserved_variant",)
    parameters = ("art15_forms",)

    def decide(self, ask: Ask) -> Decision:
        """Say what the chosen variant does."""
        ask.value("art15_forms")
        if ask.text("reserved_variant") == "access":
            return met("Alleen sociale werkplaatsen en ondernemingen met integratie als doel mogen inschrijven.")
        return met(
            "Iedereen mag inschrijven, maar de uitvoering (of een deel ervan) gebeurt in een programma voor beschermde "
            "arbeid. Dat beperkt de mededinging minder en stimuleert samenwerking."
        )


class Share(_Reservation):
    """At least thirty percent of the workers."""

    code = "BE-RES-02"
    statement = "Genoeg werknemers hebben een handicap of zijn kansarm."
    article = "Wet 17-06-2016 art. 15"
    facts = ("target_share",)
    parameters = ("art15_min_pct",)

    def decide(self, ask: Ask) -> Decision:
        """Let a Flemish social workshop pass; others show their share."""
        if ask.facts.get("operator_kind") == "maatwerkbedrijf" and not ask.has("target_share"):
            ask.value("art15_flemish_match")
            return met("Een maatwerkbedrijf heeft er minstens 65 procent nodig en haalt deze grens dus vanzelf.")
        share, limit = ask.amount("target_share"), ask.limit("art15_min_pct")
        holds = ask.passes("art15_min_pct", share)
        text = f"{percent(share)} tegenover minstens {percent(limit)}."
        return met(text) if holds else not_met(f"{text} Deze onderneming kan hier niet inschrijven.")


class FlemishMatch(_Reservation):
    """A Flemish maatwerkbedrijf needs 65 percent and so reaches 30."""

    code = "BE-RES-03"
    statement = "De onderneming haalt de grens van artikel 15 door haar erkenning."
    article = "Wet 17-06-2016 art. 15; decreet 12-07-2013"
    facts = ("operator_kind",)
    parameters = ("art15_flemish_match",)

    def decide(self, ask: Ask) -> Decision:
        """Only the maatwerkbedrijf does so by recognition."""
        ask.value("art15_flemish_match")
        if ask.text("operator_kind") == "maatwerkbedrijf":
            return met("Een maatwerkbedrijf heeft minstens 65 procent doelgroepwerknemers nodig.")
        return not_met("Vraag bewijs van het doel en van minstens 30 procent: de vorm zelf volstaat niet.")


class WhoMayTender(_Reservation):
    """A workshop, or an enterprise whose aim is integration."""

    code = "BE-RES-04"
    statement = "De onderneming behoort tot wie mag inschrijven."
    article = "Wet 17-06-2016 art. 15"
    facts = ("operator_kind",)
    parameters = ("art15_who",)

    def decide(self, ask: Ask) -> Decision:
        """Look at the aim, not at the name."""
        ask.value("art15_who")
        if ask.text("operator_kind") in {"maatwerkbedrijf", "sheltered_workshop"}:
            return met("Het is een sociale werkplaats.")
        if ask.yes("integration_is_aim"):
            return met("Integratie van mensen met een handicap of kansarmen is het doel van de onderneming.")
        return not_met("Integratie is niet het doel van deze onderneming.")


class Mention(_Reservation, Confirmed):
    """The notice or another document names article 15."""

    code = "BE-RES-05"
    statement = "Het voorbehoud is vermeld met een verwijzing naar artikel 15."
    article = "Wet 17-06-2016 art. 15, tweede lid"
    facts = ("art15_mentioned",)
    parameters = ("art15_mention",)
    yes = "De vermelding staat in de aankondiging of, zonder aankondiging, in een ander document."
    no = (
        "Zet in de aankondiging (of zonder aankondiging in een ander document) dat "
        "de opdracht volgens artikel 15 is voorbehouden."
    )


class ForeignParties(_Reservation, Confirmed):
    """Equivalent workshops from elsewhere are accepted."""

    code = "BE-RES-06"
    statement = "Gelijkwaardige en buitenlandse werkplaatsen mogen meedoen."
    article = "Wet 17-06-2016 art. 15, derde en vierde lid"
    facts = ("foreign_accepted",)
    parameters = ("art15_equivalence",)
    yes = "U aanvaardt gelijkwaardige vormen."
    no = "Schrijf dat u gelijkwaardige vormen uit andere streken en landen aanvaardt."


class NoLocalLimit(_Reservation):
    """No limit by place or nationality."""

    code = "BE-RES-07"
    statement = "Het voorbehoud beperkt niet tot een plaats of land."
    article = "Wet 17-06-2016 art. 15, derde en vierde lid"
    facts = ("local_limit",)
    parameters = ("art15_equivalence", "art15_principles")

    def decide(self, ask: Ask) -> Decision:
        """Refuse a local limit."""
        ask.value("art15_equivalence")
        ask.value("art15_principles")
        if ask.yes("local_limit"):
            return not_met("Schrap de beperking tot een gemeente, streek of land. Ze schendt de Europese beginselen.")
        return met("Er is geen beperking tot een plaats of land.")


class Competition(_Reservation, Confirmed):
    """Competition stays, so somebody looked at the market."""

    code = "BE-RES-08"
    statement = "Er is genoeg mededinging binnen het voorbehoud."
    article = "Wet 17-06-2016 art. 15, eerste lid"
    facts = ("competition_evidence",)
    parameters = ("art15_principles",)
    yes = "U ging na dat er mededinging is. Bewaar dat bewijs in het dossier. Rechtstreeks gunnen mag niet."
    no = (
        "Doe eerst een korte marktverkenning en bewaar ze. De mededinging "
        "blijft gelden en rechtstreeks gunnen mag niet."
    )


class OtherEmployer(_Reservation):
    """An enterprise that is not itself the employer: a judgment exists whose outcome was not read."""

    code = "BE-RES-09"
    statement = "De onderneming is zelf de werkgever van de doelgroep, of dat is niet nodig."
    article = "Wet 17-06-2016 art. 15; Raad van State 255.415"
    facts = ("other_employer",)
    parameters = ("art15_art60_case",)
    in_force_from = dt.date(2022, 12, 29)

    def decide(self, ask: Ask) -> Decision:
        """Never decide the disputed case."""
        ask.cite("art15_art60_case")
        if not ask.yes("other_employer"):
            return met("De onderneming is zelf de werkgever.")
        raise Unsure("de Raad van State sprak zich uit over artikel 60, maar de uitkomst is hier niet gelezen.")


class Article91(_Reservation):
    """The reservation for health, social and cultural services is for designated buyers only."""

    code = "BE-RES-10"
    statement = "Uw bestuur mag het voorbehoud van artikel 91 gebruiken."
    article = "Wet 17-06-2016 art. 91"
    facts = ("art91_wanted", "art91_designated")
    parameters = ("art91_services",)

    def applies(self, ask: Ask) -> bool:
        """Only when somebody wants it."""
        return bool(ask.facts.get("art91_wanted"))

    def decide(self, ask: Ask) -> Decision:
        """Designated, and at most three years."""
        value = ask.value("art91_services")
        if not ask.yes("art91_designated"):
            return not_met(
                "Een lokaal bestuur mag dit alleen als een overheid het heeft aangewezen. Gebruik artikel 15."
            )
        years = int(value["max_duration_years"])
        if ask.number("duration_months") > 12 * years:
            return not_met(f"De opdracht duurt langer dan {years} jaar.")
        return met(f"Uw bestuur is aangewezen en de opdracht duurt hoogstens {years} jaar.")


RULES = (
    Variant(),
    Share(),
    FlemishMatch(),
    WhoMayTender(),
    Mention(),
    ForeignParties(),
    NoLocalLimit(),
    Competition(),
    OtherEmployer(),
    Article91(),
)
