"""Write a neutral record in the shape of the independently computed facts, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from koopkracht.exchange.formats.notice_records import (
    AwardCriterion,
    ContractRecord,
    LotRecord,
    LotResultRecord,
    Money,
    NoticeRecord,
    PublishedDate,
    Quantity,
)


def _money(value: Money | None) -> dict[str, str] | None:
    return {"amount": value.text, "currency": value.currency} if value else None


def _date(value: PublishedDate | None) -> str | None:
    return value.text if value else None


def _duration(value: Quantity | None) -> dict[str, str] | None:
    return {"value": value.text, "unit": value.unit} if value else None


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return one text per language: of several in the same language the facts keep the last, we keep all."""
    return {language: text.splitlines()[-1] for language, text in texts.items()}


def facts(file: str, notice: NoticeRecord) -> dict[str, Any]:
    """Return what the facts file says about this notice, read from our record."""
    found: dict[str, Any] = {
        "file": file,
        "root": notice.root,
        "notice_id": notice.notice_id,
        "version": notice.version,
        "publication_id": notice.publication_id,
        "publication_date": _date(notice.publication_date),
        "procedure_id": notice.procedure_id,
        "sdk": notice.sdk,
        "subtype": notice.subtype,
        "notice_type": notice.notice_type,
        "form_type": notice.form_type,
        "legal_basis": notice.legal_basis,
        "issue_date": _date(notice.issue_date),
        "language": notice.language,
        "additional_languages": list(notice.additional_languages),
        "procedure_type": notice.procedure_type,
        "nature": notice.nature,
        "main_cpv": notice.main_cpv,
        "additional_cpv": list(notice.additional_cpv),
        "titles": _texts(notice.titles),
        "estimated_value": _money(notice.estimated_value),
        "cross_border_law": notice.cross_border_law,
        "buyers": [_buyer(notice, buyer.organisation_id) for buyer in notice.buyers],
        "buyer_legal_types": [code for buyer in notice.buyers for code in buyer.legal_types],
        "organisations": len(notice.organisations),
        "ultimate_beneficial_owners": notice.beneficial_owners,
        "lots": [_lot(lot) for lot in notice.lots_of_kind("Lot")],
        "parts": len(notice.lots_of_kind("Part")),
        "lot_groups": len(notice.lots_of_kind("LotsGroup")),
        "changed_notice": list(notice.changed_notices),
        "change_reasons": list(notice.change_reasons),
        "modified_notice": list(notice.modified_notices),
        "modification_reasons": list(notice.modification_reasons),
        "withheld_fields": list(notice.withheld_fields),
        "has_result": notice.has_result,
    }
    found["results"] = [_result(notice, result) for result in notice.results]
    if notice.has_result:
        found |= {
            "notice_value": _money(notice.notice_values[0] if notice.notice_values else None),
            "framework_notice_maximum": _money(notice.framework_notice_maximum),
            "tenders": len(notice.tenders),
            "contracts": [_contract(contract) for contract in notice.contracts],
        }
    return found


def _buyer(notice: NoticeRecord, organisation_id: str) -> dict[str, Any]:
    organisation = notice.organisation(organisation_id)
    assert organisation is not None
    return {
        "id": organisation.id,
        "names": dict(organisation.names),
        "company_ids": list(organisation.company_ids),
        "country": organisation.country,
        "nuts": organisation.nuts,
        "postal_code": organisation.postal_code,
        "size": organisation.size,
        "natural_person": organisation.natural_person,
    }


def _lot(lot: LotRecord) -> dict[str, Any]:
    return {
        "id": lot.id,
        "internal_id": lot.internal_id,
        "titles": _texts(lot.titles),
        "nature": lot.nature,
        "main_cpv": lot.main_cpv,
        "additional_cpv": list(lot.additional_cpv),
        "estimated_value": _money(lot.estimated_value),
        "framework_maximum": _money(lot.framework_maximum),
        "nuts": list(lot.nuts),
        "BT-06": list(lot.strategic.goals),
        "BT-774": list(lot.strategic.green),
        "BT-775": list(lot.strategic.social),
        "BT-776": list(lot.strategic.innovation),
        "BT-805": list(lot.strategic.gpp_criteria),
        "BT-754": list(lot.strategic.accessibility),
        "BT-777_count": len(lot.strategic.goal_descriptions),
        "BT-71": list(lot.reserved_participation),
        "BT-736": list(lot.reserved_execution),
        "BT-726": lot.sme_suitable,
        "BT-765": list(lot.framework),
        "BT-766": list(lot.dynamic_purchasing),
        "BT-60": list(lot.eu_funds),
        "tender_deadline": _date(lot.tender_deadline),
        "request_deadline": _date(lot.request_deadline),
        "start": _date(lot.start),
        "end": _date(lot.end),
        "duration": _duration(lot.duration),
        "renewals_max": lot.renewals_max,
        "award_criteria": [_criterion(criterion) for criterion in lot.criteria],
    }


def _criterion(criterion: AwardCriterion) -> dict[str, Any]:
    return {
        "type": criterion.type,
        "names": dict(criterion.names),
        "parameters": [
            {"kind": parameter.kind, "code": parameter.code, "value": parameter.value}
            for parameter in criterion.parameters
        ],
    }


def _result(notice: NoticeRecord, result: LotResultRecord) -> dict[str, Any]:
    basis = {"contract": "contract", "listed-tenders": "all-tenders", "": None}
    return {
        "id": result.id,
        "lot": result.lot_id,
        "BT-142": result.status,
        "BT-144": result.reason,
        "statistics": [{"code": statistic.code, "value": statistic.value} for statistic in result.statistics],
        "lowest": _money(result.lowest),
        "highest": _money(result.highest),
        "framework_maximum": _money(result.framework_maximum),
        "tenders": list(result.tender_ids),
        "tenders_of_other_lot": list(result.tenders_of_other_lot),
        "contracts": list(result.contract_ids),
        "winning_tenders": list(result.winning_tender_ids),
        "winner_found_by": basis[result.winner_basis],
        "winning_values": [_money(value) for value in result.winning_values],
        "winners": [_winner(notice, winner.organisation_id) for winner in result.winners],
    }


def _winner(notice: NoticeRecord, organisation_id: str) -> dict[str, Any]:
    organisation = notice.organisation(organisation_id)
    assert organisation is not None
    return {
        "org": organisation.id,
        "names": dict(organisation.names),
        "company_ids": list(organisation.company_ids),
        "country": organisation.country,
        "size": organisation.size,
    }


def _contract(contract: ContractRecord) -> dict[str, Any]:
    return {
        "id": contract.id,
        "reference": contract.reference,
        "decision_date": _date(contract.decision_date),
        "conclusion_date": _date(contract.conclusion_date),
        "tenders": list(contract.tender_ids),
    }
