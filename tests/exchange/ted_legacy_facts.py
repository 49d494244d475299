"""Write a record of a pre-eForms notice in the shape of the independently computed facts."""

from __future__ import annotations

from typing import Any

from koopkracht.exchange.formats.notice_records import LotResultRecord, Money, NoticeRecord


def _money(value: Money) -> dict[str, str]:
    return {"amount": value.text, "currency": value.currency}


def facts(file: str, notice: NoticeRecord) -> dict[str, Any]:
    """Return what the facts file says about this notice; it leaves out R2.0.8 buyers and further (joint) buyers."""
    day = notice.publication_date.text.replace("-", "") if notice.publication_date else None
    old_form = notice.sdk.startswith("R2.0.8")
    buyers = [notice.organisation(buyer.organisation_id) for buyer in notice.buyers]
    return {
        "file": file,
        "doc_id": notice.notice_id,
        "version": None if old_form else notice.sdk,
        "form": notice.notice_type,
        "language": notice.language,
        "forms": 1 + len(notice.additional_languages),
        "cpv": [code for code in (notice.main_cpv, *notice.additional_cpv) if code],
        "nuts": list(notice.nuts),
        "date_pub": [day],
        "authority_type": list(notice.buyers[0].legal_types) if notice.buyers else [],
        "buyers": [] if old_form else [body.name for body in buyers if body and "_ADDITIONAL" not in body.pointer],
        "lots": len(notice.lots),
        "reserved_sheltered": any("res-ws" in lot.reserved_participation for lot in notice.lots),
        "reserved_sheltered_execution": any("yes" in lot.reserved_execution for lot in notice.lots),
        "awards": [_award(notice, result) for result in notice.results if result.id.startswith("AWARD")],
        "total_value": [_money(value) for value in notice.notice_values],
    }


def _award(notice: NoticeRecord, result: LotResultRecord) -> dict[str, Any]:
    values: dict[str, list[str | None]] = {"tenders": [], "t-sme": []}
    for statistic in result.statistics:
        values.setdefault(statistic.code or "", []).append(statistic.value)
    winners = [notice.organisation(winner.organisation_id) for winner in result.winners]
    return {
        "not_awarded": result.status == "clos-nw",
        "tenders": values["tenders"],
        "tenders_sme": values["t-sme"],
        "winners": [
            {"name": body.name, "sme": body.size == "sme", "no_sme": body.size == "large"} for body in winners if body
        ],
        "value": [_money(value) for value in result.winning_values],
    }
