"""The eForms reader on small notices: each peculiarity of real notices once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from koopkracht.exchange.formats.eforms import list_terms, read_eforms
from koopkracht.exchange.formats.notice_records import NoticeRecord, preferred_text
from koopkracht.exchange.formats.xml_safe import UnreadableXml, parse_xml
from tests.exchange import notice_xml as xml


def codes(notice: NoticeRecord) -> set[str]:
    return {issue.code for issue in notice.issues}


def strategic(*codes_by_list: tuple[str, str]) -> str:
    return "".join(
        "<cac:ProcurementAdditionalType>"
        f'<cbc:ProcurementTypeCode listName="{name}">{code}</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>'
        for name, code in codes_by_list
    )


def test_a_whole_award_notice() -> None:
    notice = read_eforms(xml.award_notice())
    assert notice.title == "Poetsen van de scholen"
    assert notice.form_type == "result"
    assert notice.issue_date is not None
    assert (notice.issue_date.day, notice.issue_date.zone) == ("2024-10-07", "+02:00")
    (result,) = notice.results
    assert result.winner_basis == "contract"
    assert [winner.organisation_id for winner in result.winners] == ["ORG-0002"]
    assert result.winning_values[0].amount == Decimal("125000.50")
    assert notice.contracts[0].reference == "REF CON-0001"


def test_count_without_code_is_the_total_and_says_so() -> None:
    notice = read_eforms(xml.award_notice())
    assert notice.results[0].tenders_received == 2
    assert notice.results[0].count_basis == "uncoded"
    assert "tender-count-uncoded" in codes(notice)


def test_coded_count_wins_from_the_uncoded_one() -> None:
    statistics = xml.count(9) + xml.count(4, "tenders") + xml.count(3, "t-sme")
    extension = (
        f"<efac:NoticeResult>{xml.lot_result('RES-0001', 'LOT-0001', statistics=statistics)}</efac:NoticeResult>"
    )
    (result,) = read_eforms(xml.notice(xml.lot(), extension=extension)).results
    assert (result.tenders_received, result.count_basis, result.tenders_received_sme) == (4, "coded", 3)


def test_details_count_without_the_strategic_goal() -> None:
    notice = read_eforms(xml.notice(xml.project() + xml.lot(inside=strategic(("social-objective", "opp")))))
    assert notice.lots[0].strategic.is_social
    assert not notice.lots[0].strategic.is_green
    assert "strategic-without-goal" in codes(notice)


def test_goal_none_with_a_detail_is_a_contradiction_and_both_stay() -> None:
    inside = strategic(("strategic-procurement", "none"), ("environmental-impact", "circ-econ"))
    notice = read_eforms(xml.notice(xml.project() + xml.lot(inside=inside)))
    assert notice.lots[0].strategic.goals == ("none",)
    assert notice.lots[0].strategic.green == ("circ-econ",)
    assert "strategic-contradiction" in codes(notice)


def test_tenders_without_contract_are_candidates_not_winners() -> None:
    extension = (
        "<efac:NoticeResult>"
        + xml.lot_result("RES-0001", "LOT-0001", tenders="TEN-0001 TEN-0002", contracts="CON-0001")
        + xml.tender("TEN-0001", "LOT-0001", "TPA-0001")
        + xml.tender("TEN-0002", "LOT-0001", "TPA-0002")
        + xml.contract("CON-0001")
        + xml.party("TPA-0001", "ORG-0001")
        + xml.party("TPA-0002", "ORG-0002")
        + "</efac:NoticeResult>"
    )
    notice = read_eforms(xml.notice(xml.lot(), extension=extension))
    assert notice.results[0].winner_basis == "listed-tenders"
    assert {"winner-not-proven", "contract-without-tender"} <= codes(notice)


def test_tender_of_another_lot_and_missing_lot_are_reported() -> None:
    extension = (
        "<efac:NoticeResult>"
        + xml.lot_result("RES-0001", "MISSING", tenders="TEN-0001", contracts="CON-0001")
        + xml.tender("TEN-0001", "LOT-0001", "TPA-0001")
        + xml.contract("CON-0001", "TEN-0001")
        + xml.party("TPA-0001", "ORG-0001")
        + "</efac:NoticeResult>"
    )
    notice = read_eforms(xml.notice(xml.lot(), extension=extension))
    assert {"result-unknown-lot", "result-tender-of-other-lot"} <= codes(notice)
    assert notice.results[0].winner_basis == "contract"


def test_currencies_stay_with_their_amounts() -> None:
    extension = (
        "<efac:NoticeResult>"
        + xml.tender("TEN-0001", "LOT-0001", "TPA-0001", "10.5", "NOK")
        + xml.tender("TEN-0002", "LOT-0001", "TPA-0001", "1", "EUR")
        + "</efac:NoticeResult>"
    )
    notice = read_eforms(xml.notice(xml.lot(), extension=extension))
    assert [(tender.value.text, tender.value.currency) for tender in notice.tenders if tender.value] == [
        ("10.5", "NOK"),
        ("1", "EUR"),
    ]
    assert "amount-implausible" in codes(notice)


@pytest.mark.parametrize(
    ("number", "scheme", "kind"),
    [
        ("LOT-0001", "Lot", "Lot"),
        ("PAR-0001", "", "Part"),
        ("GLO-0001", "LotsGroup", "LotsGroup"),
        ("LOT-E01", "", "Lot"),
    ],
)
def test_lot_part_and_group_are_told_apart(number: str, scheme: str, kind: str) -> None:
    assert read_eforms(xml.notice(xml.lot(number, scheme=scheme))).lots[0].kind == kind


def test_all_languages_are_kept_and_dutch_comes_first() -> None:
    project = xml.project().replace(
        "</cbc:Name>", '</cbc:Name><cbc:Name languageID="FRA">Nettoyage\n   des écoles</cbc:Name>'
    )
    notice = read_eforms(xml.notice(project))
    assert notice.titles == {"NLD": "Poetsen van de scholen", "FRA": "Nettoyage des écoles"}
    assert preferred_text({"FRA": "a", "ENG": "b"}) == "b"


def test_unknown_elements_are_counted_and_shown() -> None:
    notice = read_eforms(xml.notice('<x:Extra xmlns:x="urn:x"><x:Klimaat>ja</x:Klimaat></x:Extra>' * 2))
    (issue,) = [issue for issue in notice.issues if issue.code == "term-unknown"]
    assert issue.level == "info"
    assert issue.pointer.endswith("/Extra/Klimaat")
    assert "2 keer" in issue.message
    assert "ja" in issue.message


def test_changes_name_a_notice_by_id_or_publication_number() -> None:
    extension = (
        "<efac:Changes><efbc:ChangedNoticeIdentifier>661846-2023</efbc:ChangedNoticeIdentifier>"
        "<efac:ChangeReason><cbc:ReasonCode>cor-buy</cbc:ReasonCode></efac:ChangeReason></efac:Changes>"
    )
    notice = read_eforms(xml.notice(extension=extension))
    assert (notice.changed_notices, notice.change_reasons) == (("661846-2023",), ("cor-buy",))


def test_pointers_find_the_element_again() -> None:
    data = xml.notice(xml.project() + xml.lot("LOT-0001") + xml.lot("LOT-0002"))
    notice = read_eforms(data)
    from koopkracht.exchange.formats.eforms_terms import NAMESPACES

    found = parse_xml(data).xpath(
        "/*" + notice.lots[1].pointer[notice.lots[1].pointer.index("/", 1) :], namespaces=dict(NAMESPACES)
    )
    assert [element.findtext("{*}ID") for element in found] == ["LOT-0002"]


def test_terms_are_listed_with_dutch_labels_and_personal_ones_are_marked() -> None:
    contact = "<cac:Contact><cbc:Name>Jan Peeters</cbc:Name></cac:Contact>"
    body = xml.organisations(
        xml.organisation("ORG-0001", "Stad").replace("</efac:Company>", contact + "</efac:Company>")
    )
    terms = list_terms(parse_xml(xml.notice(xml.project(), extension=body)))
    assert ("BT-21", "Titel", "Poetsen van de scholen") in {(term.number, term.label, term.value) for term in terms}
    assert [term.value for term in terms if term.personal] == ["Jan Peeters"]


def test_another_document_is_refused_in_words() -> None:
    with pytest.raises(UnreadableXml, match="geen eForms-aankondiging"):
        read_eforms(b"<Invoice/>")
