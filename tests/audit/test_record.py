"""Writing events: in the transaction of the change, one chain per organisation, exactly what was said."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koopkracht.audit import api
from koopkracht.audit.chain import canonical, event_hash, from_microseconds, to_microseconds
from koopkracht.audit.models import Event
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed, NotFound, Rejected
from koopkracht.shared.listing import ListQuery, Slice

ACTOR = Actor(organisation_id=7, user_id=3, permissions=frozenset({"audit.view"}), label="test")
OTHER = Actor(organisation_id=8, user_id=4, permissions=frozenset({"audit.view"}))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def write(actor: Actor = ACTOR, action: str = "thing.changed", **more: object) -> int:
    with transaction.atomic():
        return api.record(actor=actor, action=action, subject="thing", **more)


@pytest.mark.django_db
def test_each_organisation_has_a_chain_of_its_own() -> None:
    assert [write(), write(OTHER), write(), write(OTHER), write()] == [1, 1, 2, 2, 3]
    assert api.verify().whole


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        api.record(actor=ACTOR, action="thing.changed", subject="thing")


@pytest.mark.django_db
def test_an_event_disappears_with_the_change_that_was_rolled_back() -> None:
    write()
    with transaction.atomic():
        api.record(actor=ACTOR, action="thing.changed", subject="thing")
        transaction.set_rollback(True)
    assert write() == 2
    assert api.verify().whole


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.dictionaries(st.text(), JSON, max_size=4), label=st.text(), key=st.text(max_size=200))
def test_whatever_is_written_verifies_after_reading_back(data: dict[str, object], label: str, key: str) -> None:
    actor = Actor(organisation_id=7, user_id=3, label=label)
    sequence = write(actor, subject_key=key, data=data)
    row = Event.objects.get(organisation_key=7, sequence=sequence)
    assert json.loads(row.data) == json.loads(canonical(data))
    assert api.verify(organisation_id=7).whole


@given(texts=st.lists(st.text() | st.integers(-(2**63), 2**63 - 1) | st.none()))
def test_the_hash_covers_the_bytes_that_any_json_library_writes(texts: list[object]) -> None:
    """The offline verifier uses the standard library; it must see the same bytes."""
    from hashlib import sha256

    plain = json.dumps(texts, separators=(",", ":"), ensure_ascii=False).encode()
    assert event_hash("ab", tuple(texts)) == sha256(b"ab\n" + plain).hexdigest()


def test_data_that_is_not_json_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        canonical({"thing": object()})
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"share": float("nan")})


def test_dates_and_amounts_become_text() -> None:
    assert canonical({"b": Decimal("1.10"), "a": dt.date(2026, 2, 1)}) == '{"a":"2026-02-01","b":"1.10"}'


@given(moment=st.datetimes(timezones=st.just(dt.UTC), min_value=dt.datetime(1970, 1, 1)))  # noqa: DTZ001
def test_a_moment_survives_to_the_microsecond(moment: dt.datetime) -> None:
    assert from_microseconds(to_microseconds(moment)) == moment


@pytest.mark.django_db
def test_the_auditor_narrows_and_pages_through_the_own_log_only() -> None:
    for number in range(5):
        write(action="thing.made" if number % 2 else "thing.changed", subject_key=number)
    write(OTHER)
    first = listed(limit=2)
    assert [event.sequence for event in first.rows] == [5, 4]
    rest = listed(cursor=first.next)
    assert [event.sequence for event in rest.rows] == [3, 2, 1]
    assert {event.action for event in listed(filters={"action": "thing.made"}).rows} == {"thing.made"}
    assert [event.subject_key for event in listed(filters={"key": "3", "user": "3"}).rows] == ["3"]
    assert api.choices(actor=ACTOR) == (("thing.changed", "thing.made"), ("thing",))


@pytest.mark.django_db
def test_the_log_narrows_on_belgian_days_both_included() -> None:
    with time_machine.travel(dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC), tick=False):  # 1 July, half past midnight
        write()
    for filters, found in (
        ({"since": "2026-07-01", "until": "2026-07-01"}, 1),
        ({"until": "2026-06-30"}, 0),
        ({"since": "2026-07-02"}, 0),
    ):
        assert len(listed(filters=filters).rows) == found, filters
    for wrong in ({"since": "gisteren"}, {"until": "9999-12-31"}, {"user": "piet"}, {"user": "9" * 30}):
        with pytest.raises(Rejected):
            listed(filters=wrong)


def listed(**asked: object) -> Slice:
    return api.list_events(actor=ACTOR, query=ListQuery(sort="sequence", descending=True, **asked))


@pytest.mark.django_db
def test_nobody_reads_the_log_without_the_permission_or_of_another_organisation() -> None:
    write()
    nobody = Actor(organisation_id=7)
    for read in (
        lambda: api.list_events(actor=nobody, query=ListQuery()),
        lambda: api.event(actor=nobody, sequence=1),
        lambda: api.choices(actor=nobody),
        lambda: api.export_lines(actor=nobody),
    ):
        with pytest.raises(NotAllowed):
            read()
    with pytest.raises(NotFound):
        api.event(actor=OTHER, sequence=1)
