"""Awards in the notices that TED published before eForms: one block per contract or per lot without award."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from koopkracht.exchange.formats.eforms_tree import pointer
from koopkracht.exchange.formats.notice_records import (
    ContractRecord,
    Issue,
    LotResultRecord,
    Money,
    Organisation,
    PublishedDate,
    Statistic,
    TenderRecord,
    Winner,
)
from koopkracht.exchange.formats.ted_legacy_parts import descendants, money, only, organisation, text

__all__ = ["Awards", "read_awards"]

_COUNTS = {
    "NB_TENDERS_RECEIVED": "tenders",
    "NB_TENDERS_RECEIVED_SME": "t-sme",
    "NB_TENDERS_RECEIVED_OTHER_EU": "t-oth-eea",
    "NB_TENDERS_RECEIVED_NON_EU": "t-no-eea",
    "NB_TENDERS_RECEIVED_EMEANS": "t-esubm",
    "NB_PARTICIPANTS": "part-req",
}
_REASONS = {"PROCUREMENT_UNSUCCESSFUL": "no-rece", "PROCUREMENT_DISCONTINUED": "other"}


@dataclass(slots=True)
class Awards:
    """Everything read from the award blocks."""

    results: tuple[LotResultRecord, ...] = ()
    tenders: tuple[TenderRecord, ...] = ()
    contracts: tuple[ContractRecord, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    issues: list[Issue] = field(default_factory=list)


def read_awards(form: etree._Element) -> Awards:
    """Read the award blocks and the prizes of design contests of one form."""
    found = Awards()
    blocks = [("AWARD", "CONTRACTOR", node) for node in descendants(form, "AWARD_CONTRACT")]
    blocks += [("PRIZE", "WINNER", node) for node in descendants(form, "AWARDED_PRIZE")]
    for number, (kind, who, node) in enumerate(blocks, start=1):
        _award(found, f"{kind}-{number}", who, node)
    return found


def _award(found: Awards, identifier: str, who: str, node: etree._Element) -> None:
    lot_id = text(only(node, "LOT_NO")) or ""
    winners = tuple(
        organisation(winner, f"{identifier}-{position}") for position, winner in enumerate(descendants(node, who), 1)
    )
    value = next((amount for total in descendants(node, "VAL_TOTAL") if (amount := money(total))), None)
    awarded = only(node, "AWARDED_CONTRACT") is not None or bool(winners)
    found.organisations += winners
    tender_id, contract_id = f"TENDER-{identifier}", f"CONTRACT-{identifier}"
    if awarded:
        found.tenders += (
            TenderRecord(
                id=tender_id,
                lot_id=lot_id or None,
                value=value,
                members=tuple(winner.id for winner in winners),
                pointer=pointer(node),
            ),
        )
        found.contracts += (_contract(node, contract_id, tender_id, value),)
    if awarded and not winners:
        found.issues.append(
            Issue("warning", "winner-missing", "Dit contract is gegund, maar de winnaar ontbreekt.", pointer(node))
        )
    found.results += (
        LotResultRecord(
            id=identifier,
            lot_id=lot_id,
            status="selec-w" if awarded else "clos-nw" if only(node, "NO_AWARDED_CONTRACT") is not None else None,
            reason=next((code for name, code in _REASONS.items() if only(node, name) is not None), None),
            statistics=tuple(_statistics(node)),
            tender_ids=(tender_id,) if awarded else (),
            contract_ids=(contract_id,) if awarded else (),
            winning_tender_ids=(tender_id,) if awarded else (),
            winning_values=(value,) if value else (),
            winners=tuple(
                Winner(winner.id, tender_id, position == 0, winner.size) for position, winner in enumerate(winners)
            ),
            winner_basis="award-block" if winners else "",
            pointer=pointer(node),
        ),
    )


def _contract(node: etree._Element, contract_id: str, tender_id: str, value: Money | None) -> ContractRecord:
    title = text(next(descendants(node, "TITLE"), None))
    date = text(only(node, "DATE_CONCLUSION_CONTRACT"))
    return ContractRecord(
        id=contract_id,
        reference=text(only(node, "CONTRACT_NO")),
        titles={"": title} if title else {},
        conclusion_date=PublishedDate(date) if date else None,
        tender_ids=(tender_id,),
        value=value,
        pointer=pointer(node),
    )


def _statistics(node: etree._Element) -> list[Statistic]:
    return [Statistic(code, text(count)) for name, code in _COUNTS.items() for count in descendants(node, name)]
