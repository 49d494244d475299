"""Background work: order of states, retry, lease, and the process that is killed half-way."""

from __future__ import annotations

import datetime as dt
import signal
from collections.abc import Callable

import pytest
from django.db import IntegrityError, OperationalError
from django_tasks_db.models import DBTaskResult

from koopkracht.jobs import actions, api, worker
from koopkracht.jobs.models import Job, JobState
from koopkracht.jobs.registry import job, periodic
from koopkracht.jobs.types import JobContext
from koopkracht.shared import clock
from koopkracht.shared.errors import ConfigurationError, NotFound, Rejected, TemporaryFailure
from tests.accounts.factories import actor

pytestmark = pytest.mark.django_db(transaction=True)
ran: list[tuple[str, int]] = []


@job("test.count")
def _count(context: JobContext, *, until: int) -> dict[str, int]:
    for step in range(until):
        context.progress(step, until, f"stap {step}")
    ran.append(("count", context.attempt))
    return {"counted": until}


@job("test.temporary")
def _temporary(context: JobContext) -> None:
    ran.append(("temporary", context.attempt))
    if context.attempt < 3:
        raise TemporaryFailure("De dienst antwoordt niet.", code="away")


@job("test.refused")
def _refused(_context: JobContext) -> None:
    raise Rejected("Het bestand is leeg.", code="empty")


@job("test.bug")
def _bug(_context: JobContext) -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _forget() -> None:
    ran.clear()


def test_a_job_runs_once_and_keeps_its_result() -> None:
    who = actor()
    number = api.enqueue(kind="test.count", actor=who, payload={"until": 3})
    assert api.view(actor=who, job_id=number).state == JobState.WAITING
    api.run_until_idle()
    api.run_until_idle()
    done = api.view(actor=who, job_id=number)
    assert (done.state, done.result, done.percent) == (JobState.DONE, {"counted": 3}, 100)
    assert ran == [("count", 1)]


def test_a_handler_acts_with_the_permissions_of_the_person_who_asked() -> None:
    seen: list[frozenset[str]] = []

    @job("test.who")
    def _who(context: JobContext) -> None:
        seen.append(context.actor.permissions)

    who = actor()
    api.enqueue(kind="test.who", actor=who, payload={})
    api.run_until_idle()
    assert seen == [who.permissions]


def test_an_unknown_kind_is_refused_before_it_is_queued() -> None:
    with pytest.raises(ConfigurationError):
        api.enqueue(kind="test.nobody", actor=actor(), payload={})
    assert not Job.objects.exists()


def test_another_organisation_cannot_see_the_job() -> None:
    number = api.enqueue(kind="test.count", actor=actor(), payload={"until": 1})
    with pytest.raises(NotFound):
        api.view(actor=actor(), job_id=number)


def test_a_temporary_failure_is_tried_again_later(time_machine) -> None:
    who = actor()
    number = api.enqueue(kind="test.temporary", actor=who, payload={})
    for minutes in (0, 2, 4):
        time_machine.move_to(clock.now() + dt.timedelta(minutes=minutes), tick=True)
        api.run_until_idle()
    assert api.view(actor=who, job_id=number).state == JobState.DONE
    assert [attempt for _, attempt in ran] == [1, 2, 3]


@pytest.mark.parametrize(("kind", "code"), [("test.refused", "empty"), ("test.bug", "crashed")])
def test_a_final_failure_says_why(kind: str, code: str) -> None:
    who = actor()
    number = api.enqueue(kind=kind, actor=who, payload={})
    api.run_until_idle()
    failed = api.view(actor=who, job_id=number)
    assert (failed.state, failed.error_code) == (JobState.FAILED, code)
    assert failed.message


def test_a_lost_job_is_handed_out_again() -> None:
    who = actor()
    number = api.enqueue(kind="test.count", actor=who, payload={"until": 1})
    assert actions._take(number) is not None  # a worker takes it and is killed
    assert api.reclaim() == 0, "its lease has not passed yet"
    Job.objects.filter(pk=number).update(lease_until=clock.now() - dt.timedelta(seconds=1))
    assert api.reclaim() == 1
    api.run_until_idle()
    assert api.view(actor=who, job_id=number).state == JobState.DONE
    assert ran == [("count", 2)]


