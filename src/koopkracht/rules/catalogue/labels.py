"""Label catalogue: what a label or system says, and where the law lets a buyer use it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from koopkracht.rules.catalogue.fact_list import LABELS
from koopkracht.rules.engine.rule import Ask, Decision, Rule, met, not_met
from koopkracht.rules.types import Ground, Kind

ENVIRONMENT = "environmental_management_system"
PRODUCT = frozenset({"product", "raw_material", "chain", "input_chemistry"})


class _Label(Rule):
    family = "labels"
    kind = Kind.INSTRUMENT
    ground = Ground.PRACTICE
    facts = ("label",)
    parameters = tuple(f"label_{code}" for code, _ in LABELS)
    in_force_from = dt.date(2018, 4, 1)

    def applies(self, ask: Ask) -> bool:
        """Only for a label whose description holds on this day."""
        return ask.has("label") and ask.knows(f"label_{ask.text('label')}")

    def described(self, ask: Ask) -> dict[str, Any]:
        """Return what is known about the label."""
        value: dict[str, Any] = ask.value(f"label_{ask.text('label')}")
        return value


class ProductLabel(_Label):
    """A label on the product or its chain can serve under article 54."""

    code = "BE-LAB-01"
    statement = "Dit keurmerk zegt iets over het product of zijn keten en past bij artikel 54."
    article = "Wet 17-06-2016 art. 54"

    def decide(self, ask: Ask) -> Decision:
        """Ask for a label with a certificate; the five conditions still have to be checked."""
        value = self.described(ask)
        if value["kind"] == "label" and value["certificate"] == "yes" and PRODUCT & set(value["covers"]):
            return met("Ga eerst de vijf voorwaarden na en schrijf altijd “of gelijkwaardig”.")
        return not_met(
            "Dit zegt vooral iets over de leverancier of de vestiging. Gebruik het niet als keurmerk voor het product."
        )


class CertificateForTender(_Label):
    """Something a tenderer can submit."""

    code = "BE-LAB-02"
    statement = "Een inschrijver kan hiervan een certificaat voorleggen."
    article = "Wet 17-06-2016 art. 55"

    def decide(self, ask: Ask) -> Decision:
        """Certificate and verification by a third party."""
        value = self.described(ask)
        if value["certificate"] == "yes" and value["third_party"] == "yes":
            return met("Er is een certificaat en een onafhankelijke derde kijkt het na.")
        return not_met("Er is geen certificaat van een onafhankelijke derde.")


class ManagementSystem(_Label):
    """Participation in a system is evidence for a performance condition only."""

    code = "BE-LAB-03"
    statement = "Deelname aan dit systeem kan dienen als bewijs bij een uitvoeringsvoorwaarde."
    article = "Wet 17-06-2016 art. 87 en art. 81 § 3"

    def decide(self, ask: Ask) -> Decision:
        """Allow it with 'or equivalent', never as a general policy requirement."""
        value = self.described(ask)
        if value["kind"] in {"label", ENVIRONMENT}:
            return not_met("Dit is geen systeem van opvolging van de keten.")
        return met("Gebruik het met “of gelijkwaardig” en nooit als eis over het algemene beleid van de leverancier.")


class EnvironmentalManagement(_Label):
    """Environmental management belongs to selection."""

    code = "BE-LAB-04"
    statement = "Dit systeem past bij milieubeheer in de selectie."
    article = "Wet 17-06-2016 art. 77 § 2"

    def decide(self, ask: Ask) -> Decision:
        """EMAS, ISO 14001 or equivalent."""
        if self.described(ask)["kind"] == ENVIRONMENT:
            return met("Er moet een verband zijn met de opdracht, en u aanvaardt andere bewijzen.")
        return not_met("Dit is geen systeem voor milieubeheer.")


RULES = (ProductLabel(), CertificateForTender(), ManagementSystem(), EnvironmentalManagement())
