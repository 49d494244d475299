"""Lots, parts and groups of lots of an eForms notice."""

from __future__ import annotations

from koopkracht.exchange.formats.eforms_tree import Block, pointer
from koopkracht.exchange.formats.eforms_values import (
    codes,
    first,
    money,
    published_date,
    quantity,
    texts,
    values,
)
from koopkracht.exchange.formats.notice_records import (
    AwardCriterion,
    CriterionParameter,
    Issue,
    LotRecord,
    StrategicCodes,
    Texts,
)

__all__ = ["read_lots"]

_KINDS = {"lot": "Lot", "part": "Part", "lotsgroup": "LotsGroup"}
_KIND_BY_START = {"LOT": "Lot", "PAR": "Part", "GLO": "LotsGroup"}


def read_lots(notice: Block) -> tuple[tuple[LotRecord, ...], list[Issue]]:
    """Return all lots, parts and groups of lots in document order."""
    lots: list[LotRecord] = []
    issues: list[Issue] = []
    seen: set[str] = set()
    for block in notice.inside("lot"):
        lot = _lot(block)
        if lot.id in seen:
            issues.append(
                Issue(
                    "warning",
                    "lot-double",
                    f"Perceel {lot.id} staat meer dan één keer in de aankondiging.",
                    lot.pointer,
                )
            )
        seen.add(lot.id)
        lots.append(lot)
        issues.extend(_strategic_issues(lot))
    return tuple(lots), issues


def _kind(block: Block) -> str:
    """Tell lot, part and group apart: by scheme name, or by the id where the notice leaves the scheme out."""
    for identifier, scheme in block.values.get("id", ()):
        return _KINDS.get(scheme.lower()) or _KIND_BY_START.get(identifier.strip()[:3].upper(), "Lot")
    return "Lot"


def _lot(block: Block) -> LotRecord:
    return LotRecord(
        id=first(block, "id") or "",
        kind=_kind(block),
        titles=texts(block, "title"),
        descriptions=texts(block, "description", keep_lines=True),
        internal_id=first(block, "internal_id"),
        nature=first(block, "nature"),
        main_cpv=first(block, "main_cpv"),
        additional_cpv=values(block, "additional_cpv"),
        estimated_value=money(block, "estimated_value"),
        framework_maximum=money(block, "framework_maximum"),
        nuts=tuple(code for place in block.inside("place") for code in values(place, "nuts")),
        strategic=_strategic(block),
        reserved_participation=_coded(block, "requirement", "reserved-procurement"),
        reserved_execution=_coded(block, "execution_requirement", "reserved-execution"),
        performance_terms=_performance_terms(block),
        staff_qualification=first(block, "staff_qualification"),
        legal_form=first(block, "legal_form"),
        sme_suitable=first(block, "sme_suitable"),
        framework=codes(block, "contracting_system", "framework-agreement"),
        dynamic_purchasing=codes(block, "contracting_system", "dps-usage"),
        eu_funds=values(block, "eu_funds"),
        tender_deadline=published_date(block, "tender_deadline"),
        request_deadline=published_date(block, "request_deadline"),
        start=published_date(block, "start_date"),
        end=published_date(block, "end_date"),
        duration=quantity(block, "duration"),
        renewals_max=first(block, "renewals_max"),
        criteria=tuple(_criterion(criterion) for criterion in block.inside("criterion")),
        pointer=pointer(block.element),
    )


def _coded(block: Block, inside: str, list_name: str) -> tuple[str, ...]:
    return tuple(code for part in block.inside(inside) for code in codes(part, "code", list_name))


def _strategic(block: Block) -> StrategicCodes:
    return StrategicCodes(
        goals=_coded(block, "additional_type", "strategic-procurement"),
        green=_coded(block, "additional_type", "environmental-impact"),
        social=_coded(block, "additional_type", "social-objective"),
        innovation=_coded(block, "additional_type", "innovative-acquisition"),
        gpp_criteria=_coded(block, "additional_type", "gpp-criteria"),
        accessibility=_coded(block, "additional_type", "accessibility"),
        goal_descriptions=tuple(
            text
            for part in block.inside("additional_type")
            if codes(part, "code", "strategic-procurement")
            for text in values(part, "description")
        ),
    )


def _strategic_issues(lot: LotRecord) -> list[Issue]:
    strategic = lot.strategic
    details = strategic.green or strategic.social or strategic.innovation
    if details and not strategic.goals:
        return [
            Issue(
                "info",
                "strategic-without-goal",
                f"{lot.id} noemt een milieu-, sociaal of innovatief doel, maar het hoofdveld (BT-06) ontbreekt. "
                "We tellen het doel mee.",
                lot.pointer,
            )
        ]
    if details and strategic.goals == ("none",):
        return [
            Issue(
                "warning",
                "strategic-contradiction",
                f"{lot.id} zegt dat er geen strategisch doel is, maar noemt er toch een. We bewaren allebei.",
                lot.pointer,
            )
        ]
    return []


def _performance_terms(block: Block) -> Texts:
    found: dict[str, str] = {}
    for part in block.inside("execution_requirement"):
        if codes(part, "code", "conditions"):
            found.update(texts(part, "description", keep_lines=True))
    return found


def _criterion(block: Block) -> AwardCriterion:
    return AwardCriterion(
        type=first(block, "type"),
        names=texts(block, "name"),
        descriptions=texts(block, "description", keep_lines=True),
        parameters=tuple(_parameter(parameter) for parameter in block.inside("parameter")),
    )


def _parameter(block: Block) -> CriterionParameter:
    coded = block.values.get("code", [])
    return CriterionParameter(
        kind=coded[0][1] if coded else "",
        code=first(block, "code"),
        value=first(block, "value"),
    )
