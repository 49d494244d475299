"""Reader of eForms notices: bytes in, one neutral record with all issues out.

It reads every SDK version and national variant the same way: by the shape of the tree, never by the version string.
Nothing is raised for bad data, only for bytes that are no notice at all.
"""

from __future__ import annotations

from lxml import etree

from koopkracht.exchange.formats.eforms_lots import read_lots
from koopkracht.exchange.formats.eforms_organisations import read_buyers, read_organisations
from koopkracht.exchange.formats.eforms_results import Results, read_results
from koopkracht.exchange.formats.eforms_terms import group_spec
from koopkracht.exchange.formats.eforms_tree import Block, collect, pointer, unread
from koopkracht.exchange.formats.eforms_values import first, money, published_date, texts, values
from koopkracht.exchange.formats.notice_records import Issue, LotRecord, NoticeRecord, Organisation, TermValue
from koopkracht.exchange.formats.xml_safe import UnreadableXml, parse_xml

__all__ = ["ROOTS", "is_eforms", "list_terms", "read_eforms", "read_eforms_root"]

ROOTS = {
    "ContractNotice",
    "ContractAwardNotice",
    "PriorInformationNotice",
    "BusinessRegistrationInformationNotice",
}


def is_eforms(root: etree._Element) -> bool:
    """Tell whether a document is an eForms notice, by the local name of its root."""
    return etree.QName(root).localname in ROOTS


def read_eforms(data: bytes) -> NoticeRecord:
    """Read one notice.

    Raises ``HostileXml`` and ``UnreadableXml`` of ``xml_safe``; the latter also for XML that is no eForms notice.
    """
    return read_eforms_root(parse_xml(data))


def read_eforms_root(root: etree._Element) -> NoticeRecord:
    """Read a notice that was already parsed safely. Raises ``UnreadableXml`` for another kind of document."""
    if not is_eforms(root):
        raise UnreadableXml(
            f"Dit is geen eForms-aankondiging: het bestand begint met “{etree.QName(root).localname}”.",
            code="eforms-ander-document",
        )
    notice, unknown = collect(root)
    issues = [
        Issue(
            "info",
            "term-unknown",
            f"{entry.count} keer een onbekend veld: “{entry.samples[0]}”. Het staat in het oorspronkelijke bestand.",
            entry.path,
        )
        for entry in unread(unknown)
    ]
    issues.extend(_repeats(notice))
    return _notice(root, notice, issues)


def _notice(root: etree._Element, notice: Block, issues: list[Issue]) -> NoticeRecord:
    organisations, found = read_organisations(notice)
    issues.extend(found)
    buyers, found = read_buyers(notice, organisations)
    issues.extend(found)
    lots, found = read_lots(notice)
    issues.extend(found)
    results = _results(notice, {lot.id for lot in lots}, organisations)
    issues.extend(results.issues)
    issues.extend(_identity_issues(notice))
    issues.extend(_amount_issues(lots, results))
    notice_types = notice.values.get("notice_type", [])
    return NoticeRecord(
        format="eforms",
        root=etree.QName(root).localname,
        notice_id=first(notice, "notice_id") or "",
        version=first(notice, "version") or "01",
        sdk=first(notice, "customization") or "",
        procedure_id=first(notice, "procedure_id"),
        publication_id=first(notice, "publication_id"),
        publication_date=published_date(notice, "publication_date"),
        issue_date=published_date(notice, "issue_date"),
        subtype=first(notice, "subtype"),
        notice_type=first(notice, "notice_type"),
        form_type=notice_types[0][1] or None if notice_types else None,
        legal_basis=first(notice, "legal_basis"),
        language=first(notice, "language"),
        additional_languages=values(notice, "additional_language"),
        procedure_type=first(notice, "procedure_type"),
        nature=first(notice, "nature"),
        main_cpv=first(notice, "main_cpv"),
        additional_cpv=values(notice, "additional_cpv"),
        nuts=tuple(code for place in notice.inside("place") for code in values(place, "nuts")),
        internal_id=first(notice, "internal_id"),
        titles=texts(notice, "title"),
        descriptions=texts(notice, "description", keep_lines=True),
        estimated_value=money(notice, "estimated_value"),
        cross_border_law=_has_cross_border_law(notice),
        buyers=buyers,
        organisations=organisations,
        beneficial_owners=len(notice.inside("beneficial_owner")),
        lots=lots,
        previous_notices=_previous_notices(notice),
        changed_notices=_references(notice, "changes", "notice"),
        change_reasons=_references(notice, "changes", "reason"),
        modified_notices=_references(notice, "modification", "notice"),
        modification_reasons=_references(notice, "modification", "reason"),
        withheld_fields=_withheld(notice),
        has_result=bool(notice.inside("result")),
        notice_values=(results.notice_value,) if results.notice_value else (),
        framework_notice_maximum=results.framework_maximum,
        results=results.results,
        tenders=results.tenders,
        contracts=results.contracts,
        issues=tuple(issues),
        pointer=pointer(root),
    )


