"""Facts from people and programs: typed, or refused with a Dutch sentence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from koopkracht.rules.catalogue.fact_list import FACTS
from koopkracht.rules.engine.facts import parse_facts
from koopkracht.rules.errors import BadFacts

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    "written", ["139999.99", "139.999,99", "€ 139.999,99", "139999,99", Decimal("139999.99"), 139999.99]
)
def test_amounts_as_people_write_them(written: object) -> None:
    assert parse_facts({"estimated_value": written}, FACTS) == {"estimated_value": Decimal("139999.99")}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("estimated_value", "-1", "niet negatief"),
        ("estimated_value", "veel", "schrijf een bedrag"),
        ("estimated_value", "1.001,999", "twee cijfers"),
        ("estimated_value", "1e40", "te groot"),
        ("estimated_value", "NaN", "te groot"),
        ("estimated_value", True, "schrijf een bedrag"),
        ("estimated_value", {"a": 1}, "schrijf een bedrag"),
        ("target_share", "101", "tussen 0 en 100"),
        ("duration_months", "12,5", "geheel getal"),
        ("duration_months", -1, "geheel getal"),
        ("contract_type", "magie", "kies een van deze mogelijkheden"),
        ("social_service", "misschien", "ja of nee"),
        ("award_sent_on", "31-12-2026", "schrijf een datum"),
        ("award_sent_on", "9999-12-31", "tussen 1950 en 2100"),
        ("cpv", "8532", "acht cijfers"),
        ("lot_values", [100, -1], "niet negatief"),
        ("onzin", "1", "bestaat niet"),
    ],
)
def test_bad_facts_say_what_and_where(name: str, value: object, sentence: str) -> None:
    with pytest.raises(BadFacts) as caught:
        parse_facts({name: value}, FACTS)

    assert caught.value.status == 422
    assert sentence in caught.value.details["fields"][name]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(BadFacts) as caught:
        parse_facts({"estimated_value": "-1"}, FACTS, required=("contract_type", "estimated_value"))

    assert set(caught.value.details["fields"]) == {"contract_type", "estimated_value"}


def test_empty_answers_are_left_out() -> None:
    assert parse_facts({"cpv": " ", "lot_values": [], "award_sent_on": None}, FACTS) == {}


def test_every_kind_is_read() -> None:
    found = parse_facts(
        {
            "award_sent_on": "2026-11-21",
            "lot_values": "1.000,50; 2000",
            "weights": ["60", "40"],
            "barriers": ["turnover"],
            "reserved": "ja",
            "cpv": "85320000-8",
        },
        FACTS,
    )
    assert found == {
        "award_sent_on": dt.date(2026, 11, 21),
        "lot_values": (Decimal("1000.50"), Decimal(2000)),
        "weights": (Decimal(60), Decimal(40)),
        "barriers": ("turnover",),
        "reserved": True,
        "cpv": "85320000",
    }


@pytest.mark.parametrize("amount", ["1e999999999", "1e13", "NaN", "Infinity", "9" * 5_000])
def test_an_amount_beyond_all_measure_is_refused_in_words(amount: str) -> None:
    with pytest.raises(BadFacts) as caught:
        parse_facts({"estimated_value": amount}, FACTS)
    assert set(caught.value.details["fields"]) == {"estimated_value"}