def test_a_job_that_is_always_lost_is_given_up() -> None:
    who = actor()
    number = api.enqueue(kind="test.count", actor=who, payload={"until": 1})
    Job.objects.filter(pk=number).update(
        state=JobState.RUNNING, attempts=actions.MAX_ATTEMPTS, lease_until=clock.now() - dt.timedelta(seconds=1)
    )
    api.reclaim()
    assert api.view(actor=who, job_id=number).error_code == "lost"


def test_a_periodic_function_runs_once_in_each_period(time_machine) -> None:
    turns: list[int] = []
    periodic("test.hourly", every=dt.timedelta(hours=1))(lambda: turns.append(1))
    worker.run_due()
    worker.run_due()
    assert len(turns) == 1
    time_machine.move_to(clock.now() + dt.timedelta(minutes=61))
    worker.run_due()
    assert len(turns) == 2


def test_a_worker_that_lost_its_job_changes_nothing_any_more() -> None:
    who = actor()
    number = api.enqueue(kind="test.count", actor=who, payload={"until": 1})
    slow = actions._take(number)
    assert slow is not None
    Job.objects.filter(pk=number).update(lease_until=clock.now() - dt.timedelta(seconds=1))
    api.reclaim()
    api.run_until_idle()
    actions._reporter(slow)(7, 9, "te laat")
    actions._finish(slow, JobState.FAILED, message="te laat", error_code="late")
    actions._retry(slow, TemporaryFailure("te laat", code="late"))
    done = api.view(actor=who, job_id=number)
    assert (done.state, done.result, done.error_code) == (JobState.DONE, {"counted": 1}, "")


@pytest.mark.parametrize("error", [OperationalError("deadlock"), IntegrityError("duplicate")])
def test_trouble_with_the_database_is_tried_again(time_machine, error: Exception) -> None:
    attempts: list[int] = []

    @job(f"test.database.{type(error).__name__}")
    def _busy(context: JobContext) -> None:
        attempts.append(context.attempt)
        if context.attempt == 1:
            raise error

    who = actor()
    number = api.enqueue(kind=f"test.database.{type(error).__name__}", actor=who, payload={})
    api.run_until_idle()
    assert api.view(actor=who, job_id=number).state == JobState.WAITING
    time_machine.move_to(clock.now() + dt.timedelta(minutes=1), tick=True)
    api.run_until_idle()
    assert api.view(actor=who, job_id=number).state == JobState.DONE
    assert attempts == [1, 2]


def test_the_worker_goes_on_after_a_turn_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers: dict[int, Callable[..., None]] = {}
    turns: list[str] = []

    def turn() -> None:
        turns.append("turn")
        if len(turns) == 1:
            raise OperationalError("the database restarts")
        handlers[signal.SIGTERM](signal.SIGTERM, None)

    monkeypatch.setattr(worker.signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(worker.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(worker, "run_turn", turn)
    worker.run_worker()
    assert turns == ["turn", "turn"]


def test_the_operator_sees_the_jobs_by_state_and_a_stranger_nothing(client, settings) -> None:
    settings.METRICS_TOKEN = "geheim"
    api.enqueue(kind="test.count", actor=actor(), payload={"until": 1})
    shown = client.get("/metrics", headers={"authorization": "Bearer geheim"})
    assert 'koopkracht_jobs{state="waiting"} 1' in shown.content.decode()
    assert 'koopkracht_jobs{state="failed"} 0' in shown.content.decode()
    for wrong in ("Bearer anders", "Bearer géheim", ""):
        assert client.get("/metrics", headers={"authorization": wrong}).status_code == 404


def test_jobs_that_finished_long_ago_are_removed_with_their_rows_in_the_queue(time_machine) -> None:
    who = actor()
    old = api.enqueue(kind="test.count", actor=who, payload={"until": 1})
    api.run_until_idle()
    time_machine.move_to(clock.now() + dt.timedelta(days=91))
    new = api.enqueue(kind="test.count", actor=who, payload={"until": 1})
    api.run_until_idle()
    assert api.prune() >= 1
    assert not Job.objects.filter(pk=old).exists()
    assert Job.objects.filter(pk=new).exists()
    assert DBTaskResult.objects.count() == Job.objects.count()
