"""A question list from draft to finished: limit, states, answers, figures, summary."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core import mail

from koopkracht.accounts.errors import LinkGone
from koopkracht.accounts.permissions import Role
from koopkracht.jobs import api as jobs
from koopkracht.jobs.models import Job
from koopkracht.questionnaires import api, workflow
from koopkracht.questionnaires.actions import sending
from koopkracht.questionnaires.errors import (
    NoLongerOpen,
    NothingAnswered,
    QuestionnaireNotFound,
    QuestionnaireNotReady,
    QuestionRejected,
    SummaryRejected,
    TooManyQuestions,
    WrongState,
)
from koopkracht.questionnaires.models import Delivery
from koopkracht.questionnaires.types import (
    DeliveryKind,
    DeliveryState,
    QuestionInput,
    QuestionKind,
    QuestionnaireFinished,
    RecipientInput,
    State,
)
from koopkracht.shared import clock, events
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from tests.accounts.factories import actor as make_actor
from tests.questionnaires.factories import (
    ALL,
    CHOICE,
    LONG,
    MANY,
    NUMBER,
    PATTERN,
    SCALE,
    YES_NO,
    draft,
    fill,
    opened,
    party,
    tokens,
)

pytestmark = pytest.mark.django_db
WITH_JOBS = pytest.mark.django_db(transaction=True)
TEXT = "De meeste deelnemers kunnen dit leveren. Enkele partijen vragen meer tijd om te starten."


@pytest.fixture
def actor() -> Actor:
    return make_actor()


def state(actor: Actor, key: int) -> State:
    return api.questionnaire(organisation_id=actor.organisation_id, questionnaire_id=key).state


def texts(actor: Actor, key: int) -> list[str]:
    return [one.text for one in api.questions(organisation_id=actor.organisation_id, questionnaire_id=key)]


def closed(actor: Actor, *answers: tuple[str, str], parties: int = 12) -> int:
    """Return a closed list of a yes/no question and a choice with these answers."""
    key = opened(actor, YES_NO, CHOICE, parties=parties)
    for token, values in zip(tokens(actor, key), answers, strict=False):
        fill(token, *values)
    api.close(actor=actor, questionnaire_id=key)
    return key


def summarised(actor: Actor, parties: int = 5) -> int:
    key = closed(actor, *[("yes", "0")] * 4, parties=parties)
    api.write_summary(actor=actor, questionnaire_id=key, summary=TEXT)
    api.approve_summary(actor=actor, questionnaire_id=key)
    return key


# --- Making ---------------------------------------------------------------------------------------------------


def test_the_eleventh_question_is_refused_and_ten_stay(actor) -> None:
    key = draft(actor, *[QuestionInput(f"Vraag {number}?", QuestionKind.YES_NO) for number in range(1, 11)])

    with pytest.raises(TooManyQuestions, match="hoogstens 10 vragen"):
        api.add_question(actor=actor, questionnaire_id=key, question=QuestionInput("Elfde?", QuestionKind.LONG))
    assert texts(actor, key) == [f"Vraag {number}?" for number in range(1, 11)]


def test_a_list_of_eleven_at_once_stores_nothing(actor) -> None:
    with pytest.raises(TooManyQuestions):
        draft(actor, *[QuestionInput(f"Vraag {number}?", QuestionKind.SCALE) for number in range(11)])
    assert api.of_subjects(organisation_id=actor.organisation_id, subject="proef", subject_keys=[1]) == {}


def test_questions_are_changed_moved_and_removed(actor) -> None:
    key = draft(actor, YES_NO, CHOICE, LONG)
    first, second, _third = api.questions(organisation_id=actor.organisation_id, questionnaire_id=key)

    api.move_question(actor=actor, question_id=second.id, up=True)
    api.move_question(actor=actor, question_id=second.id, up=True)
    assert texts(actor, key)[:2] == [CHOICE.text, YES_NO.text]
    api.change_question(actor=actor, question_id=first.id, question=QuestionInput("Anders?", QuestionKind.NUMBER))
    api.remove_question(actor=actor, question_id=second.id)
    assert texts(actor, key) == ["Anders?", LONG.text]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (QuestionInput(" "), "text"),
        (QuestionInput("a" * 501, QuestionKind.LONG), "text"),
        (QuestionInput("Kies?", QuestionKind.ONE, ("Zelfde", " Zelfde ")), "options"),
        (QuestionInput("Kies?", QuestionKind.SEVERAL, tuple(str(number) for number in range(13))), "options"),
    ],
)
def test_questions_that_cannot_be_answered_are_refused(actor, question, field) -> None:
    key = draft(actor, YES_NO)
    with pytest.raises(QuestionRejected) as caught:
        api.add_question(actor=actor, questionnaire_id=key, question=question)
    assert caught.value.details["field"] == field
    assert texts(actor, key) == [YES_NO.text]


def test_good_recipients_are_kept_and_bad_ones_come_back_with_their_reason(actor) -> None:
    key = draft(actor)
    outcome = api.invite(
        actor=actor,
        questionnaire_id=key,
        recipients=[
            party(1),
            RecipientInput("Fout", "geen-adres"),
            RecipientInput("", "x@voorbeeld.example"),
            party(2),
            RecipientInput("Dubbel adres", "PARTIJ1@voorbeeld.example"),
            RecipientInput("Zonder adres"),
            party(1, email="nieuw@voorbeeld.example"),
        ],
    )

    assert (outcome.added, outcome.changed) == (3, 1)
    assert [(one.row, one.name) for one in outcome.refused] == [(2, "Fout"), (3, ""), (5, "Dubbel adres")]
    people = {one.name: one.email for one in api.recipients(actor=actor, questionnaire_id=key)}
    assert people["Onderneming Nummer1"] == "nieuw@voorbeeld.example"
    assert len(people) == 3


def test_the_composition_stands_beside_the_whole_market(actor) -> None:
    key = draft(actor)
    api.invite(actor=actor, questionnaire_id=key, recipients=[party(1), party(3), party(2), party(5)])

    parts = api.composition(
        organisation_id=actor.organisation_id,
        questionnaire_id=key,
        population={"region": {"Noord": 5, "Zuid": 10, "Oost": 5}},
    )["region"]
    assert [(one.value, one.asked, one.share, one.population_share) for one in parts] == [
        ("Noord", 3, Decimal("0.75"), Decimal("0.25")),
        ("Oost", 0, Decimal(0), Decimal("0.25")),
        ("Zuid", 1, Decimal("0.25"), Decimal("0.5")),
    ]


# --- States ---------------------------------------------------------------------------------------------------


def test_the_table_has_one_way_forward() -> None:
    steps = {(one.source, one.trigger): one.target for one in workflow.TRANSITIONS}
    for source in State:
        for trigger in {one.trigger for one in workflow.TRANSITIONS}:
            if (source, trigger) in steps:
                assert workflow.step(source, trigger) is steps[source, trigger]
            else:
                with pytest.raises(WrongState):
                    workflow.step(source, trigger)
    assert list(steps.values()) == [State.OPEN, State.CLOSED, State.SUMMARISED, State.FINISHED]


def test_opening_needs_questions_recipients_and_a_confirmed_composition(actor) -> None:
    key = api.create(actor=actor, subject="proef", subject_key=1, title="Leeg")
    with pytest.raises(QuestionnaireNotReady) as caught:
        api.open(actor=actor, questionnaire_id=key, closes_on=dt.date(2020, 1, 1), link_pattern=PATTERN)
    assert len(caught.value.details["missing"]) == 4
    with pytest.raises(QuestionnaireNotReady, match="wie u wilt bevragen"):
        api.confirm_composition(actor=actor, questionnaire_id=key)
    assert state(actor, key) is State.DRAFT


def test_a_new_recipient_asks_for_a_new_confirmation(actor) -> None:
    key = draft(actor)
    api.invite(actor=actor, questionnaire_id=key, recipients=[party(1)])
    api.confirm_composition(actor=actor, questionnaire_id=key)
    api.invite(actor=actor, questionnaire_id=key, recipients=[party(2)])

    with pytest.raises(QuestionnaireNotReady, match="bevestig"):
        api.open(actor=actor, questionnaire_id=key, closes_on=None, link_pattern=PATTERN)


def test_an_open_list_is_not_changed_any_more(actor) -> None:
    key = opened(actor, parties=3)
    for change in (
        lambda: api.add_question(actor=actor, questionnaire_id=key, question=YES_NO),
        lambda: api.invite(actor=actor, questionnaire_id=key, recipients=[party(9)]),
        lambda: api.describe(actor=actor, questionnaire_id=key, title="Anders", introduction=""),
        lambda: api.remove(actor=actor, questionnaire_id=key),
        lambda: api.open(actor=actor, questionnaire_id=key, closes_on=None, link_pattern=PATTERN),
        lambda: api.approve_summary(actor=actor, questionnaire_id=key),
        lambda: api.finish(actor=actor, questionnaire_id=key),
    ):
        with pytest.raises(WrongState):
            change()


def test_the_last_day_counts_in_belgium_and_the_clock_closes(actor) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC), tick=False):
        key = opened(actor, YES_NO, parties=3, closes_on=dt.date(2026, 11, 10))
        token, late, _other = tokens(actor, key)
    with time_machine.travel(dt.datetime(2026, 11, 10, 22, 59, tzinfo=dt.UTC), tick=False):
        assert fill(token, "yes").complete
    with time_machine.travel(dt.datetime(2026, 11, 10, 23, 1, tzinfo=dt.UTC), tick=False):
        assert state(actor, key) is State.CLOSED
        assert not api.sheet(token=late).can_answer
        with pytest.raises(NoLongerOpen):
            api.answer(token=late, values={1: ["yes"]})
        assert api.close_due() == 1
        assert api.close_due() == 0


def test_closing_twice_is_told(actor) -> None:
    key = opened(actor, parties=3)
    api.close(actor=actor, questionnaire_id=key)
    with pytest.raises(WrongState, match="afgesloten"):
        api.close(actor=actor, questionnaire_id=key)


# --- Answering ------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_shown_again_and_changed_until_closing(actor) -> None:
    key = opened(actor, parties=3)
    token = tokens(actor, key)[0]

    assert fill(token, "yes", "1", ["0", "1"], "4", "1.250,5", "Te weinig tijd").complete
    sheet = api.sheet(token=token)
    assert [sheet.given[one.id] for one in sheet.questions] == [
        ("yes",), ("1",), ("0", "1"), ("4",), ("1250.5",), ("Te weinig tijd",),
    ]  # fmt: skip
    assert fill(token, "no", None, None, None, None, None).complete
    assert list(api.sheet(token=token).given.values()) == [("no",)]
    assert api.results(actor=actor, questionnaire_id=key).answered == 1


def test_good_answers_are_kept_when_another_is_wrong(actor) -> None:
    key = opened(actor, parties=3)
    token = tokens(actor, key)[0]
    outcome = fill(token, "yes", "1", None, "4", "veel", "x")

    number = outcome.sheet.questions[4]
    assert set(outcome.problems) == {number.id}
    assert "getal" in outcome.problems[number.id]
    assert outcome.kept == 4
    assert len(api.sheet(token=token).given) == 4
    assert api.results(actor=actor, questionnaire_id=key).answered == 0, "not handed in yet"
    assert fill(token, "yes", "1", None, "4", "12", "x").complete
    assert api.results(actor=actor, questionnaire_id=key).answered == 1


def test_an_empty_list_is_not_an_answer(actor) -> None:
    key = opened(actor, CHOICE, MANY, parties=3)
    with pytest.raises(NothingAnswered):
        fill(tokens(actor, key)[0], None, None)


def test_links_that_are_made_up_withdrawn_or_of_another_list_open_nothing(actor) -> None:
    from koopkracht.accounts import api as accounts

    key = opened(actor, YES_NO, parties=3)
    token = tokens(actor, key)[0]
    with pytest.raises(LinkGone):
        api.sheet(token=token[:-3] + "abc")
    foreign = accounts.create_signed_link(
        actor=actor, scope="questionnaire.answer", subject="questionnaire-recipient", subject_key=999_999,
        purpose="x", expires_at=clock.now() + dt.timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(QuestionnaireNotFound):
        api.sheet(token=foreign.token)
    other = make_actor()
    stolen = accounts.create_signed_link(
        actor=other, scope="questionnaire.answer", subject="questionnaire-recipient",
        subject_key=api.recipients(actor=actor, questionnaire_id=key)[0].id,
        purpose="x", expires_at=clock.now() + dt.timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(QuestionnaireNotFound):
        api.sheet(token=stolen.token)


def test_another_organisation_reaches_nothing(actor) -> None:
    key, stranger = opened(actor, parties=3), make_actor()
    for call in (
        lambda: api.close(actor=stranger, questionnaire_id=key),
        lambda: api.results(actor=stranger, questionnaire_id=key),
        lambda: api.hand_out_links(actor=stranger, questionnaire_id=key, link_pattern=PATTERN),
        lambda: api.finish(actor=stranger, questionnaire_id=key),
    ):
        with pytest.raises(QuestionnaireNotFound):
            call()


def test_an_auditor_reads_and_does_not_change(actor) -> None:
    from koopkracht.accounts.models import Organisation

    place = Organisation.objects.get(pk=actor.organisation_id)
    auditor, key = make_actor(place, Role.AUDITOR), draft(actor)
    assert api.recipients(actor=auditor, questionnaire_id=key) == ()
    with pytest.raises(NotAllowed):
        api.invite(actor=auditor, questionnaire_id=key, recipients=[party(1)])


# --- Figures (CF-07) --------------------------------------------------------------------------------------------


@WITH_JOBS
def test_rate_and_shares_are_those_of_the_definition(actor) -> None:
    answers = [("yes", "0")] * 4 + [("yes", "1")] * 3 + [("no", "1")] * 3
    key = opened(actor, YES_NO, CHOICE, parties=16)
    jobs.run_until_idle()
    for token, values in zip(tokens(actor, key), answers, strict=False):
        fill(token, *values)

    assert api.results(actor=actor, questionnaire_id=key).counted == 9, "in blocks of three while the list is open"
    api.close(actor=actor, questionnaire_id=key)
    found = api.results(actor=actor, questionnaire_id=key)
    assert (found.sent, found.answered, found.rate) == (16, 10, Decimal("0.625"))
    first, second = found.questions
    assert [(cell.label, cell.count, cell.share) for cell in first.cells] == [
        ("Ja", 7, Decimal("0.7")),
        ("Nee", 3, Decimal("0.3")),
    ]
    assert [(cell.count, cell.share) for cell in second.cells] == [
        (4, Decimal("0.4")),
        (6, Decimal("0.6")),
        (0, Decimal(0)),
    ]


@WITH_JOBS
def test_the_rate_counts_only_what_was_brought(actor) -> None:
    key = draft(actor, YES_NO)
    people = [party(1), party(2, email=""), party(3), party(4, email="")]
    api.invite(actor=actor, questionnaire_id=key, recipients=people)
    api.confirm_composition(actor=actor, questionnaire_id=key)
    api.open(actor=actor, questionnaire_id=key, closes_on=None, link_pattern=PATTERN)
    assert api.results(actor=actor, questionnaire_id=key).rate is None
    jobs.run_until_idle()
    assert api.results(actor=actor, questionnaire_id=key).sent == 2

    api.brought_by_hand(actor=actor, questionnaire_id=key, kind=DeliveryKind.INVITATION)
    assert api.results(actor=actor, questionnaire_id=key).sent == 4


def test_a_small_group_is_hidden_with_its_neighbour_and_the_mean_too(actor) -> None:
    key = opened(actor, CHOICE, SCALE, parties=12)
    rows = [("0", "5")] * 6 + [("1", "4")] * 4 + [("2", "1")]
    for token, values in zip(tokens(actor, key), rows, strict=False):
        fill(token, *values)

    api.close(actor=actor, questionnaire_id=key)
    choice, scale = api.results(actor=actor, questionnaire_id=key).questions
    assert [cell.count for cell in choice.cells] == [6, None, None]
    assert choice.hidden
    assert scale.mean is None, "with the mean the small group could be worked out"


def test_one_more_answer_does_not_show_in_the_figures_of_an_open_list(actor) -> None:
    key = opened(actor, YES_NO, parties=9)
    links = tokens(actor, key)
    for token in links[:3]:
        fill(token, "yes")
    before = api.results(actor=actor, questionnaire_id=key).questions
    for token in links[3:5]:
        fill(token, "no")
        assert api.results(actor=actor, questionnaire_id=key).questions == before
    fill(links[5], "no")
    (moved,) = api.results(actor=actor, questionnaire_id=key).questions
    assert [cell.count for cell in moved.cells] == [3, 3]


def test_with_fewer_than_three_answers_only_the_rate_is_told(actor) -> None:
    key = opened(actor, parties=5)
    for token in tokens(actor, key)[:2]:
        fill(token, "yes", "0", None, "3", "5", "tekst")
    found = api.results(actor=actor, questionnaire_id=key)
    assert (found.answered, found.questions, found.breakdown) == (2, (), {})


def test_numbers_have_a_mean_and_texts_have_no_order_of_arrival(actor) -> None:
    key = opened(actor, NUMBER, LONG, parties=4)
    for token, number, text in zip(tokens(actor, key), ("1", "2,5", "4", "10"), ("d", "b", "a", "c"), strict=True):
        fill(token, number, text)
    api.close(actor=actor, questionnaire_id=key)
    number, text = api.results(actor=actor, questionnaire_id=key).questions
    assert number.mean == Decimal("4.4")
    assert text.texts == ("a", "b", "c", "d")


@WITH_JOBS
def test_who_answered_by_group_is_hidden_alike(actor) -> None:
    key = opened(actor, YES_NO, parties=12)
    jobs.run_until_idle()
    for token in tokens(actor, key)[:9]:
        fill(token, "yes")
    cells = api.results(actor=actor, questionnaire_id=key).breakdown["region"]
    counts = {cell.label: cell.count for cell in cells}
    assert set(counts) == {"Noord", "Zuid"}
    assert sum(count is None for count in counts.values()) in {0, 2}


def test_results_cost_the_same_for_many_answers(actor, django_assert_max_num_queries) -> None:
    key = opened(actor, parties=12)
    for token in tokens(actor, key):
        fill(token, "yes", "0", ["0"], "3", "5", "tekst")
    with django_assert_max_num_queries(6):
        api.results(actor=actor, questionnaire_id=key)


# --- Sending --------------------------------------------------------------------------------------------------


@WITH_JOBS
def test_everybody_gets_one_invitation_with_an_own_link(actor) -> None:
    key = opened(actor, parties=4, closes_on=clock.today() + dt.timedelta(days=14))
    jobs.run_until_idle()

    assert sorted(message.to[0] for message in mail.outbox) == [f"partij{n}@voorbeeld.example" for n in (1, 2, 3, 4)]
    links = {line for message in mail.outbox for line in message.body.splitlines() if "/bevraging/" in line}
    assert len(links) == 4
    assert api.sheet(token=links.pop().rsplit("/", 1)[1]).can_answer
    states = {one.state for one in api.deliveries(actor=actor, questionnaire_id=key, kind=DeliveryKind.INVITATION)}
    assert states == {DeliveryState.SENT}


class PowerCutError(BaseException):
    """The program is gone, without a chance to tidy up."""


@WITH_JOBS
def test_after_a_crash_nobody_gets_it_twice(actor, monkeypatch) -> None:
    key = opened(actor, parties=5)
    real, calls = sending.mails.send, []

    def send(kind, row, recipient, link):
        calls.append(recipient.name)
        if len(calls) == 3:
            raise PowerCutError
        return real(kind, row, recipient, link)

    monkeypatch.setattr(sending.mails, "send", send)
    values = {"actor": actor, "questionnaire_id": key, "kind": DeliveryKind.INVITATION, "link_pattern": PATTERN}
    assert sending.send_next(**values)
    assert sending.send_next(**values)
    with pytest.raises(PowerCutError):
        sending.send_next(**values)
    jobs.run_until_idle()

    assert len(calls) == len(set(calls)) == 5, "each party is tried once"
    assert len(mail.outbox) == 4
    with time_machine.travel(clock.now() + dt.timedelta(minutes=10)):
        states = {one.name: one.state for one in _invitations(actor, key)}
        assert states.pop(calls[2]) is DeliveryState.UNSURE
        assert set(states.values()) == {DeliveryState.SENT}
        assert api.retry(actor=actor, questionnaire_id=key, kind=DeliveryKind.INVITATION, link_pattern=PATTERN) == 1
        jobs.run_until_idle()
    assert len(mail.outbox) == 5
    assert {one.state for one in _invitations(actor, key)} == {DeliveryState.SENT}


def _invitations(actor: Actor, key: int):
    return api.deliveries(actor=actor, questionnaire_id=key, kind=DeliveryKind.INVITATION)


@WITH_JOBS
def test_failures_are_seen_and_can_be_tried_again(actor, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    key = opened(actor, parties=3)
    jobs.run_until_idle()
    assert {(one.state, one.problem[:14]) for one in _invitations(actor, key)} == {
        (DeliveryState.FAILED, "De mailserver ")
    }

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    api.retry(actor=actor, questionnaire_id=key, kind=DeliveryKind.INVITATION, link_pattern=PATTERN)
    jobs.run_until_idle()
    assert len(mail.outbox) == 3
    assert Job.objects.filter(state="failed").count() == 0


# --- Summary --------------------------------------------------------------------------------------------------


def test_a_summary_with_a_name_or_a_small_group_is_kept_but_not_approved(actor) -> None:
    key = closed(actor, *[("yes", "0")] * 6, *[("yes", "1")] * 4, ("no", "2"))
    text = "Onderneming Nummer3 wil meer tijd. De omvang Middel past voor 4 deelnemers."
    problems = api.write_summary(actor=actor, questionnaire_id=key, summary=text)

    assert {problem.code for problem in problems} == {"name", "group"}
    with pytest.raises(SummaryRejected, match="zonder namen"):
        api.approve_summary(actor=actor, questionnaire_id=key)
    view = api.questionnaire(organisation_id=actor.organisation_id, questionnaire_id=key)
    assert (view.state, view.summary) == (State.CLOSED, text)


def test_an_empty_summary_is_not_approved(actor) -> None:
    key = closed(actor)
    with pytest.raises(SummaryRejected, match="Schrijf eerst"):
        api.approve_summary(actor=actor, questionnaire_id=key)


@WITH_JOBS
def test_finishing_waits_until_the_summary_reached_everybody_who_answered(actor) -> None:
    heard: list[QuestionnaireFinished] = []
    events.subscribe(QuestionnaireFinished, heard.append)
    key = summarised(actor)
    jobs.run_until_idle()
    mail.outbox.clear()
    with pytest.raises(QuestionnaireNotReady, match="nog niet bij iedereen"):
        api.finish(actor=actor, questionnaire_id=key)

    planned = api.send_summary(actor=actor, questionnaire_id=key, to_all=False, link_pattern=PATTERN)
    with pytest.raises(QuestionnaireNotReady, match="4 te bezorgen"):
        api.finish(actor=actor, questionnaire_id=key)
    jobs.run_until_idle()

    assert planned == 4
    assert len(mail.outbox) == 4
    assert state(actor, key) is State.FINISHED
    assert [one.questionnaire_id for one in heard if one.organisation_id == actor.organisation_id] == [key]
    assert all("Onderneming" not in message.body and TEXT in message.body for message in mail.outbox)
    sent = api.deliveries(actor=actor, questionnaire_id=key, kind=DeliveryKind.SUMMARY)
    assert all(one.state is DeliveryState.SENT and one.at is not None for one in sent)


@WITH_JOBS
def test_the_summary_can_also_go_to_all_who_were_asked_and_twice_is_once(actor) -> None:
    key = summarised(actor)
    jobs.run_until_idle()
    mail.outbox.clear()
    for _time in range(2):
        api.send_summary(actor=actor, questionnaire_id=key, to_all=True, link_pattern=PATTERN)
        jobs.run_until_idle()
    assert len(mail.outbox) == 5
    assert state(actor, key) is State.FINISHED


def test_a_town_without_mail_brings_it_by_hand(actor) -> None:
    key = summarised(actor)
    Delivery.objects.all().delete()
    api.send_summary(actor=actor, questionnaire_id=key, to_all=False, link_pattern=PATTERN)
    assert api.brought_by_hand(actor=actor, questionnaire_id=key, kind=DeliveryKind.SUMMARY) == 4
    assert state(actor, key) is State.FINISHED
    token = tokens(actor, key)[0]
    sheet = api.sheet(token=token)
    assert sheet.results is not None
    assert sheet.questionnaire.summary == TEXT
    assert not sheet.can_answer


def test_before_the_summary_a_party_sees_no_figures(actor) -> None:
    key = opened(actor, *ALL, parties=5)
    token = tokens(actor, key)[0]
    fill(token, "yes", "0", None, None, None, None)
    assert api.sheet(token=token).results is None
