"""Dutch words: one form for all spellings, parts of compounds, and nothing said by words that say nothing."""

from __future__ import annotations

import pytest

from koopkracht.shared.text import compound_parts, normalise, phrase_stems, stem, stems, words


@pytest.mark.parametrize(
    ("raw", "plain"),
    [("  Één  café ", "een cafe"), ("Ĳzer", "ijzer"), ("Œuvre", "oeuvre"), ("SCHOONMAAK", "schoonmaak"), ("", "")],
)
def test_normalise(raw: str, plain: str) -> None:
    assert normalise(raw) == plain


def test_words_leave_out_numbers_and_the_vocabulary_of_invoices() -> None:
    assert words("Factuur 2024/17 voor het maaien van gras, excl. btw") == ("maaien", "gras")


@pytest.mark.parametrize(
    ("one", "other"), [("bomen", "boom"), ("hagen", "haag"), ("ovens", "oven"), ("rioleringen", "riolering")]
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("oven", "overige"), ("gras", "graf"), ("papier", "paprika")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("schoonmaakproducten", ("schoonmaak",)),
        ("kopieerpapier", ("papier",)),
        ("papierrecyclage", ("papier",)),
        ("schoonmaak", ()),
        ("stadspark", ("park",)),
    ],
)
def test_compounds_are_split_against_known_words(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(word, {"schoonmaak", "papier", "park"}) == parts


def test_stems_of_a_text_hold_those_of_the_parts_of_its_compounds() -> None:
    found = stems("Schoonmaakproducten school", known={"schoonmaak"})
    assert {stem("schoonmaak"), stem("schoonmaakproducten"), stem("school")} == found


def test_phrases_without_a_telling_word_fall_away() -> None:
    assert phrase_stems(["factuur", "maaien gras"]) == (frozenset({stem("maaien"), stem("gras")}),)
