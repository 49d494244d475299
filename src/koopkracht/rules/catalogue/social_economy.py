"""Flemish social economy: which recognition and support exist on a date, and the chain trajectory of the toolbox."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from koopkracht.rules.engine.rule import Ask, Decision, Rule, Unsure, eur, long_date, met, not_met, percent
from koopkracht.rules.tables.calendar import add_months
from koopkracht.rules.types import Ground, Kind

TOOLBOX = "Toolbox sociaal verantwoorde werkkledij (praktijk, geen wet)"


class _SocialEconomy(Rule):
    family = "social_economy"
    kind = Kind.INSTRUMENT


class SupportMeasure(_SocialEconomy):
    """Since July 2023 individual support replaces four older measures."""

    code = "BE-SE-01"
    statement = "De steunmaatregel staat op deze datum open voor nieuwe aanvragen."
    article = "Decreet 14-01-2022; besluit van de Vlaamse Regering 15-07-2022"
    facts = ("support_measure",)
    parameters = ("individueel_maatwerk", "lde_stop", "sine_stop", "maatwerkafdeling")

    def decide(self, ask: Ask) -> Decision:
        """Let the launch date tell on which side of the change we are."""
        new = ask.knows("individueel_maatwerk")
        if new:
            ask.value("individueel_maatwerk")
        elif ask.knows("maatwerkafdeling"):
            ask.value("maatwerkafdeling")
        if ask.text("support_measure") == "individueel_maatwerk":
            return (
                met("Individueel maatwerk bestaat sinds 1 juli 2023.")
                if new
                else not_met("Individueel maatwerk begint op 1 juli 2023.")
            )
        if new:
            return not_met("Sinds 1 juli 2023 zijn er geen nieuwe aanvragen meer. Vraag naar individueel maatwerk.")
        return met("De maatregel bestond op deze datum nog.")


class SocialWorkshop(_SocialEconomy):
    """Twenty full-time target workers and sixty-five percent."""

    code = "BE-SE-02"
    statement = "De onderneming haalt de cijfers van een maatwerkbedrijf."
    article = "Decreet 12-07-2013 art. 4"
    facts = ("fte_target_workers", "social_turnover_percent")
    parameters = ("maatwerkbedrijf",)
    in_force_from = dt.date(2019, 1, 1)

    def decide(self, ask: Ask) -> Decision:
        """Both figures."""
        value = ask.value("maatwerkbedrijf")
        fte, share = ask.number("fte_target_workers"), ask.amount("social_turnover_percent")
        text = (
            f"{fte} voltijdse doelgroepwerknemers (minstens {value['min_fte_target_workers']}) en {percent(share)} "
            f"(minstens {percent(value['min_pct_target_workers'])})."
        )
        enough = fte >= value["min_fte_target_workers"] and share >= value["min_pct_target_workers"]
        return met(text) if enough else not_met(text)


class SupportDecree(_SocialEconomy):
    """The decree is shown until the end of 2025; what follows was not found."""

    code = "BE-SE-03"
    statement = "Het Ondersteuningsdecreet geeft de gemeente een regierol in de sociale economie."
    article = "Decreet 17-02-2012"
    facts = ("social_aim",)
    parameters = ("ondersteuningsdecreet",)

    def applies(self, ask: Ask) -> bool:
        """Only when work for target groups is the aim."""
        return ask.facts.get("social_aim") in {"employment", "reserved"}

    def decide(self, ask: Ask) -> Decision:
        """After 2025 a person looks for the successor."""
        if not ask.knows("ondersteuningsdecreet"):
            raise Unsure("de artikelen staan tot 31 december 2025 in de Codex en een opvolger is na te gaan.")
        ask.value("ondersteuningsdecreet")
        return met("De artikelen gelden op deze datum.")


class _Chain(Rule):
    family = "chain"
    kind = Kind.TERM
    ground = Ground.PRACTICE
    article = TOOLBOX
    facts: ClassVar[tuple[str, ...]] = ("contract_started_on",)
    in_force_from = dt.date(2018, 4, 1)

    def applies(self, ask: Ask) -> bool:
        """Only when the chain matters."""
        return super().applies(ask) and ask.facts.get("social_aim") == "chain"

    def step(self, ask: Ask, code: str, text: str, *, after: int = 0) -> Decision:
        """Return the day a step is due."""
        day = add_months(ask.day("contract_started_on"), after + ask.days(code))
        return met(f"{text}: tegen {long_date(day)}.", date=day)


class FirstReport(_Chain):
    """Transparency."""

    code = "BE-CHAIN-01"
    statement = "Het eerste risico- of auditrapport heeft een datum."
    parameters = ("toolbox_transparency_months",)

    def decide(self, ask: Ask) -> Decision:
        """Six months after the start."""
        return self.step(ask, "toolbox_transparency_months", "Eerste rapport, nagekeken door een derde")


class ActionPlan(_Chain):
    """Action."""

    code = "BE-CHAIN-02"
    statement = "Het actieplan of de instap in een systeem heeft een datum."
    parameters = ("toolbox_action_months",)

    def decide(self, ask: Ask) -> Decision:
        """Nine months after the start."""
        return self.step(ask, "toolbox_action_months", "Actieplan of instap in een managementsysteem")


class NextReport(_Chain):
    """Another report a year after the first."""

    code = "BE-CHAIN-03"
    statement = "Het volgende rapport heeft een datum."
    parameters = ("toolbox_transparency_months", "toolbox_next_report_months")

    def decide(self, ask: Ask) -> Decision:
        """Count from the first report."""
        first = ask.days("toolbox_transparency_months")
        return self.step(ask, "toolbox_next_report_months", "Volgend rapport", after=first)


class Leadership(_Chain):
    """Two good reports, or two years in a system."""

    code = "BE-CHAIN-04"
    statement = "De leverancier toont leiderschap in de keten."
    kind = Kind.ADVICE
    facts = ("chain_reports_positive", "years_in_system")
    parameters = ("toolbox_leadership",)

    def applies(self, ask: Ask) -> bool:
        """Whenever both figures are known."""
        return ask.has(*self.facts)

    def decide(self, ask: Ask) -> Decision:
        """Either way is enough."""
        least = ask.days("toolbox_leadership")
        reports, years = ask.number("chain_reports_positive"), ask.number("years_in_system")
        text = (
            f"{reports} rapporten met stijgende lijn en {years} jaar in een "
            f"systeem; {least} van een van beide volstaat."
        )
        return met(text) if max(reports, years) >= least else not_met(text)


class GhentScope(Rule):
    """The scope of the Ghent menu, as an example of city policy."""

    code = "BE-PRAC-01"
    family = "practice"
    kind = Kind.ADVICE
    ground = Ground.PRACTICE
    statement = "De opdracht is groot en lang genoeg voor een menu van sociale acties zoals in Gent."
    article = "Praktijkgids, case 6 (beleid van een stad, geen wet)"
    facts = ("estimated_value", "duration_months", "social_aim")
    parameters = ("gent_menu_scope",)
    in_force_from = dt.date(2018, 1, 1)

    def applies(self, ask: Ask) -> bool:
        """Only when work is the aim."""
        return super().applies(ask) and ask.text("social_aim") == "employment"

    def decide(self, ask: Ask) -> Decision:
        """Both strictly more."""
        value = ask.value("gent_menu_scope")
        months, amount = ask.number("duration_months"), ask.amount("estimated_value")
        least_months, least = value["min_duration_months_over"], value["min_value_over"]
        text = (
            f"{months} maanden en {eur(amount)}; Gent neemt meer dan {least_months} maanden en meer dan {eur(least)}."
        )
        return met(text) if months > least_months and amount > least else not_met(text)


class GhentQuota(Rule):
    """There is no formula for the number of actions; the buyer sets it."""

    code = "BE-PRAC-02"
    family = "practice"
    kind = Kind.ADVICE
    ground = Ground.PRACTICE
    statement = "Er bestaat een openbare formule voor het aantal sociale acties."
    article = "Praktijkgids, case 6 (beleid van een stad, geen wet)"
    facts = ("social_aim",)
    parameters = ("gent_menu_quota",)
    in_force_from = dt.date(2018, 1, 1)

    def applies(self, ask: Ask) -> bool:
        """Only when work is the aim."""
        return ask.facts.get("social_aim") == "employment"

    def decide(self, ask: Ask) -> Decision:
        """One example is no formula."""
        value = ask.value("gent_menu_quota")
        raise Unsure(
            f"een voorbeeld van {eur(value['contract_eur'])} met {value['actions']} "
            f"acties in {value['duration_years']} jaar is geen "
            "formule. Bepaal het quotum zelf."
        )


RULES = (SupportMeasure(), SocialWorkshop(), SupportDecree())
CHAIN = (FirstReport(), ActionPlan(), NextReport(), Leadership())
PRACTICE = (GhentScope(), GhentQuota())
