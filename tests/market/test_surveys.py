"""Market surveys: the library, whom to ask beside the whole market, and what a finished one teaches."""

from __future__ import annotations

from importlib.resources import files

import jsonschema
import pytest
import yaml

from koopkracht.accounts.permissions import Role
from koopkracht.market import api as market
from koopkracht.market.api import surveys
from koopkracht.market.errors import SurveyNotFound
from koopkracht.market.models import Supplier
from koopkracht.market.types.suppliers import SupplierCandidate, SupplierKind, SupplierSize
from koopkracht.market.types.surveys import CandidateFilter, SurveyFinished, SurveyInput
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.errors import TooManyQuestions, WrongState
from koopkracht.questionnaires.types import DeliveryKind, QuestionInput, QuestionKind, State
from koopkracht.shared import events
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from tests.market import factories
from tests.questionnaires.factories import PATTERN, fill, tokens

pytestmark = pytest.mark.django_db
CONTENT = files("koopkracht.content") / "questionnaires"


@pytest.fixture
def actor() -> Actor:
    return factories.actor(factories.organisation())


def make(actor: Actor, **fields: object) -> int:
    values = {"title": "Groen", "product_group": "GRN-01", **fields}
    return surveys.create_survey(actor=actor, survey=SurveyInput(**values))


def list_of(actor: Actor, survey_id: int) -> int:
    return surveys.survey(actor=actor, survey_id=survey_id).list.id


def texts(actor: Actor, survey_id: int) -> list[str]:
    found = questionnaires.questions(organisation_id=actor.organisation_id, questionnaire_id=list_of(actor, survey_id))
    return [one.text for one in found]


@pytest.fixture
def register(actor: Actor) -> dict[str, int]:
    """Three known suppliers, an authority that is never asked, and one of whom little is known."""
    found = dict(
        market.resolve_suppliers(
            actor=actor,
            candidates=[
                SupplierCandidate(
                    key="groot", name="Groen Groot", kind=SupplierKind.ENTERPRISE, size=SupplierSize.LARGE,
                    municipality="Aalst",
                ),
                SupplierCandidate(
                    key="sociaal", name="Groen Sociaal", kind=SupplierKind.SOCIAL_ECONOMY, municipality="Gent"
                ),
                SupplierCandidate(key="stad", name="Stad Buur", kind=SupplierKind.GOVERNMENT),
                SupplierCandidate(key="vaag", name="Onbekende Zaak"),
            ],
            source="spend",
        )
    )  # fmt: skip
    Supplier.objects.filter(pk=found["stad"]).update(kind=SupplierKind.GOVERNMENT.value)
    Supplier.objects.filter(pk=found["sociaal"]).update(kind=SupplierKind.SOCIAL_ECONOMY.value)
    Supplier.objects.filter(pk=found["groot"]).update(kind=SupplierKind.ENTERPRISE.value, size=SupplierSize.LARGE.value)
    return found


def test_the_library_is_valid_and_covers_the_ten_and_the_five() -> None:
    schema = yaml.safe_load((CONTENT / "market_survey.schema.yaml").read_text(encoding="utf-8"))
    content = yaml.safe_load((CONTENT / "market_survey.yaml").read_text(encoding="utf-8"))
    content["valid_from"] = content["valid_from"].isoformat()
    jsonschema.validate(content, schema)

    exploration = yaml.safe_load((CONTENT / "exploration.yaml").read_text(encoding="utf-8"))
    topics = {one.topic for one in surveys.library() if one.theme == "exploration"}
    assert topics == {row["code"] for row in exploration["questions"]}
    assert len({one.topic for one in surveys.library() if one.theme == "chain"}) == 5
    assert len({one.code for one in surveys.library()}) == len(surveys.library())
    for one in surveys.library():
        assert (one.question.kind in {QuestionKind.ONE, QuestionKind.SEVERAL}) == bool(one.question.options)


def test_every_ready_question_can_be_put_in_a_list(actor) -> None:
    for one in surveys.library():
        survey_id = make(actor)
        assert surveys.pick_questions(actor=actor, survey_id=survey_id, codes=[one.code]) == 1


def test_picking_the_same_twice_adds_nothing_and_an_eleventh_adds_none(actor) -> None:
    survey_id = make(actor)
    codes = [one.code for one in surveys.library()]
    assert surveys.pick_questions(actor=actor, survey_id=survey_id, codes=codes[:9]) == 9
    assert surveys.pick_questions(actor=actor, survey_id=survey_id, codes=codes[:9]) == 0

    with pytest.raises(TooManyQuestions):
        surveys.pick_questions(actor=actor, survey_id=survey_id, codes=codes[9:11])
    assert len(texts(actor, survey_id)) == 9


def test_candidates_are_filtered_and_authorities_are_never_asked(actor, register) -> None:
    survey_id = make(actor)

    def names(**wanted: object) -> list[str]:
        found = surveys.candidates(actor=actor, survey_id=survey_id, wanted=CandidateFilter(**wanted))
        return [one.name for one in found.rows]

    assert names() == ["Groen Groot", "Groen Sociaal", "Onbekende Zaak"]
    assert names(kind="social-economy") == ["Groen Sociaal"]
    assert names(size="large") == ["Groen Groot"]
    assert names(search="onbekende") == ["Onbekende Zaak"]
    assert names(region="Oost-Vlaanderen") == ["Groen Groot", "Groen Sociaal"]
    assert names(offers=True) == []


