"""The pages about support: what each role sees and does, papers, what belongs to others, and how many queries."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from koopkracht.accounts import api as accounts
from koopkracht.accounts.permissions import Role
from koopkracht.shared import clock
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import support
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from koopkracht.strategy.types.support import (
    ActivityInput,
    Audience,
    FlagshipInput,
    LearningKind,
    Phase,
    ReportInput,
    StatementKind,
)
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> **vet** {{ 7*7 }}"


class Town:
    """An organisation with a buyer, an officer, an executive and a reader, each with a browser."""

    def __init__(self) -> None:
        self.place = organisation()
        self.people = {role: member(self.place, role) for role in (
            Role.BUYER, Role.SOCIAL_ECONOMY_OFFICER, Role.EXECUTIVE, Role.AUDITOR
        )}  # fmt: skip

    def actor(self, role: Role) -> Any:
        return accounts.actor_for(user_id=self.people[role].pk, organisation_id=self.place.pk)

    def client(self, role: Role) -> Client:
        found = Client()
        found.force_login(self.people[role], backend="django.contrib.auth.backends.ModelBackend")
        return found


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def buyer(town) -> Client:
    return town.client(Role.BUYER)


@pytest.fixture
def mayor(town) -> Client:
    return town.client(Role.EXECUTIVE)


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def post(client: Client, name: str, data: dict[str, Any] | None = None, **parts: Any) -> Any:
    return client.post(reverse(name, kwargs=parts or None), data or {})


@pytest.fixture
def filled(town) -> dict[str, int]:
    buyer, mayor = town.actor(Role.BUYER), town.actor(Role.EXECUTIVE)
    support.open_workspace(actor=buyer)
    support.write_goal(actor=buyer, text="Eerste tekst", base_version=0)
    support.write_goal(actor=buyer, text=f"Tweede tekst {HOSTILE}", base_version=1)
    strategy.put_planned_purchases(actor=buyer, entries=[PlannedPurchaseEntry(title="Poetsen")])
    purchase = strategy.list_planned_purchases(actor=buyer, query=ListQuery()).rows[0].id
    agreement = support.put_agreement(actor=buyer, agreement=support.agreement_suggestion())
    today = clock.today()
    keys = {
        "sheet": support.put_link_sheet(actor=buyer, sheet=support.link_examples()["park"]),
        "agreement": agreement,
        "statement": support.publish_statement(
            actor=mayor, statement=support.statement_suggestion(kind=StatementKind.EXPECTATIONS)
        ),
        "charter": support.publish_statement(
            actor=mayor, statement=support.statement_suggestion(kind=StatementKind.CHARTER)
        ),
        "idea": support.contribute(actor=buyer, segment="", text=HOSTILE),
        "report": support.keep_report(
            actor=buyer,
            report=ReportInput(today, today, "Verslag", f"Kort {HOSTILE}", "Verder doen", ("Gelukt",), ("Geleerd",)),
        ),
        "activity": support.put_activity(
            actor=buyer,
            activity=ActivityInput("Infosessie", Phase.INFORM, Audience.BUYERS, "infosessie", buyer.user_id, today),
        ),
        "purchase": purchase,
    }

    keys["flagship"] = support.mark_flagship(
        actor=buyer, flagship=FlagshipInput(support.PURCHASE, purchase, "Poetsen", "Toont het")
    )
    keys["learning"] = support.add_learning(
        actor=buyer, flagship_id=keys["flagship"], kind=LearningKind.LESSON, text="Begin vroeg."
    )
    return keys


def addresses(keys: dict[str, int]) -> list[str]:
    return [
        reverse("support"),
        reverse("support-goal"),
        reverse("support-goal-compare", args=[1, 2]),
        reverse("support-stakeholders"),
        reverse("support-activities"),
        reverse("support-sheets"),
        reverse("support-sheet", args=[keys["sheet"]]),
        reverse("support-agreements"),
        reverse("support-agreement", args=[keys["agreement"]]),
        reverse("support-statements"),
        reverse("support-statement", args=[keys["statement"]]),
        reverse("support-statement", args=[keys["charter"]]),
        reverse("support-ideas"),
        reverse("support-idea", args=[keys["idea"]]),
        reverse("support-flagships"),
        reverse("support-reports"),
        reverse("support-report", args=[keys["report"]]),
    ]


def test_before_anybody_opened_it_the_page_says_what_it_is(town, buyer, mayor) -> None:
    assert "Werkruimte openen" in text_of(buyer.get(reverse("support")))
    assert "Vraag een aankoper" in text_of(mayor.get(reverse("support")))
    assert post(buyer, "support-open").status_code == 302
    assert "Schrijf het gezamenlijke doel op" in text_of(buyer.get(reverse("support")))


def test_every_page_opens_for_readers_shows_typed_text_as_text_and_asks_few_queries(
    town, filled, django_assert_max_num_queries
) -> None:
    for role in (Role.BUYER, Role.EXECUTIVE, Role.AUDITOR):
        client = town.client(role)
        client.get(reverse("support"))
        for address in addresses(filled):
            with django_assert_max_num_queries(40):
                text = text_of(client.get(address))
            assert "<script>alert(1)" not in text, address
            assert text.count("<h1") == 1, address


def test_the_matrix_asks_no_query_per_activity(town, buyer, filled, django_assert_num_queries) -> None:

    buyer.get(reverse("support-activities"))
    with CaptureQueriesContext(connection) as before:
        buyer.get(reverse("support-activities"))
    actor = town.actor(Role.BUYER)
    for number in range(10):
        support.put_activity(
            actor=actor,
            activity=ActivityInput(
                f"Extra {number}", Phase.GATHER, Audience.BUYERS, "andere", actor.user_id, clock.today()
            ),
        )
    with django_assert_num_queries(len(before)):
        buyer.get(reverse("support-activities"))


def test_what_belongs_to_another_town_does_not_exist(filled) -> None:
    stranger = Town()
    for role in (Role.BUYER, Role.EXECUTIVE):
        client = stranger.client(role)
        for name, key in (
            ("support-sheet", "sheet"), ("support-agreement", "agreement"), ("support-statement", "statement"),
            ("support-idea", "idea"), ("support-report", "report"),
        ):  # fmt: skip
            assert client.get(reverse(name, args=[filled[key]])).status_code == 404
            assert client.get(reverse(name, args=[10**9])).status_code == 404
    client = stranger.client(Role.BUYER)
    assert client.get(reverse("support-goal-compare", args=[1, 2])).status_code == 404
    assert client.get(reverse("support-activity", args=[filled["activity"]])).status_code == 404
    assert post(client, "support-sheet-remove", sheet_id=filled["sheet"]).status_code == 404
    assert post(client, "support-learning-share", learning_id=filled["learning"]).status_code == 404
    assert post(client, "support-agreement-submit", agreement_id=filled["agreement"]).status_code == 404


def test_the_goal_is_written_and_a_conflict_keeps_what_was_typed(town, buyer) -> None:
    assert "Ons bestuur koopt elk jaar veel aan" in text_of(buyer.get(reverse("support-goal-write")))
    assert post(buyer, "support-goal-write", {"text": "Ons doel", "base_version": 0}).status_code == 302
    support.write_goal(actor=town.actor(Role.SOCIAL_ECONOMY_OFFICER), text="Van een collega", base_version=1)
    answer = post(buyer, "support-goal-write", {"text": "Mijn aanpassing", "base_version": 1})
    text = text_of(answer, 409)
    assert "Mijn aanpassing" in text
    assert "Intussen schreef iemand een nieuwe versie" in text
    assert post(buyer, "support-goal-write", {"text": "", "base_version": 2}).status_code == 422


def test_a_stakeholder_is_added_filtered_exported_and_removed(buyer, town) -> None:
    data = {"name": "De Brug", "kind": "social-enterprise", "priority": "high", "engagement": "involved"}
    assert post(buyer, "support-stakeholder-add", data).status_code == 302
    assert "staat al in de lijst" in text_of(post(buyer, "support-stakeholder-add", data), 422)
    listed = text_of(buyer.get(reverse("support-stakeholders"), {"kind": "social-enterprise"}))
    assert "De Brug" in listed
    assert "Alle aankopers" not in listed
    export = b"".join(buyer.get(reverse("support-stakeholders"), {"formaat": "csv"}).streaming_content).decode()
    assert "De Brug" in export
    rows = support.list_stakeholders(actor=town.actor(Role.BUYER), query=ListQuery(search="De Brug")).rows
    assert post(buyer, "support-stakeholder-remove", stakeholder_id=rows[0].id).status_code == 302
    assert "De Brug" not in text_of(buyer.get(reverse("support-stakeholders")))


def test_an_activity_starts_from_a_suggestion_of_its_cell(buyer, town) -> None:
    address = reverse("support-activity-add")
    text = text_of(buyer.get(address, {"fase": "inform", "voor": "buyers", "soort": "infosessie"}))
    assert 'value="Infosessie voor aankopers"' in text
    data = {
        "title": "Infosessie", "phase": "inform", "audience": "buyers", "kind": "infosessie",
        "owner_id": town.people[Role.BUYER].pk, "date": "2026-05-04", "status": "planned",
    }  # fmt: skip
    assert buyer.post(address, data).status_code == 302
    assert "datum voorbij" in text_of(buyer.get(reverse("support-activities")))
    assert buyer.post(address, {**data, "date": ""}).status_code == 422
    assert buyer.post(address, {**data, "owner_id": "999999"}).status_code == 422


def test_an_agreement_goes_from_text_to_mandate_with_its_document(buyer, mayor, town, filled) -> None:
    key = filled["agreement"]
    assert mayor.get(reverse("support-agreement-agree", args=[key])).status_code == 200
    assert post(buyer, "support-agreement-submit", agreement_id=key).status_code == 302
    assert post(buyer, "support-agreement-agree", {"decision": "Ja"}, agreement_id=key).status_code == 403
    data = {"decided_on": clock.today().isoformat(), "decision": "Unaniem", "valid_until": ""}
    assert "Schrijf op wat" in text_of(
        post(mayor, "support-agreement-agree", {**data, "decision": ""}, agreement_id=key), 422
    )
    file = SimpleUploadedFile("besluit.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    assert post(mayor, "support-agreement-agree", {**data, "file": file}, agreement_id=key).status_code == 302
    text = text_of(buyer.get(reverse("support-agreement", args=[key])))
    assert "opdracht van het bestuur" in text
    assert "besluit.pdf" in text
    given = buyer.get(reverse("support-agreement-file", args=[key]))
    assert b"".join(given.streaming_content) == b"%PDF-1.4\n%%EOF\n"
    assert post(buyer, "support-agreement-submit", agreement_id=key).status_code == 409


def test_papers_are_word_and_pdf_and_nothing_else(buyer, filled) -> None:
    for name, key in (
        ("support-sheet-document", "sheet"),
        ("support-agreement-document", "agreement"),
        ("support-report-document", "report"),
    ):
        word = buyer.get(reverse(name, args=[filled[key], "docx"]))
        assert word["Content-Disposition"].endswith('.docx"')
        document = docx.Document(io.BytesIO(word.content))
        assert document.paragraphs[0].style.name == "Title"
        assert buyer.get(reverse(name, args=[filled[key], "pdf"])).content.startswith(b"%PDF")
        assert buyer.get(reverse(name, args=[filled[key], "exe"])).status_code == 404
    report = docx.Document(
        io.BytesIO(buyer.get(reverse("support-report-document", args=[filled["report"], "docx"])).content)
    )
    assert HOSTILE in "\n".join(line.text for line in report.paragraphs)


def test_a_buyer_sees_expectations_until_confirmed(buyer, mayor, filled) -> None:
    key = filled["statement"]
    assert "Het bestuur vraagt u dit te lezen" in text_of(buyer.get(reverse("support")))
    assert "Ik heb dit gelezen" in text_of(buyer.get(reverse("support-statement", args=[key])))
    assert post(buyer, "support-statement-confirm", statement_id=key).status_code == 302
    assert "Het bestuur vraagt u dit te lezen" not in text_of(buyer.get(reverse("support")))
    assert "1 van 1" in text_of(mayor.get(reverse("support-statements")))


def test_an_executive_signs_the_charter_and_shows_progress(mayor, buyer, filled) -> None:
    key = filled["charter"]
    assert post(buyer, "support-statement-confirm", statement_id=key).status_code == 403
    assert "Ik teken dit charter" in text_of(mayor.get(reverse("support-statement", args=[key])))
    post(mayor, "support-statement-confirm", statement_id=key)
    sent = post(mayor, "support-statement-progress", {"status": "busy", "note": "Loopt"}, statement_id=key, position=1)
    assert sent.status_code == 302
    assert "Loopt" in text_of(buyer.get(reverse("support-statement", args=[key])))
    assert mayor.get(reverse("support-statement-progress", args=[key, 9])).status_code == 404
    assert mayor.get(reverse("support-statement-publish", args=["iets"])).status_code == 404


def test_an_idea_gets_its_answer_at_the_field(buyer, filled) -> None:
    key = filled["idea"]
    refused = post(buyer, "support-idea-answer", {"status": "declined", "response": ""}, contribution_id=key)
    assert "Zeg waarom" in text_of(refused, 422)
    post(buyer, "support-idea-answer", {"status": "declined", "response": "Mag niet"}, contribution_id=key)
    assert "Mag niet" in text_of(buyer.get(reverse("support-idea", args=[key])))
    assert post(buyer, "support-idea-add", {"segment": "SCH", "text": "Ramen apart"}).status_code == 302
    assert "Ramen apart" in text_of(buyer.get(reverse("support-ideas"), {"segment": "SCH"}))


def test_a_flagship_is_marked_taught_and_shared(buyer, filled) -> None:
    assert post(buyer, "support-learning-share", learning_id=filled["learning"]).status_code == 302
    assert "Begin vroeg." in text_of(buyer.get(reverse("support")))
    again = post(buyer, "support-flagship-add", {"dossier": f"planned-purchase:{filled['purchase']}", "reason": "Ja"})
    assert again.status_code == 302
    assert post(buyer, "support-flagship-add", {"dossier": "procedure:999", "reason": "Ja"}).status_code == 422
    assert post(buyer, "support-flagship-close", flagship_id=filled["flagship"]).status_code == 302
    assert "afgesloten op" in text_of(buyer.get(reverse("support-flagships")))


def test_a_report_starts_from_what_was_learned_and_holds_figures(buyer, filled) -> None:
    assert "Begin vroeg." in text_of(buyer.get(reverse("support-report-add")))
    data = {
        "title": "Half jaar", "start": "2026-01-01", "end": "2026-06-30", "summary": "Goed bezig",
        "successes": "Een\nTwee", "lessons": "", "next_step": "Verder",
    }  # fmt: skip
    answer = post(buyer, "support-report-add", data)
    assert answer.status_code == 302
    text = text_of(buyer.get(answer["Location"]))
    assert "Activiteiten die in deze periode gebeurd zijn" in text
    assert "<li>Twee</li>" in text
    assert "al een verslag" in text_of(post(buyer, "support-report-add", data), 422)


def test_colleagues_are_invited_and_the_rhythm_is_chosen(buyer, town) -> None:
    officer = town.people[Role.SOCIAL_ECONOMY_OFFICER]
    assert post(buyer, "support-invite", {"user_id": officer.pk, "note": "Hallo"}).status_code == 302
    assert "Ik doe mee" in text_of(town.client(Role.SOCIAL_ECONOMY_OFFICER).get(reverse("support")))
    assert post(buyer, "support-settings", {"report_months": 3, "quiet_days": 30}).status_code == 302
    assert post(buyer, "support-settings", {"report_months": 99, "quiet_days": 30}).status_code == 422
    assert support.workspace(organisation_id=town.place.pk).report_months == 3
