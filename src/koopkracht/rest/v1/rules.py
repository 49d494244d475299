"""Legal questions over the API: the same answer as the Wetswijzer and the command line, free and without an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from koopkracht.catalogue import api as catalogue
from koopkracht.rest.v1.permissions import PUBLIC, operation
from koopkracht.rules import api as rules
from koopkracht.rules.errors import BadFacts

router = Router(tags=["regels"])


class Question(Schema):
    """A question with its facts and the launch date that decides which rules count."""

    question: str = Field(
        rules.PURCHASE, max_length=60, description="Regelfamilie, regelcode of 'purchase' (alles over een aankoop)."
    )
    on: dt.date = Field(
        description="Dag van de bekendmaking of de uitnodiging. Die dag bepaalt de regels, niet vandaag."
    )
    release: int | None = Field(None, ge=1, description="Nummer van de uitgave; standaard de nieuwste.")
    facts: dict[str, Any] = Field(
        description="Gegevens van de aankoop. De namen staan in GET /rules/facts. Schrijf bedragen liefst als tekst.",
        examples=[
            {"contract_type": "services", "estimated_value": "139999.99", "cpv": "85320000", "buyer_kind": "local"}
        ],
    )


class Source(Schema):
    """Where a value was read."""

    code: str
    title: str
    kind: str
    address: str


class UsedParameter(Schema):
    """A value as it was used, with the days it holds for and how sure it is."""

    code: str
    label: str
    value: Any
    unit: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    confidence: str
    article: str
    checked_on: dt.date
    note: str
    sources: list[str]


class Finding(Schema):
    """The answer of one rule: ``met``, ``not_met`` or ``undetermined``, with its reason."""

    rule: str
    family: str
    kind: str
    ground: str
    outcome: str
    statement: str
    reason: str
    article: str
    missing_facts: list[str]
    results: dict[str, Any]
    sources: list[Source]
    parameters: list[UsedParameter]


class Answer(Schema):
    """The whole answer, with the release of the rules it was given on."""

    question: str
    on: dt.date
    outcome: str
    release: int
    content_hash: str
    disclaimer: str
    facts: dict[str, Any]
    findings: list[Finding]


class Fact(Schema):
    """A fact that may be given."""

    name: str
    label: str
    kind: str
    help: str
    choices: dict[str, str]


@router.post("/evaluate", response=Answer, summary="Stel een vraag over de regels")
@operation(PUBLIC)
def evaluate(request: HttpRequest, asked: Question) -> dict[str, Any]:
    """Answer a legal question. No legal advice: have a jurist check the answer."""
    answer = rules.evaluate(question=asked.question, facts=with_cpv(asked.facts), on=asked.on, release=asked.release)
    return rules.answer_json(answer)


@router.get("/facts", response=list[Fact], summary="Welke gegevens kunt u meegeven?")
@operation(PUBLIC)
def facts(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every fact with its type and its allowed values."""
    return [
        {"name": spec.name, "label": spec.label, "kind": spec.kind, "help": spec.help, "choices": dict(spec.choices)}
        for spec in rules.fact_specs().values()
    ]


def with_cpv(given: dict[str, Any]) -> dict[str, Any]:
    """Add what the catalogue knows about the CPV code. Raises :class:`BadFacts` for a code that is not on the list."""
    code = str(given.get("cpv") or "").strip()
    if not code:
        return given
    if not catalogue.clean_cpv(cpv=code) or catalogue.cpv(code=code) is None:
        raise BadFacts(
            {"cpv": "CPV-code: deze code staat niet in de lijst. Zoek de juiste code op en probeer opnieuw."}
        )
    return {"social_service": catalogue.is_social_service(cpv=code), **given}
