"""Reading UBL invoices and recomputing them: every figure is taken over, every wrong total is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from koopkracht.exchange.formats import schematron
from koopkracht.exchange.formats.ubl import InvoiceRecord, amount, read_invoice
from koopkracht.exchange.formats.ubl_arithmetic import recompute
from koopkracht.exchange.formats.ubl_rules import LoadedRules, judge
from koopkracht.exchange.formats.xml_safe import UnreadableXml
from koopkracht.shared.errors import Rejected
from tests.exchange.ubl_factory import invoice


def faults(data: bytes) -> dict[str, str]:
    """The fatal faults: the EN 16931 rule that says the same, and our sentence."""
    return {fault.rule: fault.message for fault in recompute(read_invoice(data)) if fault.is_fatal}


def test_everything_is_read() -> None:
    record = read_invoice(invoice())
    assert (record.kind, record.number, record.issue_date, record.type_code) == ("Invoice", "F-1", "2026-03-15", "380")
    assert (record.order, record.contract, record.buyer_reference) == ("PO-1", "RO-2024-07", "dienst aankoop")
    assert record.seller.name == "Maatwerkbedrijf Het Voorbeeld vzw"
    assert (record.seller.vat, record.seller.legal_id, record.seller.endpoint_scheme) == (
        "BE0999000129",
        "0999000129",
        "0208",
    )
    assert (record.seller.city, record.seller.postal_code, record.seller.country) == ("Proefdorp", "9990", "BE")
    assert (record.totals.net, record.vat, record.totals.payable) == ("150.00", "31.50", "181.50")
    assert [(line.id, line.net, line.cpv, line.account) for line in record.lines] == [
        ("1", "100.00", ("77310000",), "614300"),
        ("2", "50.00", ("77310000",), "614300"),
    ]


def test_credit_note() -> None:
    record = read_invoice(invoice(kind="CreditNote"))
    assert record.is_credit_note
    assert (record.type_code, record.lines[0].quantity) == ("381", "1")
    assert not faults(invoice(kind="CreditNote"))


def test_another_document_is_refused_by_name() -> None:
    with pytest.raises(UnreadableXml, match="begint met “Order”"):
        read_invoice(b"<Order/>")


def test_an_empty_shell_is_read_without_invention() -> None:
    record = read_invoice(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>')
    assert isinstance(record, InvoiceRecord)
    assert (record.number, record.vat, record.lines, record.seller.name) == (None, None, (), None)
    assert recompute(record) == ()


@pytest.mark.parametrize(
    ("changed", "rule", "figures", "also"),
    [
        ({"line_sum": "149.00"}, "BR-CO-10", ("€ 150,00", "€ 149,00"), ("BR-CO-13",)),
        ({"net": "1150.00", "gross": "1181.50", "payable": "1181.50"}, "BR-CO-13", ("€ 150,00", "€ 1.150,00"), ()),
        ({"vat": "31.51", "gross": "181.51", "payable": "181.51"}, "BR-CO-14", ("€ 31,50", "€ 31,51"), ()),
        ({"gross": "180.00", "payable": "180.00"}, "BR-CO-15", ("€ 181,50", "€ 180,00"), ()),
        ({"payable": "200.00"}, "BR-CO-16", ("€ 181,50", "€ 200,00"), ()),
    ],
)
def test_a_wrong_total_is_named_with_both_figures(
    changed: dict[str, str], rule: str, figures: tuple[str, str], also: tuple[str, ...]
) -> None:
    found = faults(invoice(**changed))
    assert set(found) == {rule, *also}
    assert all(figure in found[rule] for figure in figures)


def test_wrong_vat_on_a_rate() -> None:
    data = invoice().replace(b">21<", b">6<", 1)
    assert "BR-CO-17" in faults(data)
    assert faults(invoice().replace(b"<cbc:Percent>21", b"<cbc:Percent>12", 2)).keys() >= {"BR-CO-17", "BR-S-08"}


def test_vat_in_another_currency_is_never_added() -> None:
    data = invoice().replace(b"<cbc:DocumentCurrencyCode>EUR", b"<cbc:DocumentCurrencyCode>USD")
    assert "verschillende munten" in faults(data)["BR-CO-15"]


def test_rounding_per_line_is_accepted() -> None:
    assert not faults(invoice(lines=("0.05",) * 30, rate="6"))


def test_line_arithmetic_is_a_remark() -> None:
    data = invoice().replace(b'PriceAmount currencyID="EUR">100.00', b'PriceAmount currencyID="EUR">90.00')
    remarks = [fault for fault in recompute(read_invoice(data)) if not fault.is_fatal]
    assert [remark.pointer for remark in remarks] == ["cac:InvoiceLine[1]"]
    assert not faults(data)


@pytest.mark.parametrize(
    "text", ["", None, "vijf", "NaN", "1e999999999", "1e-999999999", "0e999", "Infinity", "1" * 60]
)
def test_a_text_that_is_no_amount_gives_nothing(text: str | None) -> None:
    assert amount(text) is None


def test_amounts_are_exact() -> None:
    assert amount(" 1234.50 ") == Decimal("1234.50")


RULES = b"""<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
  <ns prefix="cbc" uri="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"/>
  <ns prefix="cac" uri="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"/>
  <let name="limit" value="10"/>
  <phase id="strict"><active pattern="lines"/></phase>
  <pattern id="head"><rule context="/*"><let name="id" value="cbc:ID"/>
    <assert id="T-1" flag="fatal" test="starts-with($id, 'F')">Number <value-of select="$id"/> must be an F</assert>
  </rule></pattern>
  <pattern id="lines">
    <rule context="cac:InvoiceLine[cbc:ID = '1']"><assert id="T-2" flag="warning" test="false()">first</assert></rule>
    <rule context="cac:InvoiceLine"><report id="T-3" test="cbc:ID &lt; $limit">below</report></rule>
    <rule context="@currencyID"><assert id="T-4" test=". = 'EUR'">currency {x}</assert></rule>
  </pattern>
