"""Lots, organisations and small helpers for the notices that TED published before eForms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from koopkracht.exchange.formats.eforms_tree import pointer
from koopkracht.exchange.formats.notice_records import (
    AwardCriterion,
    CriterionParameter,
    Issue,
    LotRecord,
    Money,
    Organisation,
    PublishedDate,
    Quantity,
)

__all__ = [
    "attribute",
    "children",
    "descendants",
    "lots",
    "money",
    "only",
    "organisation",
    "text",
    "unread_issues",
]

_CRITERIA: Final = {"AC_PRICE": "price", "AC_COST": "cost", "AC_QUALITY": "quality"}
# Leaves that the readers use or leave out on purpose (contact details of persons, layout, flags that only say "no").
_KNOWN_LEAVES: Final = frozenset(
    """
    P FT TITLE TITLE_CONTRACT SHORT_DESCR REFERENCE_NUMBER CPV_CODE TYPE_CONTRACT LEGAL_BASIS NUTS LOT_NO CONTRACT_NO
    OFFICIALNAME NATIONALID ADDRESS TOWN POSTAL_CODE COUNTRY URL URL_GENERAL URL_BUYER CONTACT_POINT PHONE FAX E_MAIL
    VAL_TOTAL VAL_ESTIMATED_TOTAL VAL_OBJECT NB_TENDERS_RECEIVED NB_TENDERS_RECEIVED_SME NB_TENDERS_RECEIVED_OTHER_EU
    NB_TENDERS_RECEIVED_NON_EU NB_TENDERS_RECEIVED_EMEANS SME NO_SME DATE_CONCLUSION_CONTRACT LIKELY_SUBCONTRACTED
    AC_CRITERION AC_WEIGHTING AC_PRICE DATE_START DATE_END DURATION DATE_RECEIPT_TENDERS NOTICE_NUMBER_OJ NOTICE
    RESTRICTED_SHELTERED_WORKSHOP RESTRICTED_SHELTERED_PROGRAM PERFORMANCE_CONDITIONS NB_PARTICIPANTS
    DATE_DISPATCH_NOTICE NB_PARTICIPANTS_SME NB_PARTICIPANTS_OTHER_EU VAL_PRIZE
    """.split()
)


def attribute(node: etree._Element, name: str) -> str | None:
    """Return an attribute, or ``None``."""
    return node.get(name)


def children(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children with one of these local names."""
    return (child for child in node if etree.QName(child).localname in names)


