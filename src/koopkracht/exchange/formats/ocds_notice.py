"""An OCDS process as the neutral notice record, so that it enters the same register as an eForms notice.

The words of OCDS become those of eForms where they mean the same; a code without an honest twin stays as published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from koopkracht.exchange.formats.notice_records import (
    BuyerRecord,
    ContractRecord,
    Issue,
    LotRecord,
    LotResultRecord,
    Money,
    NoticeRecord,
    Organisation,
    PublishedDate,
    Quantity,
    Statistic,
    StrategicCodes,
    TenderRecord,
    Texts,
    Winner,
)
from koopkracht.exchange.formats.ocds import OcdsProcess

__all__ = ["WHOLE_PROCEDURE", "to_notice"]

WHOLE_PROCEDURE: Final = "LOT-0000"
"""The lot of a process that names no lots, as eForms numbers it."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
_METHODS: Final = {"open": "open", "limited": "neg-wo-call", "direct": "neg-wo-call"}
_NATURES: Final = {"goods": "supplies", "works": "works", "services": "services"}
_RESERVED: Final = {"shelteredWorkshop": "res-ws", "publicServiceMissionOrganization": "res-pub-ser"}
_GOALS: Final = {"environmental": "env-imp", "social": "soc-obj", "economic.innovativePurchase": "inn-pur"}
_AWARD_STATES: Final = {"active": "selec-w", "unsuccessful": "clos-nw", "cancelled": "clos-nw", "pending": "open-nw"}


def to_notice(process: OcdsProcess) -> NoticeRecord:
    """Turn a compiled process into one notice; what is missing stays empty."""
    release = process.compiled
    tender = _record(release.get("tender"))
    language = _text(release.get("language")) or ""
    lots = tuple(_lots(tender, language, process.pointer))
    awards = list(_records(release.get("awards")))
    contracts = list(_records(release.get("contracts")))
    organisations = tuple(_organisations(release))
    issues = [*process.issues, *_contradictions(awards, contracts, process.pointer)]
    return NoticeRecord(
        format="ocds",
        root="release",
        notice_id=process.ocid,
        version=process.date or "1",
        procedure_id=_procedure(process.ocid),
        issue_date=_date(process.date),
        publication_date=_date(process.date),
        notice_type=",".join(process.tags) or None,
        form_type="result" if awards or contracts else "competition" if tender else "planning",
        legal_basis=_text(_record(tender.get("legalBasis")).get("id")),
        language=language or None,
        procedure_type=_METHODS.get(str(tender.get("procurementMethod")), _text(tender.get("procurementMethod"))),
        nature=_NATURES.get(str(tender.get("mainProcurementCategory"))),
        main_cpv=_main_cpv(tender),
        additional_cpv=_other_cpv(tender),
        internal_id=_text(tender.get("id")),
        titles=_texts(tender.get("title") or tender.get("description"), language),
        descriptions=_texts(tender.get("description"), language),
        estimated_value=_money(tender.get("value")),
        buyers=tuple(_buyers(release, tender)),
        organisations=organisations,
        lots=lots,
        has_result=bool(awards or contracts),
        notice_values=tuple(money for money in (_money(award.get("value")) for award in awards) if money),
        results=tuple(_results(awards, contracts, release, tender, process.pointer)),
        tenders=tuple(_tenders(awards, process.pointer)),
        contracts=tuple(_contracts(contracts, language, process.pointer)),
        issues=tuple(issues),
        pointer=process.pointer,
    )


def _procedure(ocid: str) -> str:
    """Return the procedure id of eForms where the process id holds one, so that both land in one procedure."""
    found = _UUID.search(ocid)
    return found.group().lower() if found else ocid


def _organisations(release: Mapping[str, Any]) -> Iterator[Organisation]:
    """Yield the parties; 1.0 has none and describes buyer and suppliers on the spot."""
    seen: set[str] = set()
    for place, party in enumerate([*_records(release.get("parties")), *_described_on_the_spot(release)]):
        key = _key(party)
        if not key or key in seen:
            continue
        seen.add(key)
        address = _record(party.get("address"))
        yield Organisation(
            id=key,
            names=_texts(party.get("name") or _record(party.get("identifier")).get("legalName"), ""),
            company_ids=tuple(_identifiers(party)),
            country=_text(address.get("countryName")),
            nuts=_text(address.get("region")),
            city=_text(address.get("locality")),
            postal_code=_text(address.get("postalCode")),
            size=_text(_record(party.get("details")).get("scale")),
            pointer=f"/parties/{place}",
        )