</schema>"""

needs_saxon = pytest.mark.skipif(not schematron.is_available(), reason="Saxon is not installed")


@needs_saxon
def test_rules_run_as_loaded() -> None:
    rules = schematron.compile_rules(RULES)
    assert rules.assertions == 4
    found = rules.judge(
        invoice(number="X-9").replace(b'PriceAmount currencyID="EUR"', b'PriceAmount currencyID="USD"', 1)
    )
    assert [(each.rule, each.is_fatal) for each in found] == [
        ("T-1", True),
        ("T-2", False),
        ("T-4", True),
        ("T-3", True),
    ]
    assert found[0].message == "Number X-9 must be an F"
    assert found[2].message == "currency {x}"
    assert found[2].location == "/Invoice[1]/cac:InvoiceLine[1]/cac:Price[1]/cbc:PriceAmount[1]/@currencyID"


@needs_saxon
def test_a_phase_runs_only_its_patterns() -> None:
    found = schematron.compile_rules(RULES, phase="strict").judge(invoice(number="X-9"))
    assert "T-1" not in {each.rule for each in found}
    with pytest.raises(Rejected, match="kent de fase"):
        schematron.compile_rules(RULES, phase="other")


@needs_saxon
def test_includes_come_from_the_caller_only() -> None:
    main = RULES.replace(b'<pattern id="head">', b'<include href="part.sch"/><pattern id="head">')
    part = b"""<pattern xmlns="http://purl.oclc.org/dsdl/schematron" id="x"><rule context="/*">
      <assert id="T-9" test="false()">always</assert></rule></pattern>"""
    found = schematron.compile_rules(main, include={"part.sch": part}.__getitem__).judge(invoice())
    assert found[0].rule == "T-9"
    with pytest.raises(Rejected, match="andere bestanden"):
        schematron.compile_rules(main)


@needs_saxon
@pytest.mark.parametrize("data", [b"<a/>", RULES.replace(b"starts-with(", b"starts with(")])
def test_a_file_that_is_no_rule_file_is_refused(data: bytes) -> None:
    with pytest.raises(Rejected):
        schematron.compile_rules(data)


def test_without_loaded_rules_the_verdict_says_so() -> None:
    verdict = judge(invoice(payable="1.00"), LoadedRules())
    assert verdict.is_refused
    assert [(check.name, check.is_done) for check in verdict.checks] == [("xsd", False), ("arithmetic", True)]


def test_without_saxon_the_verdict_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("koopkracht.exchange.formats.ubl_rules.is_available", lambda: False)
    path = tmp_path / "rules.sch"
    path.write_bytes(RULES)
    verdict = judge(invoice(number="X-9"), LoadedRules(schematron={"en16931": path}))
    assert not verdict.is_refused
    assert "Saxon" in verdict.checks[1].why_not


@needs_saxon
def test_a_rule_that_cannot_run_refuses_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "rules.sch"
    path.write_bytes(
        RULES.replace(b"starts-with($id, 'F')", b"xs:decimal($id) > 1").replace(
            b'<let name="limit"', b'<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/><let name="limit"'
        )
    )
    verdict = judge(invoice(), LoadedRules(schematron={"en16931": path}))
    assert verdict.is_refused
    assert verdict.reasons[0].message.startswith("De officiële regels konden")


def test_schema_of_the_operator_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "maindoc"
    folder.mkdir()
    (folder / "UBL-Invoice-2.1.xsd").write_text(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified" '
        'targetNamespace="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'
        '<element name="Invoice"><complexType><sequence/></complexType></element></schema>'
    )
    verdict = judge(invoice(), LoadedRules(schemas=tmp_path, versions={"xsd": "2.1"}))
    assert verdict.is_refused
    assert verdict.reasons[0].source == "xsd"
    assert (verdict.checks[0].is_done, verdict.checks[0].version) == (True, "2.1")


_REACHING_OUT = {
    "reads a text": """<let name="x" value="unparsed-text('{secret}')"/>""",
    "reads a document": """<let name="x" value="string(doc('{secret}'))"/>""",
    "reads the environment": """<let name="x" value="environment-variable('PATH')"/>""",
    "brings a stylesheet": """<xsl:include href="{secret}"/><let name="x" value="'F'"/>""",
    "writes": """<let name="x" value="''"/><xsl:template match="/" priority="20000">
        <xsl:result-document href="{target}"><out/></xsl:result-document></xsl:template>""",
}


@needs_saxon
@pytest.mark.parametrize("how", _REACHING_OUT)
def test_rules_reach_nothing_outside_the_document(how: str, tmp_path: Path) -> None:
    secret, target = tmp_path / "secret.xml", tmp_path / "written.xml"
    secret.write_text("<d>canary</d>", encoding="utf-8")
    part = _REACHING_OUT[how].format(secret=secret.as_uri(), target=target.as_uri())
    rules = f"""<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"
        xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><ns prefix="u" uri="urn:u"/>{part}
        <pattern><rule context="/*"><report id="T-9" test="string-length($x) gt 0"><value-of select="$x"/></report>
        </rule></pattern></schema>"""
    try:
        found = schematron.compile_rules(rules.encode()).judge(invoice())
    except Rejected:
        found = ()
    assert "canary" not in str(found)
    assert found == ()
    assert not target.exists()
