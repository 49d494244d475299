"""Reader of the notices that TED published before eForms (TED_EXPORT R2.0.8 and R2.0.9) into the same records.

The forms differ per year in namespaces, so only local names count. The form in the original language gives the
facts, the translations give further titles. Forms of R2.0.8 name their buyer and object in another way; both are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from koopkracht.exchange.formats.eforms_tree import pointer
from koopkracht.exchange.formats.notice_records import (
    BuyerRecord,
    Issue,
    Money,
    NoticeRecord,
    Organisation,
    PublishedDate,
)
from koopkracht.exchange.formats.ted_legacy_parts import (
    attribute,
    children,
    descendants,
    lots,
    money,
    only,
    organisation,
    text,
    unread_issues,
)
from koopkracht.exchange.formats.ted_legacy_results import Awards, read_awards
from koopkracht.exchange.formats.xml_safe import UnreadableXml, parse_xml

__all__ = ["is_ted_legacy", "read_ted_legacy", "read_ted_legacy_root"]

_FORM_TYPES: Final[Mapping[str, str]] = {
    "F01": "planning",
    "F04": "planning",
    "F08": "planning",
    "F02": "competition",
    "F05": "competition",
    "F07": "competition",
    "F12": "competition",
    "F24": "competition",
    "F03": "result",
    "F06": "result",
    "F13": "result",
    "F25": "result",
    "F14": "change",
    "F15": "dir-awa-pre",
    "F20": "cont-modif",
}
_PROCEDURES: Final[Mapping[str, str]] = {
    "PT_OPEN": "open",
    "PT_RESTRICTED": "restricted",
    "PT_COMPETITIVE_NEGOTIATION": "neg-w-call",
    "PT_NEGOTIATED_WITH_PRIOR_CALL": "neg-w-call",
    "PT_INVOLVING_NEGOTIATION": "neg-w-call",
    "PT_COMPETITIVE_DIALOGUE": "comp-dial",
    "PT_INNOVATION_PARTNERSHIP": "innovation",
    "PT_AWARD_CONTRACT_WITHOUT_CALL": "neg-wo-call",
    "PT_AWARD_CONTRACT_WITHOUT_PUBLICATION": "neg-wo-call",
    "PT_NEGOTIATED_WITHOUT_PUBLICATION": "neg-wo-call",
    "PT_AWARD_CONTRACT_WITH_PRIOR_PUBLICATION": "oth-mult",
}


def is_ted_legacy(root: etree._Element) -> bool:
    """Tell whether a document is a TED_EXPORT."""
    return etree.QName(root).localname == "TED_EXPORT"


def read_ted_legacy(data: bytes) -> NoticeRecord:
    """Read one notice. Raises ``HostileXml`` and ``UnreadableXml``, the latter also for another kind of document."""
    return read_ted_legacy_root(parse_xml(data))


def read_ted_legacy_root(root: etree._Element) -> NoticeRecord:
    """Read a notice that was already parsed safely. Raises ``UnreadableXml`` where there is no form in it."""
    section = only(root, "FORM_SECTION")
    forms = [form for form in section if attribute(form, "LG")] if section is not None else []
    if not is_ted_legacy(root) or not forms:
        raise UnreadableXml("Dit is geen aankondiging in het oude TED-formaat.", code="ted-ander-document")
    original = next((form for form in forms if attribute(form, "CATEGORY") == "ORIGINAL"), forms[0])
    return _Reader(root, forms, original).notice()


@dataclass(slots=True)
class _Reader:
    root: etree._Element
    forms: list[etree._Element]
    form: etree._Element

    def notice(self) -> NoticeRecord:
        """Put the record together."""
        buyers, organisations = self._buyers()
        awards = read_awards(self.form)
        issues = [*self._buyer_issues(buyers), *awards.issues, *unread_issues(self.form)]
        document = attribute(self.root, "DOC_ID") or ""
        return NoticeRecord(
            format="ted-legacy",
            root="TED_EXPORT",
            notice_id=document,
            version="01",
            sdk=attribute(self.root, "VERSION") or attribute(self.form, "VERSION") or "",
            publication_id=document or None,
            publication_date=_compact_date(self._coded("DATE_PUB")),
            issue_date=_compact_date(self._coded("DS_DATE_DISPATCH")),
            subtype=attribute(self.form, "FORM"),
            notice_type=etree.QName(self.form).localname,
            form_type=self._form_type(awards),
            legal_basis=self._attribute_of("LEGAL_BASIS", "VALUE"),
            language=attribute(self.form, "LG"),
            additional_languages=tuple(
                language for form in self.forms if form is not self.form and (language := attribute(form, "LG"))
            ),
            procedure_type=self._procedure(),
            nature=(
                self._attribute_of("TYPE_CONTRACT", "CTYPE") or attribute_of_first(self.form, "CTYPE") or ""
            ).lower()
            or None,
            main_cpv=next(self._cpv_codes(), None),
            additional_cpv=tuple(self._cpv_codes())[1:],
            nuts=tuple(sorted(set(self._nuts()))),
            internal_id=text(next(descendants(self.form, "REFERENCE_NUMBER"), None)),
            titles=self._texts("TITLE", "TITLE_CONTRACT"),
            descriptions=self._texts("SHORT_DESCR"),
            estimated_value=self._estimated_value(),
            buyers=buyers,
            organisations=(*organisations, *awards.organisations),
            lots=lots(self.form),
            previous_notices=self._references(),
            changed_notices=self._references() if self._is_form("F14") else (),
            modified_notices=self._references() if self._is_form("F20") else (),
            has_result=bool(awards.results),
            notice_values=self._total_values(),
            results=awards.results,
            tenders=awards.tenders,
            contracts=awards.contracts,
            issues=tuple(issues),
            pointer=pointer(self.form),
        )

    def _coded(self, name: str) -> str | None:
        return text(next(descendants(self.root, name), None))

    def _attribute_of(self, name: str, attribute_name: str) -> str | None:
        return next(
            (found for node in descendants(self.form, name) if (found := attribute(node, attribute_name))), None
        )

    def _is_form(self, number: str) -> bool:
        return (attribute(self.form, "FORM") or "") == number

    def _form_type(self, awards: Awards) -> str | None:
        known = _FORM_TYPES.get(attribute(self.form, "FORM") or "")
        if known:
            return known
        kind = (self._attribute_of("NOTICE", "TYPE") or "").upper()
        if awards.results or "AWARD" in kind:
            return "result"
        return "planning" if kind.startswith("PRI") or "PRIOR_INFORMATION" in self.form.tag else "competition"

    def _procedure(self) -> str | None:
        for block in descendants(self.form, "PROCEDURE"):
            for node in block:
                if code := _PROCEDURES.get(etree.QName(node).localname):
                    return code
        return None

    def _cpv_codes(self) -> Iterator[str]:
        for node in descendants(self.root, "ORIGINAL_CPV"):
            if code := attribute(node, "CODE"):
                yield code

    def _nuts(self) -> Iterator[str]:
        """Return the areas of the coded section, which sums up buyer, performance and winners."""
        coded = only(self.root, "CODED_DATA_SECTION")
        for node in coded.iter(etree.Element) if coded is not None else ():
            if etree.QName(node).localname.endswith("NUTS") and (code := attribute(node, "CODE")):
                yield code

    def _texts(self, *names: str) -> dict[str, str]:
        """Return the text of the object of the contract in every language of the forms."""
        found: dict[str, str] = {}
        for form in self.forms:
            for block in form.iter(etree.Element):
                if etree.QName(block).localname.startswith("OBJECT"):
                    value = next((value for node in children(block, *names) if (value := text(node))), None)
                    if value:
                        found.setdefault(attribute(form, "LG") or "", value)
                        break
        return found

    def _estimated_value(self) -> Money | None:
        for block in descendants(self.form, "OBJECT_CONTRACT"):
            for node in children(block, "VAL_ESTIMATED_TOTAL"):
                return money(node)
        return None

    def _total_values(self) -> tuple[Money, ...]:
        nodes = (node for block in descendants(self.form, "OBJECT_CONTRACT") for node in children(block, "VAL_TOTAL"))
        return tuple(value for node in nodes if (value := money(node)))

    def _references(self) -> tuple[str, ...]:
        found = [text(node) for block in descendants(self.root, "REF_NOTICE") for node in children(block, "NO_DOC_OJS")]
        found += [text(node) for node in descendants(self.form, "NOTICE_NUMBER_OJ")]
        return tuple(dict.fromkeys(value for value in found if value))

    def _buyers(self) -> tuple[tuple[BuyerRecord, ...], tuple[Organisation, ...]]:
        names = ("ADDRESS_CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY_ADDITIONAL", "CA_CE_CONCESSIONAIRE_PROFILE")
        nodes = [node for name in names for node in descendants(self.form, name)]
        found = tuple(organisation(node, f"BUYER-{number}") for number, node in enumerate(nodes, start=1))
        legal = tuple(code for node in descendants(self.root, "AA_AUTHORITY_TYPE") if (code := attribute(node, "CODE")))
        return tuple(BuyerRecord(body.id, legal) for body in found), found

    def _buyer_issues(self, buyers: tuple[BuyerRecord, ...]) -> list[Issue]:
        if buyers:
            return []
        return [
            Issue(
                "warning",
                "buyer-missing",
                "De aankondiging zegt niet welke organisatie de koper is.",
                pointer(self.form),
            )
        ]


def attribute_of_first(form: etree._Element, name: str) -> str | None:
    """Return an attribute of the first child of a form: R2.0.8 puts the nature of the contract there."""
    return attribute(form[0], name) if len(form) else None


def _compact_date(value: str | None) -> PublishedDate | None:
    """Turn 20190102 into a published date."""
    if not value:
        return None
    digits = value[:8]
    if len(digits) == 8 and digits.isdigit():
        return PublishedDate(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    return PublishedDate(value)
