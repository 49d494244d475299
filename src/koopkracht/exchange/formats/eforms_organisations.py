"""Organisations and buyers of an eForms notice."""

from __future__ import annotations

from koopkracht.exchange.formats.eforms_tree import Block, pointer
from koopkracht.exchange.formats.eforms_values import codes, first, texts, values
from koopkracht.exchange.formats.notice_records import BuyerRecord, Issue, Organisation

__all__ = ["read_buyers", "read_organisations"]

_SIZES = {"micro", "small", "medium", "sme", "large"}
_LEGAL_TYPE_LISTS = ("buyer-legal-type",)


def read_organisations(notice: Block) -> tuple[tuple[Organisation, ...], list[Issue]]:
    """Return every company of the notice under the reference the notice uses for it."""
    found: dict[str, Organisation] = {}
    issues: list[Issue] = []
    for block in notice.inside("organisation"):
        for company in block.inside("company"):
            organisation = _organisation(block, company)
            if organisation.size is not None and organisation.size not in _SIZES:
                issues.append(_unknown_size(organisation))
            if organisation.id in found:
                issues.append(_double(organisation))
            found.setdefault(organisation.id, organisation)
    return tuple(found.values()), issues


def _organisation(block: Block, company: Block) -> Organisation:
    return Organisation(
        id=first(company, "id") or "",
        names=texts(company, "name"),
        company_ids=values(company, "company_id"),
        country=first(company, "country"),
        nuts=first(company, "nuts"),
        city=first(company, "city"),
        postal_code=first(company, "postal_code"),
        website=first(company, "website"),
        size=first(company, "size"),
        natural_person=first(block, "natural_person"),
        pointer=pointer(company.element),
    )


def read_buyers(notice: Block, organisations: tuple[Organisation, ...]) -> tuple[tuple[BuyerRecord, ...], list[Issue]]:
    """Return the buyers in document order; a reference without an organisation behind it is an issue."""
    known = {organisation.id for organisation in organisations}
    buyers: list[BuyerRecord] = []
    issues: list[Issue] = []
    for block in notice.inside("buyer"):
        legal_types = tuple(code for name in _LEGAL_TYPE_LISTS for code in codes(block, "legal_type", name))
        for reference in values(block, "organisation") or ("",):
            if reference not in known:
                issues.append(_missing_buyer(reference, block))
            if reference:
                buyers.append(BuyerRecord(reference, legal_types, values(block, "activity")))
    return tuple(buyers), issues


def _double(organisation: Organisation) -> Issue:
    return Issue(
        "warning",
        "organisation-double",
        f"Organisatie {organisation.id} staat meer dan één keer in de aankondiging. We gebruiken de eerste.",
        organisation.pointer,
    )


def _unknown_size(organisation: Organisation) -> Issue:
    return Issue(
        "info",
        "organisation-size-unknown",
        f"De grootte “{organisation.size}” van {organisation.name} kennen we niet. We tellen ze als onbekend.",
        organisation.pointer,
    )


def _missing_buyer(reference: str, block: Block) -> Issue:
    text = (
        f"De koper {reference} wordt genoemd, maar zijn gegevens ontbreken in de aankondiging."
        if reference
        else "De aankondiging zegt niet welke organisatie de koper is."
    )
    return Issue("warning", "buyer-missing", text, pointer(block.element))
