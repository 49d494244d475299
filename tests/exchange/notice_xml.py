"""Small eForms notices, written by hand for the tests."""

from __future__ import annotations

from koopkracht.exchange.formats.eforms_terms import NAMESPACES

_DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def notice(
    body: str = "", *, extension: str = "", root: str = "ContractAwardNotice", version: str = "01", number: str = "n-1"
) -> bytes:
    """Wrap a body and an extension in the outside of a notice."""
    wrapped = (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        f"{extension}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )
    return (
        f'<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" {_DECLARATIONS}>{wrapped}'
        "<cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID>"
        f'<cbc:ID schemeName="notice-id">{number}</cbc:ID><cbc:ContractFolderID>p-1</cbc:ContractFolderID>'
        f"<cbc:IssueDate>2024-10-07+02:00</cbc:IssueDate><cbc:VersionID>{version}</cbc:VersionID>"
        '<cbc:NoticeTypeCode listName="result">can-standard</cbc:NoticeTypeCode>'
        f"{body}</{root}>"
    ).encode()


def project(title: str = "Poetsen van de scholen", inside: str = "") -> str:
    """Return the project block of a notice or lot."""
    return (
        f'<cac:ProcurementProject><cbc:Name languageID="NLD">{title}</cbc:Name>'
        "<cac:MainCommodityClassification><cbc:ItemClassificationCode>90911000</cbc:ItemClassificationCode>"
        f"</cac:MainCommodityClassification>{inside}</cac:ProcurementProject>"
    )


def lot(number: str = "LOT-0001", inside: str = "", *, scheme: str = "Lot", terms: str = "") -> str:
    """Return one lot."""
    return (
        f'<cac:ProcurementProjectLot><cbc:ID schemeName="{scheme}">{number}</cbc:ID>{terms}'
        f"{project(f'Titel van {number}', inside)}</cac:ProcurementProjectLot>"
    )


def organisation(number: str, name: str, company_id: str = "", size: str = "") -> str:
    """Return one organisation."""
    legal = f"<cac:PartyLegalEntity><cbc:CompanyID>{company_id}</cbc:CompanyID></cac:PartyLegalEntity>"
    return (
        f"<efac:Organization><efac:Company>{f'<efbc:CompanySizeCode>{size}</efbc:CompanySizeCode>' if size else ''}"
        f"<cac:PartyIdentification><cbc:ID>{number}</cbc:ID></cac:PartyIdentification>"
        f'<cac:PartyName><cbc:Name languageID="NLD">{name}</cbc:Name></cac:PartyName>'
        f"<cac:PostalAddress><cac:Country><cbc:IdentificationCode>BEL</cbc:IdentificationCode></cac:Country>"
        f"</cac:PostalAddress>{legal if company_id else ''}</efac:Company></efac:Organization>"
    )


def organisations(*blocks: str) -> str:
    """Wrap organisations."""
    return f"<efac:Organizations>{''.join(blocks)}</efac:Organizations>"


def buyer(number: str) -> str:
    """Return the contracting party that points at an organisation."""
    return (
        "<cac:ContractingParty><cac:Party><cac:PartyIdentification>"
        f"<cbc:ID>{number}</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>"
    )


def lot_result(number: str, lot_id: str, *, tenders: str = "", contracts: str = "", statistics: str = "") -> str:
    """Return one lot result; tenders and contracts are space-separated references."""
    listed = "".join(f"<efac:LotTender><cbc:ID>{tender}</cbc:ID></efac:LotTender>" for tender in tenders.split())
    settled = "".join(
        f"<efac:SettledContract><cbc:ID>{contract}</cbc:ID></efac:SettledContract>" for contract in contracts.split()
    )
    return (
        f"<efac:LotResult><cbc:ID>{number}</cbc:ID><cbc:TenderResultCode>selec-w</cbc:TenderResultCode>"
        f'{listed}{statistics}{settled}<efac:TenderLot><cbc:ID schemeName="Lot">{lot_id}</cbc:ID></efac:TenderLot>'
        "</efac:LotResult>"
    )


def tender(number: str, lot_id: str, party: str, value: str = "", currency: str = "EUR") -> str:
    """Return one tender."""
    total = (
        f'<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="{currency}">{value}</cbc:PayableAmount>'
        "</cac:LegalMonetaryTotal>"
    )
    return (
        f"<efac:LotTender><cbc:ID>{number}</cbc:ID>{total if value else ''}"
        f"<efac:TenderingParty><cbc:ID>{party}</cbc:ID></efac:TenderingParty>"
        f"<efac:TenderLot><cbc:ID>{lot_id}</cbc:ID></efac:TenderLot></efac:LotTender>"
    )


def contract(number: str, tenders: str = "") -> str:
    """Return one concluded contract."""
    named = "".join(f"<efac:LotTender><cbc:ID>{one}</cbc:ID></efac:LotTender>" for one in tenders.split())
    return (
        f"<efac:SettledContract><cbc:ID>{number}</cbc:ID><cbc:IssueDate>2024-09-01+02:00</cbc:IssueDate>"
        f"<efac:ContractReference><cbc:ID>REF {number}</cbc:ID></efac:ContractReference>{named}</efac:SettledContract>"
    )


def party(number: str, *members: str) -> str:
    """Return a tendering party with its members."""
    inside = "".join(f"<efac:Tenderer><cbc:ID>{member}</cbc:ID></efac:Tenderer>" for member in members)
    return f"<efac:TenderingParty><cbc:ID>{number}</cbc:ID>{inside}</efac:TenderingParty>"


def count(value: int, code: str = "") -> str:
    """Return a number of tenders received; without a code, as Belgian notices publish it."""
    coded = f'<efbc:StatisticsCode listName="received-submission-type">{code}</efbc:StatisticsCode>'
    return (
        f"<efac:ReceivedSubmissionsStatistics>{coded if code else ''}"
        f"<efbc:StatisticsNumeric>{value}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>"
    )


def award_notice(*, version: str = "01", number: str = "n-1", value: str = "125000.50") -> bytes:
    """Return a whole award notice: one lot, two tenders, one contract, a Belgian buyer and a social workshop."""
    result = (
        "<efac:NoticeResult>"
        + lot_result("RES-0001", "LOT-0001", tenders="TEN-0001 TEN-0002", contracts="CON-0001", statistics=count(2))
        + tender("TEN-0001", "LOT-0001", "TPA-0001", value)
        + tender("TEN-0002", "LOT-0001", "TPA-0002", "140000")
        + contract("CON-0001", "TEN-0001")
        + party("TPA-0001", "ORG-0002")
        + party("TPA-0002", "ORG-0003")
        + "</efac:NoticeResult>"
    )
    bodies = organisations(
        organisation("ORG-0001", "Stad Voorbeeld", "0207528035_720"),
        organisation("ORG-0002", "Maatwerkbedrijf De Brug", "BE 0400.000.185", "sme"),
        organisation("ORG-0003", "Groot Poetsbedrijf", "0400000284", "large"),
    )
    return notice(buyer("ORG-0001") + project() + lot(), extension=result + bodies, version=version, number=number)
