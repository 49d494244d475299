"""From the neutral record of a notice to what the owning contexts take in. No database, nothing is invented."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from koopkracht.award.types import LotResultInput, WinnerInput
from koopkracht.contracts.types import ContractInput, ContractPartyInput
from koopkracht.dossiers.types import LotInput, NoticeInput
from koopkracht.exchange.formats.notice_records import (
    ContractRecord,
    LotRecord,
    LotResultRecord,
    Money,
    NoticeRecord,
    Organisation,
    PublishedDate,
    decimal_or_none,
    preferred_text,
)
from koopkracht.market.api import normalise_belgian
from koopkracht.market.types.suppliers import SupplierCandidate, SupplierSize

__all__ = [
    "buyer_of",
    "candidates",
    "contract_inputs",
    "lot_inputs",
    "notice_input",
    "notice_key",
    "previous_publications",
    "result_inputs",
]

_COUNTRIES = dict(
    pair.split(":")
    for pair in (
        "BEL:BE NLD:NL LUX:LU FRA:FR DEU:DE GBR:GB IRL:IE ESP:ES PRT:PT ITA:IT AUT:AT CHE:CH DNK:DK SWE:SE NOR:NO "
        "FIN:FI ISL:IS EST:EE LVA:LV LTU:LT POL:PL CZE:CZ SVK:SK HUN:HU SVN:SI HRV:HR ROU:RO BGR:BG GRC:GR CYP:CY "
        "MLT:MT USA:US TUR:TR UKR:UA SRB:RS IND:IN CHN:CN JPN:JP CAN:CA LIE:LI"
    ).split()
)
_PUBLICATION = re.compile(r"(?:(\d{4})/S \d+-)?(\d+)(?:-(\d{4}))?")
_SIZES = {size.value: size for size in SupplierSize}


def buyer_of(notice: NoticeRecord, own_numbers: frozenset[str]) -> tuple[str, Organisation | None, bool]:
    """Return enterprise number and organisation of the buyer, and whether it is our own.

    With more than one buyer our own goes first: then the notice is about our procurement too.
    """
    bodies = [body for buyer in notice.buyers if (body := notice.organisation(buyer.organisation_id))]
    numbered = [(_kbo(body), body) for body in bodies]
    for number, body in numbered:
        if number in own_numbers:
            return number, body, True
    return (*numbered[0], False) if numbered else ("", None, False)


def notice_key(notice: NoticeRecord, sha256: str) -> tuple[str, str]:
    """Return number and version under which the register keeps a notice; one without number goes by its content."""
    return (notice.notice_id or f"sha256:{sha256}")[:120], notice.version[:10]


def _kbo(body: Organisation) -> str:
    return next((number for raw in body.company_ids if (number := normalise_belgian(raw))), "")


def notice_input(notice: NoticeRecord, *, sha256: str, procedure_key: str, own_numbers: frozenset[str]) -> NoticeInput:
    """Return the notice and the facts of its procedure."""
    number, body, is_own = buyer_of(notice, own_numbers)
    notice_id, version = notice_key(notice, sha256)
    estimated = _amount(notice.estimated_value)
    value = notice.notice_values[0] if len(notice.notice_values) == 1 else None
    return NoticeInput(
        procedure_key=procedure_key,
        notice_id=notice_id,
        version=version,
        document_hash=sha256,
        format=notice.format,
        title=notice.title,
        titles=dict(notice.titles),
        internal_id=(notice.internal_id or "")[:300],
        publication_id=(notice.publication_id or "")[:40],
        sdk=notice.sdk,
        form_type=(notice.form_type or "")[:20],
        notice_type=(notice.notice_type or "")[:60],
        subtype=(notice.subtype or "")[:20],
        language=(notice.language or "")[:10],
        publication_date=_day(notice.publication_date),
        issue_date=_day(notice.issue_date),
        buyer_kbo=number,
        buyer_name=body.name[:500] if body else "",
        buyer_country=(body.country or "")[:3] if body else "",
        is_own=is_own,
        procedure_type=(notice.procedure_type or "")[:40],
        nature=(notice.nature or "")[:40],
        main_cpv=(notice.main_cpv or "")[:10],
        legal_basis=(notice.legal_basis or "")[:40],
        estimated_value=estimated,
        estimated_currency=notice.estimated_value.currency[:3]
        if notice.estimated_value and estimated is not None
        else "",
        value=_amount(value),
        currency=value.currency[:3] if value else "",
        issue_count=sum(issue.level != "info" for issue in notice.issues),
        change_of=notice.changed_notices,
        replaces_changed=notice.format == "eforms",
    )


def previous_publications(notice: NoticeRecord) -> tuple[str, ...]:
    """Return the publication numbers of the notices this one continues, in the way TED writes them now."""
    found = []
    for reference in (*notice.previous_notices, *notice.changed_notices, *notice.modified_notices):
        match = _PUBLICATION.fullmatch(reference.strip())
        if match and (year := match.group(1) or match.group(3)):
            found += [f"{match.group(2)}-{year}", f"{match.group(2).zfill(8)}-{year}"]
    return tuple(dict.fromkeys(found))


def lot_inputs(notice: NoticeRecord) -> tuple[LotInput, ...]:
    """Return lots, parts and groups of lots; of lots with the same number the first."""
    found = {(lot.kind, lot.id): lot for lot in reversed(notice.lots)}
    return tuple(_lot(lot, notice.nature or "") for lot in reversed(found.values()))


def _lot(lot: LotRecord, nature: str) -> LotInput:
    estimated = _amount(lot.estimated_value)
    types = {criterion.type for criterion in lot.criteria}
    reserved = set(lot.reserved_participation) - {"none"}
    return LotInput(
        lot_id=lot.id[:120],
        kind=lot.kind,
        title=preferred_text(lot.titles).replace("\n", " / "),
        internal_id=(lot.internal_id or "")[:300],
        nature=(lot.nature or nature)[:40],
        main_cpv=(lot.main_cpv or "")[:10],
        additional_cpv=lot.additional_cpv,
        nuts=tuple(dict.fromkeys(lot.nuts)),
        estimated_value=estimated,
        currency=lot.estimated_value.currency[:3] if lot.estimated_value and estimated is not None else "",
        strategic=_strategic(lot),
        is_green=lot.strategic.is_green,
        is_social=lot.strategic.is_social,
        is_innovative=lot.strategic.is_innovative,
        reserved_participation=",".join(lot.reserved_participation)[:60],
        reserved_execution=",".join(lot.reserved_execution)[:60],
        is_reserved=bool(reserved) or "yes" in lot.reserved_execution,
        sme_suitable={"true": True, "false": False}.get(lot.sme_suitable or ""),
        framework=next(iter(lot.framework), "")[:20],
        criteria=[
            {
                "type": criterion.type,
                "name": preferred_text(criterion.names) or preferred_text(criterion.descriptions),
                "weights": [[part.code or part.kind, part.value] for part in criterion.parameters],
            }
            for criterion in lot.criteria
        ],
        price_only=types <= {"price", "cost"} if lot.criteria and None not in types else None,
        start_date=_day(lot.start),
        end_date=_day(lot.end),
        duration=lot.duration.value if lot.duration else None,
        duration_unit=lot.duration.unit[:20] if lot.duration else "",
        renewals=_whole(lot.renewals_max),
        tender_deadline=_day(lot.tender_deadline) or _day(lot.request_deadline),
    )


def _strategic(lot: LotRecord) -> dict[str, list[str]]:
    codes = lot.strategic
    found = {
        "goals": codes.goals,
        "green": codes.green,
        "social": codes.social,
        "innovation": codes.innovation,
        "gpp_criteria": codes.gpp_criteria,
        "accessibility": codes.accessibility,
        "descriptions": codes.goal_descriptions,
    }
    return {name: list(values) for name, values in found.items() if values}


def candidates(notice: NoticeRecord) -> tuple[SupplierCandidate, ...]:
    """Return the organisations behind the tenders of the result, as suppliers to be matched."""
    wanted = dict.fromkeys(
        [winner.organisation_id for result in notice.results for winner in result.winners]
        + [member for tender in notice.tenders for member in tender.members]
    )
    as_of = _day(notice.issue_date) or _day(notice.publication_date)
    bodies = (body for number in wanted if (body := notice.organisation(number)))
    return tuple(_candidate(body, as_of) for body in bodies if body.name or body.company_ids)


def _candidate(body: Organisation, as_of: dt.date | None) -> SupplierCandidate:
    belgian = _kbo(body)
    number = next(iter(body.company_ids), None)
    size = _SIZES.get(body.size or "", SupplierSize.UNKNOWN)
    country = _COUNTRIES.get(body.country or "", (body.country or "") if len(body.country or "") == 2 else "")
    return SupplierCandidate(
        key=body.id,
        name=body.name,
        identifier=belgian or (number if country == "BE" else None),
        vat=number if country != "BE" and not belgian else None,
        country=country,
        municipality=body.city or "",
        postal_code=body.postal_code or "",
        size=size,
        size_as_of=as_of if size is not SupplierSize.UNKNOWN else None,
    )


def result_inputs(
    notice: NoticeRecord, *, lot_ids: Mapping[str, int], suppliers: Mapping[str, int]
) -> tuple[LotResultInput, ...]:
    """Return the outcome of each lot; winners without proof are marked so."""
    decided = {
        contract.id: _day(contract.decision_date) or _day(contract.conclusion_date) for contract in notice.contracts
    }
    fallback = _day(notice.publication_date) or _day(notice.issue_date)
    return tuple(_result(notice, result, lot_ids, suppliers, decided, fallback) for result in notice.results)


def _result(
    notice: NoticeRecord,
    result: LotResultRecord,
    lot_ids: Mapping[str, int],
    suppliers: Mapping[str, int],
    decided: Mapping[str, dt.date | None],
    fallback: dt.date | None,
) -> LotResultInput:
    proven = result.winner_basis != "listed-tenders"
    value, currency = _total(result.winning_values if proven else ())
    edges = [money for money in (result.lowest, result.highest) if money]
    days = [day for contract in result.contract_ids if (day := decided.get(contract))]
    return LotResultInput(
        result_id=result.id[:120],
        lot_reference=result.lot_id[:120],
        lot_pk=lot_ids.get(result.lot_id),
        decided_on=min(days) if days else fallback,
        status=(result.status or "")[:20],
        reason=(result.reason or "")[:40],
        tenders_received=result.tenders_received,
        tenders_received_sme=result.tenders_received_sme,
        count_basis=result.count_basis,
        statistics=[{"code": statistic.code, "value": statistic.value} for statistic in result.statistics],
        value=value,
        lowest=_amount(result.lowest),
        highest=_amount(result.highest),
        currency=currency or (edges[0].currency[:3] if edges else ""),
        winner_basis=result.winner_basis,
        winners=_winners(notice, result, suppliers, proven=proven),
    )


def _winners(
    notice: NoticeRecord, result: LotResultRecord, suppliers: Mapping[str, int], *, proven: bool
) -> tuple[WinnerInput, ...]:
    tenders = {tender.id: tender for tender in notice.tenders}
    found = []
    for winner in result.winners:
        body = notice.organisation(winner.organisation_id)
        money = tenders[winner.tender_id].value if winner.tender_id in tenders else None
        found.append(
            WinnerInput(
                name=body.name if body else winner.organisation_id,
                supplier_id=suppliers.get(winner.organisation_id),
                tender_id=winner.tender_id[:120],
                leader=winner.leader,
                proven=proven,
                size=(winner.size or "")[:10],
                value=_amount(money),
                currency=money.currency[:3] if money else "",
            )
        )
    return tuple(found)


def contract_inputs(
    notice: NoticeRecord, *, registered: NoticeInput, procedure_id: int, notice_pk: int, suppliers: Mapping[str, int]
) -> tuple[ContractInput, ...]:
    """Return the settled contracts, with the dates of their lots where those agree."""
    return tuple(
        _contract(notice, contract, registered, procedure_id, notice_pk, suppliers) for contract in notice.contracts
    )


def _contract(
    notice: NoticeRecord,
    contract: ContractRecord,
    registered: NoticeInput,
    procedure_id: int,
    notice_pk: int,
    suppliers: Mapping[str, int],
) -> ContractInput:
    tenders = [tender for tender in notice.tenders if tender.id in contract.tender_ids]
    lots = tuple(dict.fromkeys(tender.lot_id for tender in tenders if tender.lot_id))
    described = [lot for lot in notice.lots if lot.id in lots] or (list(notice.lots) if len(notice.lots) == 1 else [])
    values = (contract.value,) if contract.value else tuple(tender.value for tender in tenders if tender.value)
    value, currency = _total(values)
    terms = {(lot.start, lot.end, lot.duration) for lot in described}
    start, end, duration = terms.pop() if len(terms) == 1 else (None, None, None)
    framework = [code for lot in described for code in lot.framework]
    first_lot = described[0] if described else None
    maximum = first_lot.framework_maximum if first_lot and len(described) == 1 else None
    return ContractInput(
        key=f"{registered.notice_id}#{registered.version}#{contract.id}"[:200],
        reference=contract.reference or "",
        title=preferred_text(contract.titles)
        or (preferred_text(first_lot.titles) if first_lot else "")
        or notice.title,
        procedure_id=procedure_id,
        notice_id=notice_pk,
        lots=lots,
        buyer_kbo=registered.buyer_kbo,
        buyer_name=registered.buyer_name,
        is_own=registered.is_own,
        parties=_parties(notice, [member for tender in tenders for member in tender.members], suppliers),
        nature=((first_lot.nature if first_lot else None) or registered.nature)[:40],
        main_cpv=((first_lot.main_cpv if first_lot else None) or registered.main_cpv)[:10],
        value=value,
        currency=currency,
        is_framework=contract.framework == "true" or any(code != "none" for code in framework),
        framework_maximum=_amount(maximum),
        decision_date=_day(contract.decision_date),
        conclusion_date=_day(contract.conclusion_date),
        start_date=_day(start),
        end_date=_day(end),
        duration=duration.value if duration else None,
        duration_unit=duration.unit[:20] if duration else "",
    )


def _parties(notice: NoticeRecord, members: list[str], suppliers: Mapping[str, int]) -> tuple[ContractPartyInput, ...]:
    found = []
    for position, member in enumerate(dict.fromkeys(members)):
        body = notice.organisation(member)
        found.append(ContractPartyInput(body.name if body else member, suppliers.get(member), leader=position == 0))
    return tuple(found)


def _total(values: tuple[Money, ...]) -> tuple[Decimal | None, str]:
    """Add amounts of one currency; amounts in several currencies, or one that is no figure, give no total."""
    currencies = {value.currency for value in values}
    amounts = [value.amount for value in values]
    known = [amount for amount in amounts if amount is not None]
    if len(currencies) != 1 or len(known) != len(amounts):
        return None, ""
    return sum(known, Decimal(0)), currencies.pop()[:3]


def _amount(value: Money | None) -> Decimal | None:
    """Return an amount that fits the register; an absurd one stays in the document only."""
    amount = value.amount if value else None
    return amount if amount is not None and abs(amount) < Decimal(10) ** 18 else None


def _whole(text: str | None) -> int | None:
    value = decimal_or_none(text) if text else None
    return int(value) if value is not None and abs(value) < 10**6 else None


def _day(value: PublishedDate | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value.day) if value.day else None
    except ValueError:
        return None
