"""All rules by family, and the questions that can be asked of them."""

from __future__ import annotations

import functools
import hashlib
import inspect
from dataclasses import dataclass

from koopkracht.rules.catalogue import (
    access,
    award_criteria,
    conventions,
    e_invoicing,
    exclusion,
    labels,
    lots,
    money,
    netherlands,
    performance,
    procedures,
    procedures_special,
    regime,
    remedies,
    reservation,
    selection,
    sme,
    social_economy,
    societal,
    specification,
    terms,
)
from koopkracht.rules.catalogue.common import BASICS
from koopkracht.rules.engine.evaluation import Question
from koopkracht.rules.engine.rule import Rule
from koopkracht.rules.errors import UnknownQuestion

PURCHASE = "purchase"


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that belong together, and how their findings make one outcome."""

    code: str
    title: str
    purpose: str
    combine: str
    rules: tuple[Rule, ...]
    required: tuple[str, ...] = ()


FAMILIES: tuple[Family, ...] = (
    Family(
        "regime",
        "Raming en regels",
        "Welke wet geldt, welke drempel en welke lichtere regels.",
        "report",
        regime.RULES,
        BASICS,
    ),
    Family(
        "procedures",
        "Procedures",
        "Welke procedures openstaan, welke niet, en waarom.",
        "any",
        (*procedures.RULES, *procedures_special.RULES),
        BASICS,
    ),
    Family(
        "procedure_advice",
        "Procedure bij uw doel",
        "Welke open procedure past bij het sociale doel.",
        "all",
        procedures_special.ADVICE,
        (*BASICS, "social_aim"),
    ),
    Family("lots", "Percelen", "Wanneer u verdeling in percelen overweegt en motiveert.", "report", lots.RULES, BASICS),
    Family("terms", "Termijnen", "Kortste termijnen, aankondigingen en jaarlijkse opgaven.", "report", terms.RULES),
    Family(
        "remedies",
        "Rechtsbescherming",
        "Gemotiveerde beslissing, informatie, wachttermijn en beroep.",
        "report",
        remedies.RULES,
        BASICS,
    ),
    Family(
        "reservation",
        "Voorbehouden opdrachten",
        "Een opdracht voorbehouden aan de sociale economie.",
        "all",
        reservation.RULES,
    ),
    Family(
        "exclusion",
        "Uitsluiting",
        "Uitsluitingsgronden met hun termijn, schulden en corrigerende maatregelen.",
        "report",
        exclusion.RULES,
    ),
    Family("selection", "Selectie", "Selectiecriteria die passen bij de opdracht.", "all", selection.RULES),
    Family(
        "specification",
        "Specificaties en keurmerken",
        "Wat u mag eisen en hoe u een keurmerk gebruikt.",
        "all",
        specification.RULES,
    ),
    Family(
        "labels",
        "Catalogus van keurmerken",
        "Wat een keurmerk of systeem zegt en waar u het mag gebruiken.",
        "report",
        labels.RULES,
        ("label",),
    ),
    Family(
        "award_criteria",
        "Gunningscriteria",
        "Verband, maat, gewicht, en abnormaal lage prijzen.",
        "all",
        award_criteria.RULES,
    ),
    Family(
        "performance",
        "Uitvoeringsvoorwaarden",
        "Voorwaarden, controle en stappen bij een tekortkoming.",
        "all",
        performance.RULES,
    ),
    Family(
        "money",
        "Straffen, borgtocht en betaling",
        "Bedragen en termijnen tijdens de uitvoering.",
        "report",
        money.RULES,
    ),
    Family("sme", "Maatregelen voor kmo’s", "Voorschotten en de vergoeding voor offertes.", "report", sme.RULES),
    Family(
        "e_invoicing",
        "Elektronische factuur en indiening",
        "Wat op welke datum elektronisch moet.",
        "report",
        e_invoicing.RULES,
    ),
    Family(
        "conventions",
        "Arbeidsrecht en de keten",
        "Artikel 7, de IAO-verdragen, zorgplicht en dwangarbeid.",
        "report",
        conventions.RULES,
    ),
    Family(
        "social_economy",
        "Vlaamse sociale economie",
        "Erkenningen en steunmaatregelen op een datum.",
        "report",
        social_economy.RULES,
    ),
    Family("chain", "Traject in de keten", "De stappen van de toolbox, met hun datum.", "report", social_economy.CHAIN),
    Family(
        "practice",
        "Praktijk van andere besturen",
        "Voorbeelden van beleid, geen wet.",
        "report",
        social_economy.PRACTICE,
    ),
    Family(
        "access",
        "Drempels voor kleine en sociale ondernemingen",
        "Eisen die nieuwe partijen uitsluiten.",
        "all",
        access.RULES,
    ),
    Family("netherlands", "Nederlandse regels", "Wat in Nederland anders is.", "report", netherlands.RULES),
    Family(
        "societal",
        "Maatschappelijk aanbesteden",
        "Contractvorm, bekostiging, en overeenkomst of subsidie.",
        "all",
        societal.RULES,
    ),
)
BY_FAMILY = {family.code: family for family in FAMILIES}
RULES: dict[str, Rule] = {rule.code: rule for family in FAMILIES for rule in family.rules}


@functools.cache
def question(code: str) -> Question:
    """Return the question with this code: a family, a rule, or everything about a purchase.

    Raises :class:`UnknownQuestion`.
    """
    if code == PURCHASE:
        return Question(code, tuple(RULES.values()), "report", BASICS)
    if code in BY_FAMILY:
        family = BY_FAMILY[code]
        return Question(code, family.rules, family.combine, family.required)
    if code in RULES:
        return Question(code, (RULES[code],), "one")
    raise UnknownQuestion(code)


@functools.cache
def catalogue_hash() -> str:
    """Return a hash of the code of all rules, so that a replay can say whether the rules themselves changed."""
    modules = sorted({type(rule).__module__ for rule in RULES.values()})
    sources = (inspect.getsource(__import__(name, fromlist=["_"])) for name in modules)
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()
