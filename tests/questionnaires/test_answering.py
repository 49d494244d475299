"""Reading answers, and looking for names and small groups in a summary."""

from __future__ import annotations

from decimal import Decimal

import pytest

from koopkracht.questionnaires.anonymity import check
from koopkracht.questionnaires.answering import WrongAnswer, read
from koopkracht.questionnaires.types import Cell, QuestionKind, QuestionResult, QuestionView, RecipientView


def question(kind: QuestionKind, *options: str, required: bool = False) -> QuestionView:
    return QuestionView(1, 1, "Vraag?", kind, options, required, "")


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        (QuestionKind.ONE, ["1"], ["1"]),
        (QuestionKind.SEVERAL, ["1", "0"], ["0", "1"]),
        (QuestionKind.SCALE, ["5"], ["5"]),
        (QuestionKind.YES_NO, ["no"], ["no"]),
        (QuestionKind.NUMBER, ["1.234,50"], ["1234.5"]),
        (QuestionKind.NUMBER, [" 100 "], ["100"]),
        (QuestionKind.SHORT, ["  ja\x00 "], ["ja"]),
        (QuestionKind.LONG, ["", " "], None),
    ],
)
def test_good_answers_are_read(kind: QuestionKind, raw: list[str], kept: list[str] | None) -> None:
    assert read(question(kind, "A", "B"), raw) == kept


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (QuestionKind.ONE, ["2"]),
        (QuestionKind.ONE, ["0", "1"]),
        (QuestionKind.SEVERAL, ["0", "x"]),
        (QuestionKind.SCALE, ["6"]),
        (QuestionKind.YES_NO, ["misschien"]),
        (QuestionKind.NUMBER, ["veel"]),
        (QuestionKind.NUMBER, ["NaN"]),
        (QuestionKind.NUMBER, ["1e400"]),
        (QuestionKind.NUMBER, ["9" * 19]),
        (QuestionKind.SHORT, ["a" * 201]),
    ],
)
def test_wrong_answers_say_what_to_do(kind: QuestionKind, raw: list[str]) -> None:
    with pytest.raises(WrongAnswer, match=r"[A-Z].*\."):
        read(question(kind, "A", "B"), raw)


def test_a_required_question_may_not_stay_open() -> None:
    with pytest.raises(WrongAnswer, match="verplicht"):
        read(question(QuestionKind.SCALE, required=True), [" "])


PARTY = RecipientView(1, "Maatwerk De Brug VZW", "an@brug.example", "0475480736", "", {})
HIDDEN = QuestionResult(
    question(QuestionKind.ONE, "Klein perceel", "Groot perceel"),
    10,
    (Cell("0", "Klein perceel", None, None), Cell("1", "Groot perceel", 8, Decimal("0.8"))),
    True,
    None,
    ("Wij kunnen niet voor acht uur beginnen in de winter.",),
)


@pytest.mark.parametrize(
    ("summary", "code"),
    [
        ("Volgens maatwerk de brug is een perceel per wijk haalbaar.", "name"),
        ("Stuur vragen naar an@brug.example, dan antwoorden we.", "address"),
        ("De onderneming met nummer 0475.480.736 wil meer tijd.", "number"),
        ("Twee bedrijven willen kleinere percelen.", "group"),
        ("1 van de partijen wil niet.", "group"),
        ("Een klein perceel past voor 20 procent van de markt.", "group"),
        ("Men zei: wij kunnen niet voor acht uur beginnen in de winter.", "literal"),
    ],
)
def test_a_summary_that_gives_somebody_away_is_found(summary: str, code: str) -> None:
    assert code in {problem.code for problem in check(summary, recipients=[PARTY], results=[HIDDEN], under=3)}


def test_a_decent_summary_passes() -> None:
    text = (
        "De meeste deelnemers kunnen dit leveren. Acht op tien kiest een groot perceel, 8 bedrijven in totaal. Enkele "
        "partijen vragen meer tijd in de winter. Er is een brug nodig tussen aanbod en vraag. Twaalf ondernemingen "
        "namen deel."
    )
    assert check(text, recipients=[PARTY], results=[HIDDEN], under=3) == ()
