"""POST /api/v1/rules/evaluate: the same answer, described in OpenAPI, refused with status 422."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from koopkracht.rules import api as rules

pytestmark = pytest.mark.django_db

FACTS = {"contract_type": "works", "estimated_value": "139999.99", "buyer_kind": "local"}


def _ask(client: Client, **body: Any) -> Any:
    return client.post(
        "/api/v1/rules/evaluate", json.dumps({"on": "2026-11-21", "facts": FACTS, **body}), "application/json"
    )


def test_the_answer_is_the_answer_of_the_door(client: Client) -> None:
    answer = _ask(client)

    assert answer.status_code == 200
    expected = rules.evaluate(question=rules.PURCHASE, facts=FACTS, on=dt.date(2026, 11, 21))
    assert answer.json() == rules.answer_json(expected)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"facts": {"estimated_value": "5"}}, "rules.bad-facts"),
        ({"facts": {**FACTS, "estimated_value": -5}}, "rules.bad-facts"),
        ({"facts": {**FACTS, "cpv": "99999999"}}, "rules.bad-facts"),
        ({"facts": {**FACTS, "cpv": "abc"}}, "rules.bad-facts"),
        ({"on": "2017-06-29"}, "rules.not-in-force"),
        ({"on": "2028-01-01"}, "rules.not-in-force"),
        ({"on": "9999-12-31"}, "rules.not-in-force"),
        ({"question": "magie"}, "rules.unknown-question"),
        ({"on": "gisteren"}, "malformed"),
        ({"facts": []}, "malformed"),
    ],
)
def test_bad_input_is_422_with_a_code_and_a_sentence(client: Client, body: dict[str, Any], code: str) -> None:
    answer = _ask(client, **body)

    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert answer.json()["message"]


def test_an_unknown_release_is_404(client: Client) -> None:
    assert _ask(client, release=99).status_code == 404


def test_a_social_cpv_code_is_known(client: Client) -> None:
    answer = _ask(client, question="BE-REG-03", facts={"contract_type": "services", "cpv": "85320000"})

    assert answer.json()["outcome"] == "met"


def test_facts_are_listed(client: Client) -> None:
    names = {fact["name"] for fact in client.get("/api/v1/rules/facts").json()}

    assert names == set(rules.fact_specs())


def test_the_answer_is_described_in_openapi(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()

    assert "/api/v1/rules/evaluate" in schema["paths"]
    assert {"statement", "article", "parameters"} <= set(schema["components"]["schemas"]["Finding"]["properties"])