def _described_on_the_spot(release: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if buyer := _record(release.get("buyer")):
        yield buyer
    if entity := _record(_record(release.get("tender")).get("procuringEntity")):
        yield entity
    for award in _records(release.get("awards")):
        yield from _records(award.get("suppliers"))


def _key(party: Mapping[str, Any]) -> str:
    """Return what refers to a party: its id, in 1.0 the number of its identifier, at worst its name."""
    identifier = _record(party.get("identifier"))
    return _text(party.get("id")) or _text(identifier.get("id")) or _text(party.get("name")) or ""


def _identifiers(party: Mapping[str, Any]) -> Iterator[str]:
    for identifier in (_record(party.get("identifier")), *_records(party.get("additionalIdentifiers"))):
        if number := _text(identifier.get("id")):
            yield number


def _buyers(release: Mapping[str, Any], tender: Mapping[str, Any]) -> Iterator[BuyerRecord]:
    buyer = _key(_record(release.get("buyer"))) or _key(_record(tender.get("procuringEntity")))
    if buyer:
        yield BuyerRecord(organisation_id=buyer)


def _lots(tender: Mapping[str, Any], language: str, pointer: str) -> Iterator[LotRecord]:
    lots = list(_records(tender.get("lots")))
    if not tender:
        return
    if not lots:
        yield _lot(tender, tender, WHOLE_PROCEDURE, language, f"{pointer}/tender")
        return
    for place, lot in enumerate(lots):
        yield _lot(lot, tender, _text(lot.get("id")) or str(place), language, f"{pointer}/tender/lots/{place}")


def _lot(lot: Mapping[str, Any], tender: Mapping[str, Any], lot_id: str, language: str, pointer: str) -> LotRecord:
    requirements = _record(lot.get("otherRequirements"))
    period = _record(lot.get("contractPeriod"))
    days = _number(period.get("durationInDays"))
    return LotRecord(
        id=lot_id,
        kind="Lot",
        titles=_texts(lot.get("title") or lot.get("description"), language),
        descriptions=_texts(lot.get("description"), language),
        internal_id=_text(lot.get("id")),
        nature=_NATURES.get(str(lot.get("mainProcurementCategory") or tender.get("mainProcurementCategory"))),
        main_cpv=_main_cpv(tender, lot_id),
        additional_cpv=_other_cpv(tender, lot_id),
        estimated_value=_money(lot.get("value")),
        strategic=_strategic(lot),
        reserved_participation=tuple(
            _RESERVED.get(str(code), str(code)) for code in requirements.get("reservedParticipation") or []
        ),
        reserved_execution=("yes",) if requirements.get("reservedExecution") is True else (),
        tender_deadline=_date(_record(tender.get("tenderPeriod")).get("endDate")),
        start=_date(period.get("startDate")),
        end=_date(period.get("endDate")),
        duration=Quantity(text=days, unit="DAY") if days else None,
        pointer=pointer,
    )


def _strategic(lot: Mapping[str, Any]) -> StrategicCodes:
    goals = [str(each.get("goal") or "") for each in _records(lot.get("sustainability"))]
    return StrategicCodes(
        goals=tuple(dict.fromkeys(code for goal in goals for start, code in _GOALS.items() if goal.startswith(start))),
        green=tuple(goal for goal in goals if goal.startswith("environmental.")),
        social=tuple(goal for goal in goals if goal.startswith("social.")),
        innovation=tuple(goal for goal in goals if goal.startswith("economic.innov")),
    )


def _results(
    awards: list[Mapping[str, Any]],
    contracts: list[Mapping[str, Any]],
    release: Mapping[str, Any],
    tender: Mapping[str, Any],
    pointer: str,
) -> Iterator[LotResultRecord]:
    for place, award in enumerate(awards):
        award_id = _text(award.get("id")) or f"award-{place}"
        own = [
            _contract_id(each, number)
            for number, each in enumerate(contracts)
            if each.get("awardID") == award.get("id")
        ]
        value = _money(award.get("value"))
        for lot_id in [str(lot) for lot in award.get("relatedLots") or []] or [WHOLE_PROCEDURE]:
            yield LotResultRecord(
                id=award_id,
                lot_id=lot_id,
                status=_AWARD_STATES.get(str(award.get("status")), _text(award.get("status"))),
                reason=_text(award.get("statusDetails")),
                statistics=tuple(_statistics(release, tender, lot_id)),
                tender_ids=(award_id,),
                contract_ids=tuple(own),
                winning_tender_ids=(award_id,),
                winning_values=(value,) if value else (),
                winners=tuple(
                    Winner(organisation_id=_key(supplier), tender_id=award_id)
                    for supplier in _records(award.get("suppliers"))
                    if _key(supplier)
                ),
                winner_basis="award-block",
                pointer=f"{pointer}/awards/{place}",
            )


def _statistics(release: Mapping[str, Any], tender: Mapping[str, Any], lot_id: str) -> Iterator[Statistic]:
    """Yield the counts of bids for a lot; a count of the whole process belongs to a process without lots."""
    found = False
    for statistic in _records(_record(release.get("bids")).get("statistics")):
        related = statistic.get("relatedLots") or [_text(statistic.get("relatedLot")) or lot_id]
        if lot_id in related and statistic.get("measure") in ("bids", "validBids", "smeBids"):
            code = {"bids": "tenders", "validBids": "valid", "smeBids": "t-sme"}[statistic["measure"]]
            found = found or code == "tenders"
            yield Statistic(code=code, value=_number(statistic.get("value")))
    if not found and lot_id == WHOLE_PROCEDURE and (count := _number(tender.get("numberOfTenderers"))):
        yield Statistic(code="tenders", value=count)


def _tenders(awards: list[Mapping[str, Any]], pointer: str) -> Iterator[TenderRecord]:
    for place, award in enumerate(awards):
        lots = [str(lot) for lot in award.get("relatedLots") or []] or [WHOLE_PROCEDURE]
        yield TenderRecord(
            id=_text(award.get("id")) or f"award-{place}",
            lot_id=lots[0],
            value=_money(award.get("value")),
            members=tuple(_key(supplier) for supplier in _records(award.get("suppliers")) if _key(supplier)),
            pointer=f"{pointer}/awards/{place}",
        )


def _contracts(contracts: list[Mapping[str, Any]], language: str, pointer: str) -> Iterator[ContractRecord]:
    for place, contract in enumerate(contracts):
        award = _text(contract.get("awardID"))
        yield ContractRecord(
            id=_contract_id(contract, place),
            reference=_text(contract.get("id")),
            titles=_texts(contract.get("title") or contract.get("description"), language),
            conclusion_date=_date(contract.get("dateSigned")),
            tender_ids=(award,) if award else (),
            value=_money(contract.get("value")),
            pointer=f"{pointer}/contracts/{place}",
        )


def _contract_id(contract: Mapping[str, Any], place: int) -> str:
    return _text(contract.get("id")) or f"contract-{place}"


def _contradictions(
    awards: list[Mapping[str, Any]], contracts: list[Mapping[str, Any]], pointer: str
) -> Iterator[Issue]:
    known = {award.get("id") for award in awards}
    for place, contract in enumerate(contracts):
        if contract.get("awardID") not in known:
            yield Issue(
                "warning",
                "ocds-contract-without-award",
                f"Contract “{contract.get('id')}” verwijst naar een gunning die niet in de gegevens staat.",
                f"{pointer}/contracts/{place}/awardID",
            )


def _main_cpv(tender: Mapping[str, Any], lot_id: str | None = None) -> str | None:
    return next(_cpv_codes(tender, lot_id), None)


def _other_cpv(tender: Mapping[str, Any], lot_id: str | None = None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_cpv_codes(tender, lot_id)))[1:]


def _cpv_codes(tender: Mapping[str, Any], lot_id: str | None) -> Iterator[str]:
    classifications = [_record(tender.get("classification"))]
    for item in _records(tender.get("items")):
        if lot_id is None or str(item.get("relatedLot") or lot_id) == lot_id:
            classifications.extend(
                [_record(item.get("classification")), *_records(item.get("additionalClassifications"))]
            )
    for each in classifications:
        if str(each.get("scheme")).upper() == "CPV" and (code := _text(each.get("id"))):
            yield code.partition("-")[0]


def _money(value: Any) -> Money | None:
    figure = _number(_record(value).get("amount"))
    return Money(text=figure, currency=_text(_record(value).get("currency")) or "") if figure else None


def _number(value: Any) -> str | None:
    """Return a figure as it was written; ``Decimal`` and whole numbers only, a text is no figure."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return f"{value:f}" if isinstance(value, Decimal) and -30 < value.adjusted() < 30 else str(value)


def _date(value: Any) -> PublishedDate | None:
    return PublishedDate(text=value) if isinstance(value, str) and value else None


def _texts(value: Any, language: str) -> Texts:
    text = _text(value)
    return {language.upper(): text} if text else {}


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _record(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _records(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))
