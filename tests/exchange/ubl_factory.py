"""Small UBL invoices for tests, with figures that add up unless a test changes them."""

from __future__ import annotations

from decimal import Decimal

_NAMESPACES = (
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def _party(kind: str, name: str, number: str) -> str:
    return f"""
    <cac:{kind}><cac:Party>
      <cbc:EndpointID schemeID="0208">{number}</cbc:EndpointID>
      <cac:PostalAddress><cbc:CityName>Proefdorp</cbc:CityName><cbc:PostalZone>9990</cbc:PostalZone>
        <cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
      <cac:PartyTaxScheme><cbc:CompanyID>BE{number}</cbc:CompanyID>
        <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
      <cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>
        <cbc:CompanyID schemeID="0208">{number}</cbc:CompanyID></cac:PartyLegalEntity>
    </cac:Party></cac:{kind}>"""


def _line(kind: str, place: int, net: Decimal, rate: str) -> str:
    quantity = "InvoicedQuantity" if kind == "Invoice" else "CreditedQuantity"
    return f"""
    <cac:{kind}Line><cbc:ID>{place}</cbc:ID><cbc:{quantity} unitCode="C62">1</cbc:{quantity}>
      <cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount>
      <cbc:AccountingCost>614300</cbc:AccountingCost>
      <cac:Item><cbc:Name>Dienst {place}</cbc:Name>
        <cac:CommodityClassification><cbc:ItemClassificationCode listID="STI">77310000</cbc:ItemClassificationCode>
        </cac:CommodityClassification>
        <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent>
          <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
      <cac:Price><cbc:PriceAmount currencyID="EUR">{net}</cbc:PriceAmount></cac:Price>
    </cac:{kind}Line>"""


def invoice(
    *,
    number: str = "F-1",
    lines: tuple[str, ...] = ("100.00", "50.00"),
    rate: str = "21",
    kind: str = "Invoice",
    contract: str = "RO-2024-07",
    seller: str = "Maatwerkbedrijf Het Voorbeeld vzw",
    seller_number: str = "0999000129",
    buyer_number: str = "0999000228",
    date: str = "2026-03-15",
    **changed: str,
) -> bytes:
    """Write an invoice; ``changed`` replaces a total (``net``, ``vat``, ``gross``, ``payable``, ``line_sum``)."""
    amounts = [Decimal(line) for line in lines]
    net = sum(amounts, start=Decimal("0.00"))
    vat = (net * Decimal(rate) / 100).quantize(Decimal("0.01"))
    totals = {"line_sum": net, "net": net, "vat": vat, "gross": net + vat, "payable": net + vat, **changed}
    type_code = "InvoiceTypeCode>380" if kind == "Invoice" else "CreditNoteTypeCode>381"
    reference = f"<cac:ContractDocumentReference><cbc:ID>{contract}</cbc:ID></cac:ContractDocumentReference>"
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
    <{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2" {_NAMESPACES}>
    <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
    <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
    <cbc:ID>{number}</cbc:ID><cbc:IssueDate>{date}</cbc:IssueDate>
    <cbc:{type_code}</cbc:{type_code.partition(">")[0]}>
    <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
    <cbc:BuyerReference>dienst aankoop</cbc:BuyerReference>
    <cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference>{reference if contract else ""}
    {_party("AccountingSupplierParty", seller, seller_number)}
    {_party("AccountingCustomerParty", "Gemeente Voorbeeldegem", buyer_number)}
    <cac:PaymentTerms><cbc:Note>30 dagen</cbc:Note></cac:PaymentTerms>
    <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{totals["vat"]}</cbc:TaxAmount>
      <cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{net}</cbc:TaxableAmount>
        <cbc:TaxAmount currencyID="EUR">{vat}</cbc:TaxAmount>
        <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent>
          <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
    <cac:LegalMonetaryTotal>
      <cbc:LineExtensionAmount currencyID="EUR">{totals["line_sum"]}</cbc:LineExtensionAmount>
      <cbc:TaxExclusiveAmount currencyID="EUR">{totals["net"]}</cbc:TaxExclusiveAmount>
      <cbc:TaxInclusiveAmount currencyID="EUR">{totals["gross"]}</cbc:TaxInclusiveAmount>
      <cbc:PayableAmount currencyID="EUR">{totals["payable"]}</cbc:PayableAmount></cac:LegalMonetaryTotal>
    {"".join(_line(kind, place, net, rate) for place, net in enumerate(amounts, start=1))}
    </{kind}>"""
    return text.strip().encode()