def descendants(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield all elements below a node with this local name."""
    return node.iter("{*}" + name)


def only(node: etree._Element, name: str) -> etree._Element | None:
    """Return the first element below a node with this local name, or ``None``."""
    return next(descendants(node, name), None)


def text(node: etree._Element | None) -> str | None:
    """Return the whole text of an element on one line, or ``None`` where there is none."""
    if node is None:
        return None
    return " ".join(" ".join(map(str, node.itertext())).split()) or None


def money(node: etree._Element) -> Money | None:
    """Return an amount with its currency; R2.0.8 writes the figure for machines in an attribute."""
    figure = attribute(node, "FMTVAL") or text(node)
    return Money(figure, attribute(node, "CURRENCY") or "") if figure else None


def organisation(node: etree._Element, identifier: str) -> Organisation:
    """Read an address block: a buyer or a contractor. Contact persons are left out."""
    size = "sme" if only(node, "SME") is not None else "large" if only(node, "NO_SME") is not None else None
    number = text(only(node, "NATIONALID"))
    country = only(node, "COUNTRY")
    nuts = only(node, "NUTS")
    return Organisation(
        id=identifier,
        names={"": text(only(node, "OFFICIALNAME")) or ""},
        company_ids=(number,) if number else (),
        country=attribute(country, "VALUE") if country is not None else None,
        nuts=attribute(nuts, "CODE") if nuts is not None else None,
        city=text(only(node, "TOWN")),
        postal_code=text(only(node, "POSTAL_CODE")),
        website=text(only(node, "URL_GENERAL")) or text(only(node, "URL")),
        size=size,
        pointer=pointer(node),
    )


def lots(form: etree._Element) -> tuple[LotRecord, ...]:
    """Return one lot per description of an object; a notice without division has one."""
    language = attribute(form, "LG") or ""
    return tuple(_lot(form, node, number, language) for number, node in enumerate(descendants(form, "OBJECT_DESCR"), 1))


def _lot(form: etree._Element, node: etree._Element, number: int, language: str) -> LotRecord:
    above = node.getparent()
    title = text(next(children(node, "TITLE"), None))
    if title is None and above is not None:
        title = text(next(children(above, "TITLE"), None))
    description = text(next(children(node, "SHORT_DESCR"), None))
    main_cpv = next((code for code in _codes(above, "CPV_MAIN")), None) if above is not None else None
    value = next(iter([*children(node, "VAL_OBJECT")]), None)
    nature = only(form, "TYPE_CONTRACT")
    return LotRecord(
        id=text(only(node, "LOT_NO")) or str(number),
        kind="Lot",
        titles={language: title} if title else {},
        descriptions={language: description} if description else {},
        nature=(attribute(nature, "CTYPE") or attribute(nature, "VALUE") or "").lower() if nature is not None else None,
        main_cpv=main_cpv,
        additional_cpv=tuple(_codes(node, "CPV_ADDITIONAL")),
        estimated_value=money(value) if value is not None else None,
        nuts=tuple(code for place in children(node, "NUTS") if (code := attribute(place, "CODE"))),
        reserved_participation=("res-ws",) if only(form, "RESTRICTED_SHELTERED_WORKSHOP") is not None else (),
        reserved_execution=("yes",) if only(form, "RESTRICTED_SHELTERED_PROGRAM") is not None else (),
        performance_terms={language: terms} if (terms := text(only(form, "PERFORMANCE_CONDITIONS"))) else {},
        framework=("unspecified",) if only(form, "FRAMEWORK") is not None else (),
        tender_deadline=_date(only(form, "DATE_RECEIPT_TENDERS")),
        start=_date(only(node, "DATE_START")),
        end=_date(only(node, "DATE_END")),
        duration=_duration(only(node, "DURATION")),
        criteria=tuple(_criteria(node, language)),
        pointer=pointer(node),
    )


def _codes(node: etree._Element, name: str) -> Iterator[str]:
    for block in children(node, name):
        for code in descendants(block, "CPV_CODE"):
            if found := attribute(code, "CODE"):
                yield found


def _date(node: etree._Element | None) -> PublishedDate | None:
    value = text(node)
    return PublishedDate(value) if value else None


def _duration(node: etree._Element | None) -> Quantity | None:
    value = text(node)
    return Quantity(value, attribute(node, "TYPE") or "") if node is not None and value else None


def _criteria(node: etree._Element, language: str) -> Iterator[AwardCriterion]:
    for block in node.iter(etree.Element):
        kind = _CRITERIA.get(etree.QName(block).localname)
        if kind is None:
            continue
        name = text(next(children(block, "AC_CRITERION"), None))
        weight = text(next(children(block, "AC_WEIGHTING"), None))
        yield AwardCriterion(
            type=kind,
            names={language: name} if name else {},
            descriptions={},
            parameters=(CriterionParameter("number-weight", None, weight),) if weight else (),
        )


def unread_issues(form: etree._Element) -> list[Issue]:
    """List what the readers do not use, by name: nothing is lost, it stands in the raw document."""
    found: dict[str, list[etree._Element]] = {}
    for node in form.iter(etree.Element):
        name = etree.QName(node).localname
        if len(node) or name in _KNOWN_LEAVES or _of_person(node) or not (node.text or "").strip():
            continue
        found.setdefault(name, []).append(node)
    return [
        Issue(
            "info",
            "term-unknown",
            f"{len(nodes)} keer een veld dat we niet gebruiken ({name}): “{(text(nodes[0]) or '')[:200]}”. "
            "Het staat in het oorspronkelijke bestand.",
            pointer(nodes[0]),
        )
        for name, nodes in found.items()
    ]


def _of_person(node: etree._Element) -> bool:
    above = node.getparent()
    return above is not None and etree.QName(above).localname == "E_MAILS"