def _results(notice: Block, lot_ids: set[str], organisations: tuple[Organisation, ...]) -> Results:
    blocks = notice.inside("result")
    return read_results(blocks[0], organisations, lot_ids) if blocks else Results()


def _references(notice: Block, block: str, name: str) -> tuple[str, ...]:
    return tuple(value for part in notice.inside(block) for value in values(part, name))


def _previous_notices(notice: Block) -> tuple[str, ...]:
    """Return the notices this one continues, of the procedure and of its lots, each once."""
    blocks = [notice, *notice.inside("lot")]
    found = (
        value for block in blocks for document in block.inside("previous_notice") for value in values(document, "id")
    )
    return tuple(dict.fromkeys(found))


def _has_cross_border_law(notice: Block) -> bool:
    return any(
        "CrossBorderLaw" in values(document, "id")
        for terms in notice.inside("procedure_terms")
        for document in terms.inside("legislation")
    )


def _withheld(notice: Block) -> tuple[str, ...]:
    return tuple(code for block in notice.walk() if block.spec.name == "privacy" for code in values(block, "field"))


def _repeats(notice: Block) -> list[Issue]:
    """Report terms that may stand once and stand more often with different values; all values are kept."""
    issues = []
    for block in notice.walk():
        terms = block.spec.terms
        for name, found in block.values.items():
            if len(found) > 1 and not terms[name].repeats and len({text for text, _ in found}) > 1:
                message = f"“{terms[name].label}” staat hier meer dan één keer met verschillende waarden."
                issues.append(Issue("warning", "term-repeated", message, pointer(block.element)))
    return issues


def _identity_issues(notice: Block) -> list[Issue]:
    wanted = {"notice_id": "identificatie", "procedure_id": "identificatie van de procedure", "title": "titel"}
    return [
        Issue("warning", f"{name.replace('_', '-')}-missing", f"De aankondiging heeft geen {label}.", "/*")
        for name, label in wanted.items()
        if not values(notice, name)
    ]


def _amount_issues(lots: tuple[LotRecord, ...], results: Results) -> list[Issue]:
    issues = []
    for tender in results.tenders:
        value = tender.value
        if value is None:
            continue
        amount = value.amount
        if amount is None:
            issues.append(_amount_issue("amount-unreadable", f"“{value.text}” is geen bedrag.", tender.pointer))
        elif amount <= 1:
            message = (
                f"De waarde van offerte {tender.id} is {value.text} {value.currency}: waarschijnlijk niet ingevuld."
            )
            issues.append(_amount_issue("amount-implausible", message, tender.pointer))
    issues.extend(
        _amount_issue("amount-unreadable", f"“{lot.estimated_value.text}” is geen bedrag.", lot.pointer)
        for lot in lots
        if lot.estimated_value is not None and lot.estimated_value.amount is None
    )
    return issues


def _amount_issue(code: str, message: str, where: str) -> Issue:
    return Issue("warning", code, message, where)


def list_terms(root: etree._Element) -> tuple[TermValue, ...]:
    """List every value of every term of a notice in document order of the blocks, with its Dutch label."""
    notice, _ = collect(root)
    found: list[TermValue] = []
    for block in notice.walk():
        where = _block_title(block)
        for name, block_values in block.values.items():
            term = block.spec.terms[name]
            found.extend(
                TermValue(where, term.number, term.label, text.strip(), qualifier, term.personal)
                for text, qualifier in block_values
                if text.strip()
            )
    return tuple(found)


def _block_title(block: Block) -> str:
    identifier = first(block, "id")
    label = _block_labels().get(block.spec.name, "Aankondiging")
    return f"{label} {identifier}" if identifier and not identifier.startswith("http") else label


def _block_labels() -> dict[str, str]:
    labels: dict[str, str] = {}
    todo, seen = [group_spec("notice")], {"notice"}
    while todo:
        spec = todo.pop()
        steps = list(spec.steps.values())
        while steps:
            deeper, name, _, group = steps.pop()
            steps.extend(deeper.values())
            if group is not None and group.name not in seen:
                seen.add(group.name)
                labels[group.name] = spec.terms[name].label
                todo.append(group)
    return labels
