"""The automatic check of a summary: no party named, no small group told, no answer copied word for word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from koopkracht.questionnaires.types import QuestionKind, QuestionResult, RecipientView, SummaryProblem
from koopkracht.shared.text import normalise

_LEGAL_FORMS = frozenset("vzw bv bvba nv cv cvba sa srl asbl vof comm v ivzw".split())
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBER = re.compile(r"(?<!\d)(?:be\s?)?[01]\d{3}[. ]?\d{3}[. ]?\d{3}(?!\d)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORDS_FOR = {1: ("1", "één", "enige"), 2: ("2", "twee"), 3: ("3", "drie"), 4: ("4", "vier"), 5: ("5", "vijf")}
_PARTIES = (
    r"(?:partij|partijen|bedrijf|bedrijven|onderneming|ondernemingen|leverancier|leveranciers|deelnemer|deelnemers"
    r"|organisatie|organisaties|antwoord|antwoorden|maatwerkbedrijf|maatwerkbedrijven)"
)
_BETWEEN = r"(?:(?:van|op|de|het|kleine|grote|sociale|lokale|andere)\s+){0,3}"
_LITERAL_FROM = 25
_SHORTEST_NAME = 3


def check(
    summary: str, *, recipients: Iterable[RecipientView], results: Sequence[QuestionResult], under: int
) -> tuple[SummaryProblem, ...]:
    """Return everything in ``summary`` that would give a party away."""
    return (
        *_names(summary, recipients),
        *_identifiers(summary),
        *_small_groups(summary, under),
        *_hidden_answers(summary, results),
        *_literal(summary, results),
    )


def _bare(name: str) -> str:
    words = re.findall(r"[a-z0-9&'-]+", normalise(name))
    return " ".join(word for word in words if word not in _LEGAL_FORMS)


def _names(summary: str, recipients: Iterable[RecipientView]) -> Iterable[SummaryProblem]:
    text = f" {_bare(summary)} "
    for recipient in recipients:
        name = _bare(recipient.name)
        if len(name) >= _SHORTEST_NAME and f" {name} " in text:
            yield SummaryProblem(
                "name", recipient.name, f"De naam “{recipient.name}” staat in de tekst. Schrijf zonder namen."
            )


def _identifiers(summary: str) -> Iterable[SummaryProblem]:
    for found in _ADDRESS.findall(summary):
        yield SummaryProblem("address", found, f"Het e-mailadres {found} staat in de tekst. Haal het weg.")
    for found in _NUMBER.findall(summary):
        yield SummaryProblem(
            "number", found, f"Het ondernemingsnummer {found.strip()} staat in de tekst. Haal het weg."
        )


def _small_groups(summary: str, under: int) -> Iterable[SummaryProblem]:
    """Find "twee bedrijven", "1 van de partijen" and the like."""
    for count in range(1, min(under, len(_WORDS_FOR) + 1)):
        for word in _WORDS_FOR[count]:
            pattern = (
                rf"(?<![\w,.]){word}\s+(?:(?:van|op|de|het|kleine|grote|sociale|lokale|andere)\s+){{0,3}}{_PARTIES}\b"
            )
            found = re.search(pattern, summary, re.IGNORECASE)
            if found:
                yield SummaryProblem(
                    "group",
                    found.group(),
                    f"“{found.group()}” wijst naar minder dan {under} partijen. Schrijf “enkele” of laat het weg.",
                )


def _hidden_answers(summary: str, results: Sequence[QuestionResult]) -> Iterable[SummaryProblem]:
    """Find a figure in one sentence with an answer that is hidden."""
    sentences = [normalise(sentence) for sentence in _SENTENCE.split(summary)]
    for result in results:
        if result.question.kind in {QuestionKind.SCALE, QuestionKind.YES_NO}:
            continue  # "3" and "ja" are in every text
        for cell in result.cells:
            label = normalise(cell.label)
            if cell.count is None and any(label in one and re.search(r"\d|procent", one) for one in sentences):
                yield SummaryProblem(
                    "group",
                    cell.label,
                    f"Bij het antwoord “{cell.label}” staat een cijfer, maar die groep is verborgen. Haal het weg.",
                )


def _literal(summary: str, results: Sequence[QuestionResult]) -> Iterable[SummaryProblem]:
    text = normalise(summary)
    for result in results:
        for answer in result.texts:
            if len(answer) >= _LITERAL_FROM and normalise(answer) in text:
                yield SummaryProblem(
                    "literal",
                    answer,
                    f"Het antwoord “{answer[:60]}…” staat er letterlijk in. Zeg het in uw eigen woorden.",
                )