def test_the_composition_is_shown_beside_the_market_and_confirmed(actor, register) -> None:
    survey_id = make(actor)
    outcome = surveys.choose_candidates(
        actor=actor, survey_id=survey_id, supplier_ids=[register["groot"], register["stad"], 999_999]
    )
    assert outcome.added == 1

    kinds = {one.value: one for one in surveys.composition(actor=actor, survey_id=survey_id)["kind"]}
    assert (kinds["enterprise"].asked, kinds["enterprise"].population) == (1, 1)
    assert (kinds["social-economy"].asked, kinds["social-economy"].population) == (0, 1)
    assert kinds[""].population == 1
    surveys.confirm_composition(actor=actor, survey_id=survey_id)
    assert surveys.survey(actor=actor, survey_id=survey_id).list.composition_confirmed_at is not None


def test_candidates_cost_the_same_for_a_large_register(actor, register, django_assert_max_num_queries) -> None:
    survey_id = make(actor)
    market.resolve_suppliers(
        actor=actor, candidates=[SupplierCandidate(key=str(n), name=f"Zaak {n}") for n in range(150)], source="spend"
    )
    with django_assert_max_num_queries(9):
        found = surveys.candidates(actor=actor, survey_id=survey_id, wanted=CandidateFilter())
    assert (len(found.rows), found.total) == (100, 153)


def test_pasted_lines_keep_what_is_good_and_complete_what_was_there(actor, register) -> None:
    survey_id = make(actor)
    surveys.choose_candidates(actor=actor, survey_id=survey_id, supplier_ids=[register["sociaal"]])
    outcome = surveys.paste_recipients(
        actor=actor,
        survey_id=survey_id,
        text="Groen Sociaal; info@sociaal.example\n\nNieuw;nieuw@voorbeeld.example;Limburg;enterprise;small\n"
        "Fout;geen-adres\n",
    )
    assert (outcome.added, outcome.changed) == (1, 1)
    assert [(one.name, one.email) for one in outcome.refused] == [("Fout", "geen-adres")]
    people = {
        one.name: one for one in questionnaires.recipients(actor=actor, questionnaire_id=list_of(actor, survey_id))
    }
    assert people["Groen Sociaal"].email == "info@sociaal.example"
    assert people["Groen Sociaal"].attributes["kind"] == "social-economy"
    assert people["Nieuw"].attributes == {"region": "Limburg", "kind": "enterprise", "size": "small"}


def test_findings_are_there_once_it_is_finished_and_the_market_hears_it(actor) -> None:
    heard: list[SurveyFinished] = []
    events.subscribe(SurveyFinished, heard.append)
    survey_id = make(actor)
    key = list_of(actor, survey_id)
    questionnaires.add_question(
        actor=actor, questionnaire_id=key, question=QuestionInput("Kunt u dit?", QuestionKind.YES_NO)
    )
    surveys.paste_recipients(actor=actor, survey_id=survey_id, text="Een\nTwee\nDrie\nVier")
    surveys.confirm_composition(actor=actor, survey_id=survey_id)
    questionnaires.open(actor=actor, questionnaire_id=key, closes_on=None, link_pattern=PATTERN)
    questionnaires.brought_by_hand(actor=actor, questionnaire_id=key, kind=DeliveryKind.INVITATION)
    for token in tokens(actor, key)[:3]:
        fill(token, "yes")
    questionnaires.close(actor=actor, questionnaire_id=key)
    text = "Alle deelnemers kunnen dit werk leveren."
    questionnaires.write_summary(actor=actor, questionnaire_id=key, summary=text)
    questionnaires.approve_summary(actor=actor, questionnaire_id=key)
    assert surveys.findings(actor=actor, product_group="GRN-01") == ()
    questionnaires.send_summary(actor=actor, questionnaire_id=key, to_all=False, link_pattern=PATTERN)
    questionnaires.brought_by_hand(actor=actor, questionnaire_id=key, kind=DeliveryKind.SUMMARY)

    (found,) = surveys.findings(actor=actor, product_group="GRN-01")
    assert (found.summary, found.sent, found.answered) == (text, 4, 3)
    assert [(cell.label, cell.count) for cell in found.lines[0].cells] == [("Ja", 3), ("Nee", 0)]
    assert [(one.survey_id, one.product_group) for one in heard if one.organisation_id == actor.organisation_id] == [
        (survey_id, "GRN-01")
    ]
    with pytest.raises(WrongState):
        surveys.change_survey(actor=actor, survey_id=survey_id, survey=SurveyInput("x", "GRN-01"))


def test_the_list_is_filtered_and_drafts_can_go(actor) -> None:
    first, second = make(actor, title="Groen A"), make(actor, title="Groen B")
    found = surveys.list_surveys(actor=actor, query=ListQuery(filters={"state": State.DRAFT.value}, sort="title"))
    assert [one.list.title for one in found.rows] == ["Groen A", "Groen B"]
    assert surveys.list_surveys(actor=actor, query=ListQuery(filters={"state": "open"})).rows == []

    surveys.remove_survey(actor=actor, survey_id=first)
    found = surveys.list_surveys(actor=actor, query=ListQuery())
    assert [one.id for one in found.rows] == [second]
    with pytest.raises(SurveyNotFound):
        surveys.survey(actor=actor, survey_id=first)


def test_others_see_nothing_and_an_auditor_changes_nothing(actor) -> None:
    survey_id = make(actor)
    with pytest.raises(SurveyNotFound):
        surveys.survey(actor=factories.actor(factories.organisation()), survey_id=survey_id)
    from koopkracht.accounts.models import Organisation
    from tests.accounts.factories import actor as make_actor

    auditor = make_actor(Organisation.objects.get(pk=actor.organisation_id), Role.AUDITOR)
    with pytest.raises(NotAllowed):
        make(auditor)
