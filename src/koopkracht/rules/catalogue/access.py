"""Access barriers for small and social enterprises, with the figures of a survey."""

from __future__ import annotations

from typing import ClassVar

from koopkracht.rules.engine.rule import Ask, Decision, Rule, met, not_met, percent
from koopkracht.rules.types import Ground, Kind

SURVEY = "Magazine Maatschappelijk aanbesteden, bevraging van sociale ondernemers"


class _Barrier(Rule):
    family = "access"
    kind = Kind.ADVICE
    ground = Ground.PRACTICE
    jurisdiction = "any"
    article = SURVEY
    facts = ("barriers",)
    barrier: ClassVar[str]
    name: ClassVar[str]

    def decide(self, ask: Ask) -> Decision:
        """Not asked is fine; asked needs a reason, with the share it shuts out."""
        if self.barrier not in ask.choices("barriers"):
            return met(f"U vraagt geen {self.name}.")
        share = self.share(ask)
        if ask.facts.get("barrier_motivated"):
            return met(f"{share}U motiveerde de eis.")
        return not_met(f"{share}Schrap de eis of motiveer waarom ze nodig is.")

    def share(self, ask: Ask) -> str:
        """Say how many the survey says cannot meet it."""
        value = ask.limit(self.parameters[0])
        return f"In een bevraging kon {percent(value)} van de sociale ondernemers hier niet aan voldoen. "


class TurnoverBarrier(_Barrier):
    """Turnover shuts out most."""

    code = "KK-ACC-01"
    statement = "Een omzeteis sluit sociale ondernemers niet onnodig uit."
    parameters = ("barrier_turnover_pct",)
    barrier = "turnover"
    name = "omzet"


class AnbiBarrier(_Barrier):
    """The Dutch status for charities."""

    code = "KK-ACC-02"
    statement = "Een ANBI-status als eis sluit sociale ondernemers niet onnodig uit."
    parameters = ("barrier_anbi_pct",)
    barrier = "anbi"
    name = "ANBI-status"


class ExperienceBarrier(_Barrier):
    """Experience with this kind of tender."""

    code = "KK-ACC-03"
    statement = "Een eis over ervaring sluit sociale ondernemers niet onnodig uit."
    parameters = ("barrier_experience_pct",)
    barrier = "experience"
    name = "ervaring met zulke aanbestedingen"


class AgeBarrier(_Barrier):
    """Years of existence: named as an obstacle, without a figure."""

    code = "KK-ACC-04"
    statement = "Een eis over het aantal jaren bestaan sluit sociale ondernemers niet onnodig uit."
    barrier = "age"
    name = "aantal jaren bestaan"

    def share(self, ask: Ask) -> str:
        """No figure is known."""
        ask.need("barriers")
        return "Nieuwe partijen noemen dit een drempel; een cijfer is er niet. "


RULES = (TurnoverBarrier(), AnbiBarrier(), ExperienceBarrier(), AgeBarrier())
