"""UBL 2.1 invoices and credit notes (Peppol BIS Billing 3.0): bytes in, a frozen record out.

The reader is tolerant: it takes over what is there, as published, and judges nothing. Whether the figures add up is
the work of ``ubl_arithmetic``, whether the official rules hold that of ``ubl_rules``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from koopkracht.exchange.formats.xml_safe import UnreadableXml, parse_xml

__all__ = [
    "AllowanceCharge",
    "InvoiceRecord",
    "LineRecord",
    "Party",
    "Totals",
    "VatSubtotal",
    "amount",
    "read_invoice",
    "read_invoice_root",
]

_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_KINDS: Final = {
    "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice": "Invoice",
    "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote": "CreditNote",
}
_Parent = etree._Element | dict[str, etree._Element]
_CPV_LIST: Final = "STI"
_CPV_LENGTH: Final = 8
_DIGITS: Final = 15
_DECIMALS: Final = 15
_FIGURES: Final = 40


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer, with every identifier the invoice gives."""

    name: str | None = None
    trade_name: str | None = None
    vat: str | None = None
    tax_registration: str | None = None
    legal_id: str | None = None
    legal_id_scheme: str | None = None
    endpoint: str | None = None
    endpoint_scheme: str | None = None
    other_ids: tuple[str, ...] = ()
    street: str | None = None
    city: str | None = None
    postal_code: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class VatSubtotal:
    """The base and the tax of one VAT category and rate."""

    category: str | None
    rate: str | None
    taxable: str | None
    tax: str | None
    exemption: str | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class AllowanceCharge:
    """A discount (``is_charge`` false) or a surcharge, on the document or on a line."""

    is_charge: bool
    amount: str | None
    category: str | None
    rate: str | None
    reason: str | None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class LineRecord:
    """One line: what, how much, at which price, under which VAT category."""

    id: str | None
    name: str | None
    description: str | None
    net: str | None
    quantity: str | None
    unit: str | None
    price: str | None
    base_quantity: str | None
    category: str | None
    rate: str | None
    classifications: tuple[tuple[str, str], ...]
    account: str | None
    order_line: str | None
    allowance_charges: tuple[AllowanceCharge, ...] = ()
    pointer: str = ""

    @property
    def cpv(self) -> tuple[str, ...]:
        """Return the CPV codes of the line, without blanks and check digit."""
        codes = (code.partition("-")[0] for scheme, code in self.classifications if scheme == _CPV_LIST)
        return tuple(code for code in codes if len(code) == _CPV_LENGTH and code.isdigit())


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals as the invoice states them."""

    lines: str | None = None
    allowances: str | None = None
    charges: str | None = None
    net: str | None = None
    gross: str | None = None
    prepaid: str | None = None
    rounding: str | None = None
    payable: str | None = None


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """One invoice or credit note as published. Amounts are texts; ``amount`` reads them."""

    kind: str
    number: str | None
    issue_date: str | None
    due_date: str | None
    type_code: str | None
    currency: str | None
    customization: str | None
    profile: str | None
    buyer_reference: str | None
    order: str | None
    contract: str | None
    account: str | None
    notes: tuple[str, ...]
    preceding: tuple[str, ...]
    period_start: str | None
    period_end: str | None
    seller: Party
    buyer: Party
    totals: Totals
    vat: str | None
    vat_currency: str | None
    vat_other_currency: str | None
    vat_breakdown: tuple[VatSubtotal, ...]
    allowance_charges: tuple[AllowanceCharge, ...]
    lines: tuple[LineRecord, ...]
    payment_reference: str | None
    payment_accounts: tuple[str, ...]

    @property
    def is_credit_note(self) -> bool:
        """Tell whether the amounts take away from what is owed."""
        return self.kind == "CreditNote"


def amount(text: str | None) -> Decimal | None:
    """Read an amount; a text that is none, and a figure no invoice can hold, give ``None``."""
    if not text:
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or not -_DECIMALS <= value.adjusted() < _DIGITS or len(value.as_tuple().digits) > _FIGURES:
        return None
    return value


def read_invoice(data: bytes) -> InvoiceRecord:
    """Read one invoice or credit note. Raises ``HostileXml`` and ``UnreadableXml`` of ``xml_safe``."""
    return read_invoice_root(parse_xml(data))


def read_invoice_root(root: etree._Element) -> InvoiceRecord:
    """Read a document that was already parsed safely. Raises ``UnreadableXml`` for another kind of document."""
    kind = _KINDS.get(str(root.tag))
    if kind is None:
        raise UnreadableXml(
            f"Dit is geen UBL-factuur of -creditnota: het bestand begint met “{etree.QName(root).localname}”. "
            "Vraag de leverancier om een factuur in Peppol BIS 3.",
            code="ubl-other-document",
        )
    head = _index(root)
    tax_totals = root.findall(f"{_CAC}TaxTotal")
    currency = _text(head, f"{_CBC}DocumentCurrencyCode")
    own, other = _tax_totals(tax_totals, currency)
    return InvoiceRecord(
        kind=kind,
        number=_text(head, f"{_CBC}ID"),
        issue_date=_text(head, f"{_CBC}IssueDate"),
        due_date=_text(head, f"{_CBC}DueDate"),
        type_code=_text(head, f"{_CBC}InvoiceTypeCode") or _text(head, f"{_CBC}CreditNoteTypeCode"),
        currency=currency,
        customization=_text(head, f"{_CBC}CustomizationID"),
        profile=_text(head, f"{_CBC}ProfileID"),
        buyer_reference=_text(head, f"{_CBC}BuyerReference"),
        order=_text(head, f"{_CAC}OrderReference/{_CBC}ID"),
        contract=_text(head, f"{_CAC}ContractDocumentReference/{_CBC}ID"),
        account=_text(head, f"{_CBC}AccountingCost"),
        notes=_texts(root, f"{_CBC}Note"),
        preceding=_texts(root, f"{_CAC}BillingReference/{_CAC}InvoiceDocumentReference/{_CBC}ID"),
        period_start=_text(head, f"{_CAC}InvoicePeriod/{_CBC}StartDate"),
        period_end=_text(head, f"{_CAC}InvoicePeriod/{_CBC}EndDate"),
        seller=_party(root.find(f"{_CAC}AccountingSupplierParty/{_CAC}Party")),
        buyer=_party(root.find(f"{_CAC}AccountingCustomerParty/{_CAC}Party")),
        totals=_totals(head.get(f"{_CAC}LegalMonetaryTotal")),
        vat=_text(own, f"{_CBC}TaxAmount"),
        vat_currency=None if own is None else _currency(own),
        vat_other_currency=_text(other, f"{_CBC}TaxAmount"),
        vat_breakdown=tuple(_subtotals(own)),
        allowance_charges=tuple(_allowance_charges(root, "")),
        lines=tuple(_lines(root, kind)),
        payment_reference=next(iter(_texts(root, f"{_CAC}PaymentMeans/{_CBC}PaymentID")), None),
        payment_accounts=_texts(root, f"{_CAC}PaymentMeans/{_CAC}PayeeFinancialAccount/{_CBC}ID"),
    )


def _text(parent: _Parent | None, path: str) -> str | None:
    """Return the text of the first match without the blanks around it; ``None`` when absent or blank."""
    found: etree._Element | None = None
    node = parent
    for step in path.split("/"):
        if node is None:
            return None
        found = node.get(step) if isinstance(node, dict) else next(node.iterchildren(step), None)
        node = found
    text = None if found is None else found.text
    return (text.strip() or None) if text else None


def _index(element: etree._Element | None) -> dict[str, etree._Element]:
    """Return the first child of each name: looking up twenty of them this way costs one walk."""
    index: dict[str, etree._Element] = {}
    for child in element if element is not None else ():
        index.setdefault(str(child.tag), child)
    return index


def _texts(parent: etree._Element, path: str) -> tuple[str, ...]:
    found = (element.text for element in parent.iterfind(path))
    return tuple(text.strip() for text in found if text and not text.isspace())


def _tax_totals(
    totals: list[etree._Element], currency: str | None
) -> tuple[etree._Element | None, etree._Element | None]:
    """Return the total in the invoice currency, and the one in the accounting currency where a second is given."""
    own = next((each for each in totals if each.find(f"{_CAC}TaxSubtotal") is not None), None)
    if own is None:
        own = next((each for each in totals if _currency(each) == currency), totals[0] if totals else None)
    return own, next((each for each in totals if each is not own), None)


def _currency(total: etree._Element) -> str | None:
    element = total.find(f"{_CBC}TaxAmount")
    return None if element is None else element.get("currencyID")


def _party(party: etree._Element | None) -> Party:
    if party is None:
        return Party()
    index = _index(party)
    entity = _index(index.get(f"{_CAC}PartyLegalEntity"))
    endpoint = index.get(f"{_CBC}EndpointID")
    legal = entity.get(f"{_CBC}CompanyID")
    address = index.get(f"{_CAC}PostalAddress")
    schemes = {
        _text(scheme, f"{_CAC}TaxScheme/{_CBC}ID"): _text(scheme, f"{_CBC}CompanyID")
        for scheme in party.iterchildren(f"{_CAC}PartyTaxScheme")
    }
    return Party(
        name=_text(entity, f"{_CBC}RegistrationName") or _text(index, f"{_CAC}PartyName/{_CBC}Name"),
        trade_name=_text(index, f"{_CAC}PartyName/{_CBC}Name"),
        vat=schemes.get("VAT"),
        tax_registration=next((value for scheme, value in schemes.items() if scheme != "VAT"), None),
        legal_id=_text(entity, f"{_CBC}CompanyID"),
        legal_id_scheme=None if legal is None else legal.get("schemeID"),
        endpoint=_text(index, f"{_CBC}EndpointID"),
        endpoint_scheme=None if endpoint is None else endpoint.get("schemeID"),
        other_ids=_texts(party, f"{_CAC}PartyIdentification/{_CBC}ID"),
        street=_text(address, f"{_CBC}StreetName"),
        city=_text(address, f"{_CBC}CityName"),
        postal_code=_text(address, f"{_CBC}PostalZone"),
        country=_text(address, f"{_CAC}Country/{_CBC}IdentificationCode"),
    )


def _totals(total: etree._Element | None) -> Totals:
    index = _index(total)
    return Totals(
        lines=_text(index, f"{_CBC}LineExtensionAmount"),
        allowances=_text(index, f"{_CBC}AllowanceTotalAmount"),
        charges=_text(index, f"{_CBC}ChargeTotalAmount"),
        net=_text(index, f"{_CBC}TaxExclusiveAmount"),
        gross=_text(index, f"{_CBC}TaxInclusiveAmount"),
        prepaid=_text(index, f"{_CBC}PrepaidAmount"),
        rounding=_text(index, f"{_CBC}PayableRoundingAmount"),
        payable=_text(index, f"{_CBC}PayableAmount"),
    )


def _subtotals(total: etree._Element | None) -> Iterator[VatSubtotal]:
    if total is None:
        return
    for place, part in enumerate(total.iterfind(f"{_CAC}TaxSubtotal"), start=1):
        category = part.find(f"{_CAC}TaxCategory")
        yield VatSubtotal(
            category=_text(category, f"{_CBC}ID"),
            rate=_text(category, f"{_CBC}Percent"),
            taxable=_text(part, f"{_CBC}TaxableAmount"),
            tax=_text(part, f"{_CBC}TaxAmount"),
            exemption=_text(category, f"{_CBC}TaxExemptionReason"),
            pointer=f"cac:TaxTotal/cac:TaxSubtotal[{place}]",
        )


def _allowance_charges(parent: etree._Element, pointer: str) -> Iterator[AllowanceCharge]:
    for place, part in enumerate(parent.iterfind(f"{_CAC}AllowanceCharge"), start=1):
        category = part.find(f"{_CAC}TaxCategory")
        yield AllowanceCharge(
            is_charge=(_text(part, f"{_CBC}ChargeIndicator") or "").lower() in ("true", "1"),
            amount=_text(part, f"{_CBC}Amount"),
            category=_text(category, f"{_CBC}ID"),
            rate=_text(category, f"{_CBC}Percent"),
            reason=_text(part, f"{_CBC}AllowanceChargeReason"),
            pointer=f"{pointer}cac:AllowanceCharge[{place}]",
        )


def _lines(root: etree._Element, kind: str) -> Iterator[LineRecord]:
    quantity_name = "InvoicedQuantity" if kind == "Invoice" else "CreditedQuantity"
    for place, line in enumerate(root.iterchildren(f"{_CAC}{kind}Line"), start=1):
        pointer = f"cac:{kind}Line[{place}]"
        own = _index(line)
        item = own.get(f"{_CAC}Item")
        about = _index(item)
        price = own.get(f"{_CAC}Price")
        category = about.get(f"{_CAC}ClassifiedTaxCategory")
        quantity = own.get(f"{_CBC}{quantity_name}")
        yield LineRecord(
            id=_text(own, f"{_CBC}ID"),
            name=_text(about, f"{_CBC}Name"),
            description=_text(about, f"{_CBC}Description"),
            net=_text(own, f"{_CBC}LineExtensionAmount"),
            quantity=_text(own, f"{_CBC}{quantity_name}"),
            unit=None if quantity is None else quantity.get("unitCode"),
            price=_text(price, f"{_CBC}PriceAmount"),
            base_quantity=_text(price, f"{_CBC}BaseQuantity"),
            category=_text(category, f"{_CBC}ID"),
            rate=_text(category, f"{_CBC}Percent"),
            classifications=_classifications(item) if f"{_CAC}CommodityClassification" in about else (),
            account=_text(own, f"{_CBC}AccountingCost"),
            order_line=_text(own, f"{_CAC}OrderLineReference/{_CBC}LineID"),
            allowance_charges=tuple(_allowance_charges(line, f"{pointer}/")) if f"{_CAC}AllowanceCharge" in own else (),
            pointer=pointer,
        )


def _classifications(item: etree._Element | None) -> tuple[tuple[str, str], ...]:
    """Return every class the line is put in, as (list, code); ``STI`` is the list of CPV codes."""
    if item is None:
        return ()
    codes = item.iterfind(f"{_CAC}CommodityClassification/{_CBC}ItemClassificationCode")
    return tuple((code.get("listID", ""), code.text.strip()) for code in codes if code.text)
