"""Reminders: once each, one mail per person, and a turn that was cut off goes on where it stopped."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import jsonschema
import pytest
import time_machine
import yaml
from django.core import mail

from koopkracht.accounts.permissions import Role
from koopkracht.jobs import api as jobs
from koopkracht.jobs.models import Job
from koopkracht.obligations import api, reminders
from koopkracht.obligations.models import Reminder
from koopkracht.obligations.types import ObligationInput
from tests.accounts import factories

DUE = dt.date(2026, 12, 20)


def turn(actor, on: dt.date):
    return reminders.remind(organisation_id=actor.organisation_id, on=on, progress=lambda *_: None)


@pytest.fixture
def owner(db):
    return factories.actor(factories.organisation(), Role.BUYER)


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


def agree(actor, title: str = "Verslag maken", due: dt.date = DUE) -> int:
    obligation = ObligationInput(
        title=title, detail="", subject="decision", subject_key=1, owner_id=actor.user_id, due=due
    )
    return api.create(actor=actor, obligation=obligation)


def test_each_reminder_goes_out_once(owner) -> None:
    agree(owner)
    days = [DUE + dt.timedelta(days=days) for days in (-15, -14, -13, -3, -3, 0, 1, 13, 14, 15, 90)]
    assert [turn(owner, day).mails for day in days] == [0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0]
    assert len(mail.outbox) == 4
    assert "uiterlijk 20 december 2026" in mail.outbox[0].body
    assert "Binnen twee weken" in mail.outbox[0].body
    assert "De datum is voorbij" in mail.outbox[2].body


def test_one_mail_per_person_and_nothing_about_what_is_done(owner) -> None:
    agree(owner, "Eerste")
    agree(owner, "Tweede")
    done = agree(owner, "Derde")
    api.complete(actor=owner, obligation_id=done)
    report = turn(owner, DUE - dt.timedelta(days=3))
    assert (report.mails, report.obligations) == (1, 2)
    assert "Derde" not in mail.outbox[0].body
    assert mail.outbox[0].subject == "Herinnering: 2 taken"


def test_after_a_pause_only_the_last_reminder_goes_out_and_none_from_before_the_agreement(owner) -> None:
    agree(owner)
    assert turn(owner, DUE + dt.timedelta(days=2)).mails == 1
    assert "De datum is voorbij" in mail.outbox[0].body
    agree(owner, "Op korte tijd", due=dt.date(2026, 11, 4))
    assert turn(owner, dt.date(2026, 11, 2)).mails == 0


def test_a_day_that_moved_gets_its_own_reminders(owner) -> None:
    from koopkracht.obligations.types import Clock

    obligation = ObligationInput(
        title="Plan", detail="", subject="lot", subject_key=1, owner_id=owner.user_id,
        clock=Clock(event="kick-off", on=dt.date(2026, 11, 20), months=1),
    )  # fmt: skip
    api.create(actor=owner, obligation=obligation)
    assert turn(owner, DUE - dt.timedelta(days=14)).mails == 1
    api.move_event(actor=owner, subject="lot", subject_key=1, event="kick-off", on=dt.date(2026, 12, 20))
    assert turn(owner, DUE).mails == 0
    assert turn(owner, dt.date(2027, 1, 6)).mails == 1


def test_a_turn_that_was_killed_goes_on_where_it_stopped(owner, monkeypatch) -> None:
    colleague = factories.actor(_place(owner), Role.BUYER)
    agree(owner)
    agree(colleague)
    calls = []

    def dies(**values):
        if calls:
            raise KeyboardInterrupt
        calls.append(values)
        return real(**values)

    real = reminders.mail.send
    monkeypatch.setattr(reminders.mail, "send", dies)
    with pytest.raises(KeyboardInterrupt):
        turn(owner, DUE - dt.timedelta(days=3))
    assert Reminder.objects.filter(sent_at__isnull=True).count() == 1
    monkeypatch.setattr(reminders.mail, "send", real)
    assert turn(owner, DUE - dt.timedelta(days=3)).mails == 1
    assert turn(owner, DUE - dt.timedelta(days=3)).mails == 0
    assert len({sent.to[0] for sent in mail.outbox}) == len(mail.outbox) == 2


def _place(actor):
    from koopkracht.accounts.models import Organisation

    return Organisation.objects.get(pk=actor.organisation_id)


def test_a_mail_that_is_refused_is_tried_again(owner, monkeypatch) -> None:
    agree(owner)
    monkeypatch.setattr(reminders.mail, "send", lambda **_: False)
    assert turn(owner, DUE - dt.timedelta(days=3)).failed == 1
    monkeypatch.undo()
    assert turn(owner, DUE - dt.timedelta(days=2)).mails == 1


@pytest.mark.django_db(transaction=True)
def test_the_daily_job_sends_for_every_organisation(moment) -> None:
    first, second = (factories.actor(factories.organisation(), Role.BUYER) for _ in range(2))
    agree(first)
    agree(second)
    moment.move_to(dt.datetime(2026, 12, 17, 10, tzinfo=dt.UTC))
    assert api.enqueue_reminders() == 2
    jobs.run_until_idle()
    assert len(mail.outbox) == 2
    assert {job.state for job in Job.objects.all()} == {"done"}


def test_the_content_is_valid() -> None:
    folder = files("koopkracht.content") / "terms"
    schema = yaml.safe_load((folder / "reminders.schema.yaml").read_text(encoding="utf-8"))
    content = yaml.safe_load((folder / "reminders.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(content, schema, format_checker=jsonschema.FormatChecker())
    days = [rule.days for rule in reminders.rules()]
    assert days == sorted(set(days))
