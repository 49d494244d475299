"""The result of an eForms notice: tenders, contracts, and who won.

A winner is found in one way only: the contract that a lot result names, the tender that this contract names among
the tenders of the result, the party behind that tender and its members. Where no contract names a tender of the
result, the listed tenders are kept as candidates and marked so; nothing is guessed from their order or price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from koopkracht.exchange.formats.eforms_tree import Block, pointer
from koopkracht.exchange.formats.eforms_values import first, money, published_date, texts, values
from koopkracht.exchange.formats.notice_records import (
    ContractRecord,
    Issue,
    LotResultRecord,
    Money,
    Organisation,
    Statistic,
    TenderRecord,
    Winner,
    WinnerBasis,
)

__all__ = ["Results", "read_results"]

Members = tuple[tuple[str, bool], ...]
"""References of organisations, each with whether it leads the group."""


@dataclass(slots=True)
class Results:
    """Everything read from the result block."""

    results: tuple[LotResultRecord, ...] = ()
    tenders: tuple[TenderRecord, ...] = ()
    contracts: tuple[ContractRecord, ...] = ()
    notice_value: Money | None = None
    framework_maximum: Money | None = None
    issues: list[Issue] = field(default_factory=list)


@dataclass(slots=True)
class _Index:
    tenders: dict[str, TenderRecord]
    contracts: dict[str, ContractRecord]
    parties: Mapping[str, Members]
    organisations: dict[str, Organisation]
    lot_ids: set[str]


def read_results(block: Block, organisations: tuple[Organisation, ...], lot_ids: set[str]) -> Results:
    """Read tenders, contracts and lot results, and report links that contradict each other."""
    parties = {first(party, "id") or "": _members(party) for party in block.inside("tendering_party")}
    tenders = tuple(_tender(tender, parties) for tender in block.inside("tender"))
    contracts = tuple(_contract(contract) for contract in block.inside("contract"))
    index = _Index(
        tenders={tender.id: tender for tender in tenders},
        contracts={contract.id: contract for contract in contracts},
        parties=parties,
        organisations={organisation.id: organisation for organisation in organisations},
        lot_ids=lot_ids,
    )
    found = Results(
        tenders=tenders,
        contracts=contracts,
        notice_value=money(block, "total_value"),
        framework_maximum=money(block, "framework_maximum"),
    )
    found.results = tuple(_lot_result(result, index, found.issues) for result in block.inside("lot_result"))
    found.issues.extend(_contract_issues(contracts, index))
    return found


def _tender(block: Block, parties: Mapping[str, Members]) -> TenderRecord:
    members = sorted(parties.get(first(block, "party") or "", ()), key=lambda member: not member[1])
    subcontracting = [code for part in block.inside("subcontracting") for code in values(part, "code")]
    return TenderRecord(
        id=first(block, "id") or "",
        lot_id=first(block, "lot"),
        value=money(block, "value"),
        party_id=first(block, "party"),
        reference=first(block, "reference"),
        rank=first(block, "rank"),
        variant=first(block, "variant"),
        subcontracting=subcontracting[0] if subcontracting else None,
        members=tuple(organisation for organisation, _ in members),
        pointer=pointer(block.element),
    )


def _contract(block: Block) -> ContractRecord:
    return ContractRecord(
        id=first(block, "id") or "",
        reference=first(block, "reference"),
        titles=texts(block, "title"),
        decision_date=published_date(block, "decision_date"),
        conclusion_date=published_date(block, "conclusion_date"),
        tender_ids=values(block, "tender"),
        framework=first(block, "framework"),
        url=first(block, "uri"),
        pointer=pointer(block.element),
    )


def _members(party: Block) -> Members:
    return tuple(
        (organisation, first(tenderer, "leader") == "true")
        for tenderer in party.inside("tenderer")
        for organisation in values(tenderer, "organisation")
    )


def _lot_result(block: Block, index: _Index, issues: list[Issue]) -> LotResultRecord:
    identifier = first(block, "id") or ""
    lot_id = first(block, "lot") or ""
    tender_ids = values(block, "tender")
    contract_ids = values(block, "contract")
    status = first(block, "status")
    winning, basis = _winning_tenders(tender_ids, contract_ids, index)
    other_lot = tuple(
        tender for tender in tender_ids if tender in index.tenders and index.tenders[tender].lot_id != lot_id
    )
    result = LotResultRecord(
        id=identifier,
        lot_id=lot_id,
        status=status,
        reason=next(iter(values(block, "reason")), None),
        statistics=tuple(Statistic(first(part, "code"), first(part, "value")) for part in block.inside("statistics")),
        lowest=money(block, "lowest"),
        highest=money(block, "highest"),
        framework_maximum=money(block, "framework_maximum"),
        tender_ids=tender_ids,
        tenders_of_other_lot=other_lot,
        contract_ids=contract_ids,
        winning_tender_ids=winning,
        winning_values=tuple(
            value for tender in winning if tender in index.tenders and (value := index.tenders[tender].value)
        ),
        winners=_winners(winning, index),
        winner_basis=basis,
        pointer=pointer(block.element),
    )
    issues.extend(_result_issues(result, index))
    return result


def _winning_tenders(
    tender_ids: tuple[str, ...], contract_ids: tuple[str, ...], index: _Index
) -> tuple[tuple[str, ...], WinnerBasis]:
    in_contract = {
        tender
        for contract_id in contract_ids
        if contract_id in index.contracts
        for tender in index.contracts[contract_id].tender_ids
    }
    won = tuple(tender for tender in tender_ids if tender in in_contract)
    if won:
        return won, "contract"
    return (tender_ids, "listed-tenders") if tender_ids else ((), "")


def _winners(tender_ids: tuple[str, ...], index: _Index) -> tuple[Winner, ...]:
    winners: list[Winner] = []
    seen: set[tuple[str, str]] = set()
    for tender_id in tender_ids:
        tender = index.tenders.get(tender_id)
        for organisation_id, leader in index.parties.get(tender.party_id or "", ()) if tender else ():
            if (tender_id, organisation_id) in seen:
                continue
            seen.add((tender_id, organisation_id))
            known = index.organisations.get(organisation_id)
            winners.append(Winner(organisation_id, tender_id, leader, known.size if known else None))
    return tuple(winners)


def _result_issues(result: LotResultRecord, index: _Index) -> list[Issue]:
    found: list[tuple[str, str]] = []
    if result.lot_id not in index.lot_ids:
        found.append(
            ("result-unknown-lot", f"{result.id} gaat over {result.lot_id or 'geen perceel'}, dat niet bestaat.")
        )
    if result.tenders_of_other_lot:
        tenders = ", ".join(result.tenders_of_other_lot)
        found.append(
            ("result-tender-of-other-lot", f"{result.id} verwijst naar offertes van een ander perceel: {tenders}.")
        )
    missing = [tender for tender in result.tender_ids if tender not in index.tenders]
    missing += [contract for contract in result.contract_ids if contract not in index.contracts]
    if missing:
        found.append(
            ("result-missing-reference", f"{result.id} verwijst naar {', '.join(missing)}, maar dat ontbreekt.")
        )
    found.extend(_winner_issues(result))
    if result.count_basis == "uncoded":
        found.append(
            (
                "tender-count-uncoded",
                f"{result.id} geeft het aantal offertes zonder soort. We tellen het als het totale aantal.",
            )
        )
    return [
        Issue("info" if code == "tender-count-uncoded" else "warning", code, message, result.pointer)
        for code, message in found
    ]


def _winner_issues(result: LotResultRecord) -> list[tuple[str, str]]:
    if result.winner_basis == "listed-tenders" and result.status in {"selec-w", None}:
        message = (
            f"Geen contract van {result.id} noemt een offerte van dit perceel. De genoemde inschrijvers zijn "
            "mogelijke winnaars; we tellen ze niet als bewezen winnaar."
        )
        return [("winner-not-proven", message)]
    if result.status == "selec-w" and not result.winners:
        return [("winner-missing", f"{result.id} heeft een winnaar, maar de aankondiging zegt niet wie.")]
    if result.status == "clos-nw" and result.winners:
        return [("winner-contradiction", f"{result.id} is niet gegund, maar noemt toch een winnaar.")]
    return []


def _contract_issues(contracts: tuple[ContractRecord, ...], index: _Index) -> list[Issue]:
    issues = []
    for contract in contracts:
        missing = [tender for tender in contract.tender_ids if tender not in index.tenders]
        if not contract.tender_ids:
            message = f"Contract {contract.reference or contract.id} noemt geen offerte."
            issues.append(Issue("warning", "contract-without-tender", message, contract.pointer))
        elif missing:
            message = f"Contract {contract.id} verwijst naar {', '.join(missing)}, maar die offerte ontbreekt."
            issues.append(Issue("warning", "contract-missing-tender", message, contract.pointer))
        parties = {index.tenders[tender].party_id for tender in contract.tender_ids if tender in index.tenders}
        if len(parties) > 1:
            message = f"Contract {contract.reference or contract.id} noemt offertes van {len(parties)} inschrijvers."
            issues.append(Issue("warning", "contract-several-parties", message, contract.pointer))
    return issues
