"""What must be shown, by whom, by when; and two pairs of eyes on every proof."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
import time_machine

from koopkracht.accounts.permissions import Role
from koopkracht.documents import api as documents
from koopkracht.documents.errors import DocumentNotFound
from koopkracht.obligations import api, workflow
from koopkracht.obligations.errors import (
    FourEyes,
    NotTheApprover,
    NotTheOwner,
    ObligationNotFound,
    ObligationRefused,
    WrongState,
)
from koopkracht.obligations.types import Clock, Evidence, ObligationInput, State, StepKind, Submission
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from tests.accounts import factories

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 12, 10)


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def place():
    return factories.organisation()


@pytest.fixture
def owner(place):
    return factories.actor(place, Role.BUYER)


@pytest.fixture
def colleague(place):
    return factories.actor(place, Role.SOCIAL_ECONOMY_OFFICER)


def agree(actor, **fields) -> int:
    values = {
        "title": "Overzicht maken", "detail": "", "subject": "decision", "subject_key": 7,
        "owner_id": actor.user_id, "due": DUE, **fields,
    }  # fmt: skip
    return api.create(actor=actor, obligation=ObligationInput(**values))


def proof(actor, text: bytes = b"Bewijs\n") -> Submission:
    kept = documents.store(filename="bewijs.txt", purpose="evidence", data=text, actor=actor)
    return Submission(evidence=(Evidence(kept.sha256, kept.filename),), remark="Zie bijlage")


def view(actor, key: int):
    return api.obligation(organisation_id=actor.organisation_id, obligation_id=key).obligation


def test_a_simple_task_is_completed_by_its_owner_and_by_nobody_else(owner, colleague) -> None:
    key = agree(owner)
    with pytest.raises(NotTheOwner):
        api.complete(actor=colleague, obligation_id=key)
    api.complete(actor=owner, obligation_id=key)
    api.complete(actor=owner, obligation_id=key)
    assert (view(owner, key).state, view(owner, key).done_on) == (State.DONE, dt.date(2026, 12, 1))


def test_what_needs_proof_is_not_completed_without_it(owner) -> None:
    key = agree(owner, evidence_kind="document")
    with pytest.raises(ObligationRefused, match="kijkt iemand anders mee"):
        api.complete(actor=owner, obligation_id=key)
    with pytest.raises(ObligationRefused, match="bewijs"):
        api.submit(actor=owner, obligation_id=key)
    with pytest.raises(DocumentNotFound):
        api.submit(actor=owner, obligation_id=key, submission=Submission(evidence=(Evidence("0" * 64, "x.pdf"),)))
    assert view(owner, key).state is State.OPEN


def test_nobody_approves_their_own_work(owner, colleague) -> None:
    key = agree(owner, evidence_kind="document")
    api.submit(actor=owner, obligation_id=key, submission=proof(owner))
    with pytest.raises(FourEyes):
        api.approve(actor=owner, obligation_id=key)
    with pytest.raises(FourEyes):
        api.send_back(actor=owner, obligation_id=key, reason="x")
    with pytest.raises(FourEyes):
        api.approve(actor=factories.bare_actor(owner.organisation_id), obligation_id=key)
    assert [one.id for one in api.to_approve(actor=colleague)] == [key]
    assert api.to_approve(actor=owner) == ()
    api.approve(actor=colleague, obligation_id=key)
    assert view(owner, key).state is State.DONE


def test_handing_over_does_not_get_around_the_second_pair_of_eyes(owner, colleague) -> None:
    key = agree(owner, evidence_kind="document")
    api.submit(actor=owner, obligation_id=key, submission=proof(owner))
    with pytest.raises(ObligationRefused, match="niet zelf"):
        api.hand_over(
            actor=colleague, obligation_id=key, owner_id=colleague.user_id, approver_id=owner.user_id
        )  # fmt: skip
    api.hand_over(actor=owner, obligation_id=key, owner_id=colleague.user_id)
    with pytest.raises(FourEyes):
        api.approve(actor=owner, obligation_id=key)


def test_only_the_named_approver_approves(place, owner, colleague) -> None:
    named = factories.actor(place, Role.LAWYER)
    key = agree(owner, approver_id=named.user_id)
    api.submit(actor=owner, obligation_id=key)
    with pytest.raises(NotTheApprover):
        api.approve(actor=colleague, obligation_id=key)
    api.approve(actor=named, obligation_id=key)
    with pytest.raises(WrongState):
        api.approve(actor=named, obligation_id=key)


def test_it_goes_back_with_a_reason_and_the_history_keeps_everything(owner, colleague) -> None:
    key = agree(owner, evidence_kind="document")
    first, second = proof(owner, b"eerste\n"), proof(owner, b"tweede\n")
    api.submit(actor=owner, obligation_id=key, submission=first)
    with pytest.raises(ObligationRefused):
        api.send_back(actor=colleague, obligation_id=key, reason=" ")
    api.send_back(actor=colleague, obligation_id=key, reason="Handtekening ontbreekt")
    api.submit(actor=owner, obligation_id=key, submission=second)
    api.approve(actor=colleague, obligation_id=key)
    found = api.obligation(organisation_id=owner.organisation_id, obligation_id=key)
    assert [step.kind for step in found.steps] == ["created", "submitted", "sent-back", "submitted", "approved"]
    assert found.steps[2].remark == "Handtekening ontbreekt"
    assert found.evidence == tuple(second.evidence)


def test_every_step_is_possible_only_in_the_states_of_the_table(owner, colleague) -> None:
    reach = {
        State.OPEN: [],
        State.SUBMITTED: [StepKind.SUBMITTED],
        State.SENT_BACK: [StepKind.SUBMITTED, StepKind.SENT_BACK],
        State.DONE: [StepKind.SUBMITTED, StepKind.APPROVED],
        State.CANCELLED: [StepKind.CANCELLED],
    }
    take = {
        StepKind.SUBMITTED: lambda key: api.submit(actor=owner, obligation_id=key),
        StepKind.APPROVED: lambda key: api.approve(actor=colleague, obligation_id=key),
        StepKind.SENT_BACK: lambda key: api.send_back(actor=colleague, obligation_id=key, reason="x"),
        StepKind.CANCELLED: lambda key: api.cancel(actor=colleague, obligation_id=key, reason="x"),
    }
    for state, step in product(reach, take):
        key = agree(owner, approver_id=colleague.user_id)
        for earlier in reach[state]:
            take[earlier](key)
        assert view(owner, key).state is state
        if workflow.allowed(state, step):
            take[step](key)
            assert view(owner, key).state is workflow.after(step)
        else:
            with pytest.raises(WrongState):
                take[step](key)


def test_late_follows_from_the_day_and_is_not_stored(owner, colleague, moment) -> None:
    open_key, waiting = agree(owner), agree(owner, approver_id=colleague.user_id)
    api.submit(actor=owner, obligation_id=waiting)
    on = DUE + dt.timedelta(days=1)
    assert not view(owner, open_key).late(DUE)
    assert view(owner, open_key).late(on)
    assert not view(owner, waiting).late(on), "handed in on time: the approver is the one who is slow"
    assert [one.id for one in api.overdue(organisation_id=owner.organisation_id, on=on)] == [open_key]
    moment.shift(dt.timedelta(days=20))
    too_late = agree(owner, approver_id=colleague.user_id)
    api.submit(actor=owner, obligation_id=too_late)
    assert view(owner, too_late).late(dt.date(2026, 12, 21))
    late = api.mine(actor=owner, query=ListQuery(filters={"state": "late"})).rows
    assert [one.id for one in late] == [open_key, too_late]
    found = api.of_subjects(organisation_id=owner.organisation_id, subject="decision", subject_keys=[7])[7]
    progress = api.progress(obligations=found, on=dt.date(2026, 12, 21))
    assert (progress.total, progress.waiting, progress.open, progress.late) == (3, 2, 1, 2)


def test_a_term_moves_along_with_its_event(owner) -> None:
    counted = Clock(event="kick-off", on=dt.date(2026, 3, 15), months=1)
    key = agree(owner, due=None, clock=counted)
    done = agree(owner, due=None, clock=counted)
    api.complete(actor=owner, obligation_id=done)
    assert view(owner, key).due == dt.date(2026, 4, 15)
    moved = {"actor": owner, "subject": "decision", "subject_key": 7, "event": "kick-off", "on": dt.date(2026, 1, 31)}
    assert api.move_event(**moved) == 1
    assert api.move_event(**moved) == 0
    assert view(owner, key).due == dt.date(2026, 2, 28)
    assert view(owner, done).due == dt.date(2026, 4, 15)


def test_what_cannot_be_agreed_is_refused_in_words(owner, colleague) -> None:
    stranger = factories.actor(None, Role.BUYER)
    for fields, message in (
        ({"title": " "}, "wat er moet gebeuren"),
        ({"due": None}, "tegen wanneer"),
        ({"approver_id": owner.user_id}, "iemand anders"),
        ({"owner_id": stranger.user_id}, "in uw organisatie"),
    ):
        with pytest.raises(ObligationRefused, match=message):
            agree(owner, **fields)
    with pytest.raises(NotAllowed):
        agree(factories.actor(None, Role.AUDITOR))


def test_another_organisation_finds_nothing(owner) -> None:
    key = agree(owner)
    stranger = factories.actor(None, Role.BUYER)
    for call in (api.complete, api.submit, api.approve):
        with pytest.raises(ObligationNotFound):
            call(actor=stranger, obligation_id=key)
    assert api.list_obligations(actor=stranger, query=ListQuery()).rows == []


@pytest.mark.parametrize("asked", ["iedereen", "²", "9" * 30])
def test_an_owner_that_is_no_number_has_no_tasks(owner, asked) -> None:
    agree(owner)
    assert api.list_obligations(actor=owner, query=ListQuery(filters={"owner": asked})).rows == []
    assert len(api.list_obligations(actor=owner, query=ListQuery(filters={"owner": str(owner.user_id)})).rows) == 1
