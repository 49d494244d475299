"""The ready measures: their words come from ``content/measures``, their values from the rollups and the registers.

Everything is whole cents and counts; a share is divided once, at the end. CF-01, CF-02, CF-05 and F-01, F-02 of the
requirements are all "a part of a whole per year" over other parts and wholes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from django.db.models import Sum

from koopkracht.award import api as award
from koopkracht.catalogue import api as catalogue
from koopkracht.contracts import api as contracts
from koopkracht.dossiers import api as dossiers
from koopkracht.dossiers.types import StrategicFigures
from koopkracht.market.types.suppliers import SupplierKind
from koopkracht.monitoring.errors import UnknownMeasureParameter
from koopkracht.monitoring.models import GroupYear, KindYear, YearTotal
from koopkracht.monitoring.types import EURO, MeasureDefinition, MeasureValue
from koopkracht.shared import clock
from koopkracht.shared.money import from_cents
from koopkracht.shared.periods import Period

_STEP = Decimal("0.000001")
_YEARS_OF_NOTICES = 6
_LINKS_SHOWN = 24
VALUE_OVER, MONTHS_AT_LEAST = Decimal(450_000), 48
"""Scope of CF-02 when an indicator says nothing else (PG-2.2-09)."""
SCOPED = "subcontracting-share"
"""The measure that looks only at contracts within a scope."""


@lru_cache(maxsize=1)
def _content() -> Mapping[str, Any]:
    text = (files("koopkracht.content") / "measures" / "measures.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, MeasureDefinition]:
    """Return all measures by code, in the order of the file."""
    found = {}
    for entry in _content()["measures"]:
        values: dict[str, Any] = dict(entry)
        for name in ("caveats", "based_on", "parameters"):
            values[name] = tuple(values[name])
        found[entry["code"]] = MeasureDefinition(**values)
    return found


def themes() -> tuple[tuple[str, str, str], ...]:
    """Return the themes of reports: code, name and the strategic goal they serve (PL-2-01, PL-3.2-03)."""
    goals = _content()["strategic_goals"]
    return tuple((one["code"], one["name"], goals[one["strategic_goal"]]) for one in _content()["themes"])


@lru_cache(maxsize=1)
def ready() -> Mapping[str, Mapping[str, Any]]:
    """Return the ready indicators by code, as the content writes them."""
    text = (files("koopkracht.content") / "measures" / "ready.yaml").read_text(encoding="utf-8")
    return {one["code"]: one for one in yaml.safe_load(text)["ready"]}


def as_markdown() -> str:
    """Return the page ``docs/rules/measures.md``: every measure in words."""
    lines = [
        "# Cijfers die een indicator kan volgen",
        "",
        "Deze pagina volgt `src/koopkracht/content/measures/measures.yaml`; een test vergelijkt de twee. Koopkracht",
        "berekent deze cijfers per jaar uit de ingeladen gegevens. Bedragen zijn euro zonder btw. Een aandeel zonder",
        "noemer is leeg, nooit nul. De rekenregels voor streefwaarden staan onderaan.",
    ]
    for one in definitions().values():
        lines += ["", f"## {one.name} (`{one.code}`)", "", one.definition, "", f"- Teller: {one.numerator}"]
        lines += [f"- Noemer: {one.denominator}"] if one.denominator else []
        lines += [f"- Bron: {one.source}", f"- Geldig vanaf: {one.valid_from}"]
        lines += ["- De teller vult u zelf in; de rest rekent Koopkracht."] if one.entry else []
        lines += [f"- Let op: {caveat}" for caveat in one.caveats]
        lines += [f"- Steunt op: {', '.join(one.based_on)}"]
    return "\n".join([*lines, "", *_RULES]) + "\n"


_RULES = (
    "## Rekenregels",
    "",
    "- Verschil = waarde min streefwaarde. Bereikt = waarde gedeeld door streefwaarde. Zonder streefwaarde zijn beide",
    "  leeg (CF-03). Bij 4 gevraagde en 3 gehouden bezoeken is het verschil -1 en is 75 % bereikt.",
    "- Pad: startwaarde plus de stap per jaar maal het aantal jaren. De stap van een aandeel is in punten (CF-04).",
    "- De stap per jaar en het einddoel zijn twee afspraken. Koopkracht houdt ze apart en toont beide verschillen.",
    "  Van 12,5 % in 2017 met 1 punt per jaar komt u in 2018 op 13,5 %. Voor 15 % is 2,5 punt nodig: niet op koers",
    "  (AMB-08).",
    "- Verwachting: de waarde van nu plus de afgesproken stap voor elk jaar dat rest. Zonder afgesproken stap is het",
    "  de rechte lijn door de gemeten jaren die voorbij zijn (F-03). Daarvoor zijn minstens twee jaren nodig.",
    "- Zonder afgesproken stap is het pad de rechte lijn van de startwaarde naar het einddoel.",
    "- Een minimum is gehaald als teller ≥ minimum × noemer, zonder afronding: 80.000 van 100.000 haalt 80 % (CF-05).",
    "- Een indicator staat op «geen gegevens» als een periode voorbij is, de indicator toen al actief was, en er geen",
    "  waarde is.",
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one computation is about."""

    organisation_id: int
    parameters: Mapping[str, Any]
    entered: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the chosen product groups; none means all spend."""
        return group_codes(self.parameters.get("product_groups", ()))


def group_codes(chosen: Iterable[str]) -> tuple[str, ...]:
    """Return product groups, with a segment code standing for all its groups."""
    wanted = list(chosen)
    members: dict[str, list[str]] = {}
    for group in catalogue.product_groups():
        members.setdefault(group.segment.code, []).append(group.code)
    found = [code for one in wanted for code in members.get(one, [one])]
    return tuple(dict.fromkeys(found))


def compute(
    *,
    organisation_id: int,
    code: str,
    parameters: Mapping[str, Any] | None = None,
    entered: Mapping[int, Decimal] | None = None,
) -> tuple[MeasureValue, ...]:
    """Return a measure per year, oldest first. ``entered`` holds, per year, the EUR that people entered.

    Raises ``KeyError`` for a code that the content does not have, and ``UnknownMeasureParameter`` for a parameter that
    the measure does not know: leaving it out in silence would give a figure about something else.
    """
    unknown = set(parameters or {}) - set(definitions()[code].parameters)
    if unknown:
        raise UnknownMeasureParameter(code, sorted(unknown))
    return _COMPUTE[definitions()[code].code](_Asked(organisation_id, parameters or {}, entered or {}))


def _ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(_STEP, rounding=ROUND_HALF_EVEN)


def _page(page: str, label: str = "", arguments: Mapping[str, Any] | None = None, **parameters: Any) -> dict[str, Any]:
    return {"page": page, "label": label, "arguments": dict(arguments or {}), "parameters": parameters}


# --- spend -----------------------------------------------------------------------------------------------------

_COLUMNS = ("cents", "lines", "social_cents", "sme_cents", "size_unknown_cents", "kind_unknown_cents")


def _spend(asked: _Asked) -> list[dict[str, int]]:
    """Return the sums per year in EUR, oldest first: of the chosen groups, or of everything."""
    rows: Any
    if asked.parameters.get("product_groups"):
        rows = GroupYear.objects.of(asked.organisation_id).filter(product_group__in=asked.groups)
    else:
        rows = YearTotal.objects.of(asked.organisation_id)
    sums = {name: Sum(name) for name in _COLUMNS}
    return list(rows.filter(currency=EURO).order_by("year").values("year").annotate(**sums))


def _spend_pages(asked: _Asked, year: int) -> tuple[Mapping[str, Any], ...]:
    if not asked.parameters.get("product_groups"):
        return (_page("spend", jaar=year), _page("lines", jaar=year))
    return tuple(_page("group", code, {"code": code}, jaar=year) for code in asked.groups[:_LINKS_SHOWN])


def _spend_share(part: str, unknown: str) -> Callable[[_Asked], tuple[MeasureValue, ...]]:
    """Return the share of one column; of nothing known the share is unknown, never 0."""

    def answer(asked: _Asked) -> tuple[MeasureValue, ...]:
        found = []
        for row in _spend(asked):
            known = row["cents"] != row[unknown]
            found.append(
                MeasureValue(
                    year=row["year"],
                    value=_ratio(row[part], row["cents"]) if known else None,
                    numerator=from_cents(row[part]) if known else None,
                    denominator=from_cents(row["cents"]),
                    pages=_spend_pages(asked, row["year"]),
                    counted={"lines": row["lines"]},
                )
            )
        return tuple(found)

    return answer


def _social_amount(asked: _Asked) -> tuple[MeasureValue, ...]:
    return tuple(
        MeasureValue(
            year=row["year"],
            value=from_cents(row["social_cents"]) if row["cents"] != row["kind_unknown_cents"] else None,
            pages=_spend_pages(asked, row["year"]),
            counted={"lines": row["lines"]},
        )
        for row in _spend(asked)
    )


def _social_with_subcontracting(asked: _Asked) -> tuple[MeasureValue, ...]:
    """Return CF-01 with subcontracting: unknown in each year for which nobody entered the amount (AMB-25)."""
    found = []
    for row in _spend(asked):
        # Of nothing known the direct part is unknown too, as in CF-01 without subcontracting.
        more = asked.entered.get(row["year"]) if row["cents"] != row["kind_unknown_cents"] else None
        whole = from_cents(row["cents"])
        part = None if more is None else from_cents(row["social_cents"]) + more
        found.append(
            MeasureValue(
                year=row["year"],
                value=None if part is None else _ratio(part, whole),
                numerator=part,
                denominator=whole,
                pages=_spend_pages(asked, row["year"]),
                counted={"lines": row["lines"]},
            )
        )
    return tuple(found)


def _innovative_spend(asked: _Asked) -> tuple[MeasureValue, ...]:
    """Return F-02: what people judged innovative, over all spend of the year."""
    found = []
    for row in _spend(asked):
        part, whole = asked.entered.get(row["year"]), from_cents(row["cents"])
        value = None if part is None else _ratio(part, whole)
        found.append(MeasureValue(row["year"], value, part, whole, _spend_pages(asked, row["year"])))
    return tuple(found)


def _social_suppliers(asked: _Asked) -> tuple[MeasureValue, ...]:
    years = YearTotal.objects.of(asked.organisation_id).filter(currency=EURO).order_by("year")
    rows = KindYear.objects.of(asked.organisation_id).filter(currency=EURO, kind=SupplierKind.SOCIAL_ECONOMY.value)
    known = dict(rows.order_by().values_list("year").annotate(number=Sum("suppliers")))
    return tuple(
        MeasureValue(
            year, None if cents == unknown else Decimal(known.get(year, 0)), pages=(_page("spend", jaar=year),)
        )
        for year, cents, unknown in years.values_list("year", "cents", "kind_unknown_cents")
    )


# --- contracts -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContractScope:
    """Which contracts CF-02 is about: their natures, a value strictly over (EUR), and a duration in months."""

    natures: tuple[str, ...]
    value_over: Decimal
    months_at_least: int


def contract_scope(parameters: Mapping[str, Any]) -> ContractScope:
    """Return the scope that an indicator asks for, with ours for what it leaves open."""
    return ContractScope(
        natures=tuple(parameters.get("natures", ("works", "services"))),
        value_over=Decimal(str(parameters.get("value_over", VALUE_OVER))),
        months_at_least=int(parameters.get("months_at_least", MONTHS_AT_LEAST)),
    )


def _subcontracting(asked: _Asked) -> tuple[MeasureValue, ...]:
    """Return CF-02: amounts to social subcontractors over the contracts in scope, per year of conclusion."""
    scope = contract_scope(asked.parameters)
    rows = contracts.contracts_in_scope(
        organisation_id=asked.organisation_id,
        natures=scope.natures,
        value_over=scope.value_over,
        months_at_least=scope.months_at_least,
    )
    years: dict[int, list[Any]] = {}
    for row in rows:
        years.setdefault(row.settled_on.year, []).append(row)
    found = []
    for year, ones in sorted(years.items()):
        part, whole = asked.entered.get(year), sum((one.value for one in ones), Decimal(0))
        pages = tuple(_page("contract", one.title, {"contract_id": one.id}) for one in ones[:_LINKS_SHOWN])
        value = None if part is None else _ratio(part, whole)
        found.append(MeasureValue(year, value, part, whole, pages, {"contracts": len(ones)}))
    return tuple(found)


# --- notices ---------------------------------------------------------------------------------------------------


def _notice_years() -> tuple[int, ...]:
    last = clock.today().year
    return tuple(range(last - _YEARS_OF_NOTICES + 1, last + 1))


def _lots(
    read: Callable[[StrategicFigures], int | Decimal], *, share: bool, goal: str = ""
) -> Callable[[_Asked], tuple[MeasureValue, ...]]:
    """Return a figure over the own lots that were announced in a year; a year without lots has no value."""

    def answer(asked: _Asked) -> tuple[MeasureValue, ...]:
        found = []
        for year in _notice_years():
            of_year = Period.calendar_year(year)
            lots = dossiers.strategic_figures(
                organisation_id=asked.organisation_id, start=of_year.start, end=of_year.end
            )
            if not lots.lots:
                continue
            part = Decimal(read(lots))
            value = _ratio(part, lots.lots) if share else part
            page = _page("lots", van="eigen", doel=goal) if goal else _page("lots", van="eigen")
            found.append(
                MeasureValue(
                    year=year,
                    value=value,
                    numerator=part if share else None,
                    denominator=Decimal(lots.lots) if share else None,
                    pages=(page,),
                    counted={"lots": lots.lots},
                )
            )
        return tuple(found)

    return answer


def _single(*, share: bool) -> Callable[[_Asked], tuple[MeasureValue, ...]]:
    def answer(asked: _Asked) -> tuple[MeasureValue, ...]:
        found = []
        for year in _notice_years():
            of_year = Period.calendar_year(year)
            tenders = award.tender_figures(organisation_id=asked.organisation_id, start=of_year.start, end=of_year.end)
            if not tenders.with_count:
                continue
            single, known = Decimal(tenders.single), Decimal(tenders.with_count)
            found.append(
                MeasureValue(
                    year=year,
                    value=_ratio(single, known) if share else single,
                    numerator=single if share else None,
                    denominator=known if share else None,
                    pages=(_page("notices", van="eigen"),),
                    counted={"results": tenders.results},
                )
            )
        return tuple(found)

    return answer


_COMPUTE: Mapping[str, Callable[[_Asked], tuple[MeasureValue, ...]]] = {
    "social-share": _spend_share("social_cents", "kind_unknown_cents"),
    "social-share-subcontracting": _social_with_subcontracting,
    "social-amount": _social_amount,
    "social-suppliers": _social_suppliers,
    SCOPED: _subcontracting,
    "reserved-lots": _lots(lambda lots: lots.reserved, share=False, goal="voorbehouden"),
    "reserved-value": _lots(lambda lots: lots.reserved_value, share=False, goal="voorbehouden"),
    "sustainable-lots": _lots(lambda lots: lots.sustainable, share=True),
    "strategic-lots": _lots(lambda lots: lots.strategic, share=True),
    "green-lots": _lots(lambda lots: lots.green, share=True, goal="groen"),
    "innovative-lots": _lots(lambda lots: lots.innovative, share=True, goal="innovatie"),
    "innovative-spend": _innovative_spend,
    "sme-share": _spend_share("sme_cents", "size_unknown_cents"),
    "single-tender-share": _single(share=True),
    "single-tenders": _single(share=False),
    "published-lots": _lots(lambda lots: lots.lots, share=False),
}
