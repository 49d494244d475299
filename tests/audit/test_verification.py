"""Every change to the log is found and located, by the chain or by an anchor.

The test database has no triggers, so it is the raw copy that an intruder with the database works on.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from koopkracht.audit import api
from koopkracht.audit.chain import GENESIS, Link, event_hash
from koopkracht.audit.errors import AnchorUnreadable
from koopkracht.audit.models import ChainHead, Event
from koopkracht.audit.types import Finding, Report
from koopkracht.shared.actor import Actor

ACTOR = Actor(organisation_id=7, user_id=3, label="test")
EVENTS = 30
RANDOM = random.Random(20261121)
FIELDS = (
    "recorded_us",
    "user_key",
    "actor_label",
    "action",
    "subject",
    "subject_key",
    "data",
    "previous_hash",
    "event_hash",
)


@pytest.fixture
def chain(db: None) -> None:
    with transaction.atomic():
        for number in range(EVENTS):
            api.record(actor=ACTOR, action="thing.changed", subject="thing", subject_key=number, data={"n": number})
        api.record(actor=Actor(organisation_id=9), action="thing.changed", subject="thing")


def tampered(tamper: Callable[[], None], **options: object) -> Report:
    """Return the report on the log after ``tamper``, and put the log back."""
    with transaction.atomic():
        tamper()
        report = api.verify(**options)
        transaction.set_rollback(True)
    return report


def row(sequence: int) -> Event:
    return Event.objects.get(organisation_key=7, sequence=sequence)


def change(sequence: int) -> None:
    field = RANDOM.choice(FIELDS)
    value: object = RANDOM.randrange(10**6) if field.endswith(("_us", "_key")) and field != "subject_key" else "andere"
    Event.objects.filter(pk=row(sequence).pk).update(**{field: value})


def change_with_hash(sequence: int) -> None:
    """Change an event and give it the hash that belongs to its new content."""
    Event.objects.filter(pk=row(sequence).pk).update(action="thing.forged")
    rehash(row(sequence), row(sequence).previous_hash)


def rehash(event: Event, previous: str) -> str:
    content = tuple(getattr(event, name) for name in Link._fields[:9])
    made = event_hash(previous, content)
    Event.objects.filter(pk=event.pk).update(previous_hash=previous, event_hash=made)
    return made


def delete(sequence: int) -> None:
    Event.objects.filter(pk=row(sequence).pk).delete()


def swap(sequence: int) -> None:
    """Give two neighbours each other's place."""
    first, second = row(sequence).pk, row(sequence + 1).pk
    Event.objects.filter(pk=first).update(sequence=-1)
    Event.objects.filter(pk=second).update(sequence=sequence)
    Event.objects.filter(pk=first).update(sequence=sequence + 1)


def insert(sequence: int) -> None:
    """Put in an event of its own with a matching hash, and move the later ones up."""
    for event in Event.objects.filter(organisation_key=7, sequence__gte=sequence).order_by("-sequence"):
        Event.objects.filter(pk=event.pk).update(sequence=event.sequence + 1)
    forged = Event(organisation_key=7, sequence=sequence, recorded_us=1, action="thing.forged", subject="thing")
    forged.save()
    rehash(forged, row(sequence - 1).event_hash if sequence > 1 else GENESIS)


KINDS = {"change": change, "change with hash": change_with_hash, "delete": delete, "swap": swap, "insert": insert}


@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_random_changes_of_each_kind_are_found_and_located(kind: str, chain: None) -> None:
    for _ in range(200):
        sequence = RANDOM.randrange(1, EVENTS)  # the tail has tests of its own
        report = tampered(lambda at=sequence: KINDS[kind](at))
        assert not report.whole, (kind, sequence)
        assert report.first is not None
        assert report.first.organisation_id == 7
        assert report.first.sequence <= sequence <= (report.first.last or report.first.sequence), (kind, report.first)


def test_an_untouched_log_is_whole(chain: None) -> None:
    report = api.verify()
    assert (report.whole, report.events, report.chains) == (True, EVENTS + 1, 2)


@pytest.mark.parametrize("count", [1, 5, EVENTS])
def test_a_cut_tail_is_found_by_the_head(count: int, chain: None) -> None:
    report = tampered(lambda: cut(count, with_head=False))
    assert report.first is not None
    assert (report.first.finding, report.first.sequence, report.first.last) == (Finding.CUT, EVENTS - count + 1, EVENTS)


def cut(count: int, *, with_head: bool) -> None:
    Event.objects.filter(organisation_key=7, sequence__gt=EVENTS - count).delete()
    if with_head:
        last = Event.objects.filter(organisation_key=7).order_by("sequence").last()
        heads = ChainHead.objects.filter(organisation_key=7)
        heads.update(sequence=last.sequence, event_hash=last.event_hash) if last else heads.delete()


def rewrite(sequence: int) -> None:
    """Change one event and recompute every later hash and the head, as an intruder with time would."""
    Event.objects.filter(pk=row(sequence).pk).update(action="thing.forged")
    previous = row(sequence).previous_hash
    for event in Event.objects.filter(organisation_key=7, sequence__gte=sequence).order_by("sequence"):
        previous = rehash(event, previous)
    ChainHead.objects.filter(organisation_key=7).update(event_hash=previous)


@pytest.mark.parametrize("count", [1, 7, EVENTS])
def test_a_cut_with_its_head_is_found_by_an_anchor_only(count: int, chain: None, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    api.export_anchor(path=anchors)
    assert tampered(lambda: cut(count, with_head=True)).whole
    report = tampered(lambda: cut(count, with_head=True), anchors=anchors)
    assert report.first is not None
    assert (report.first.finding, report.first.sequence) == (Finding.ANCHOR_CUT, EVENTS - count + 1)


@pytest.mark.parametrize("sequence", [1, 14, EVENTS])
def test_a_full_rewrite_is_found_by_an_anchor_only(sequence: int, chain: None, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    api.export_anchor(path=anchors)
    assert tampered(lambda: rewrite(sequence)).whole
    report = tampered(lambda: rewrite(sequence), anchors=anchors)
    assert report.first is not None
    assert report.first.finding is Finding.ANCHOR_REWRITTEN


def test_an_event_appended_behind_the_head_is_found(chain: None) -> None:
    report = tampered(lambda: insert(EVENTS + 1))
    assert report.first is not None
    assert (report.first.finding, report.first.sequence) == (Finding.HEAD_DIFFERS, EVENTS + 1)


def test_a_removed_head_is_found(chain: None) -> None:
    report = tampered(lambda: ChainHead.objects.filter(organisation_key=7).delete())
    assert report.first is not None
    assert report.first.finding is Finding.HEAD_MISSING


@pytest.mark.sqlite  # only SQLite stores text in a number column
def test_a_value_of_another_type_is_found(chain: None) -> None:
    def tamper() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_event SET sequence = 'vier' WHERE organisation_key = 7 AND sequence = 4")
            cursor.execute("UPDATE audit_event SET data = x'00ff' WHERE organisation_key = 7 AND sequence = 9")

    assert not tampered(tamper).whole


def test_an_anchor_is_written_once_per_grown_chain(chain: None, tmp_path: Path) -> None:
    anchors = tmp_path / "elsewhere" / "anchors.jsonl"
    assert api.export_anchor(path=anchors).written == 2
    assert api.export_anchor(path=anchors).written == 0
    with transaction.atomic():
        api.record(actor=ACTOR, action="thing.changed", subject="thing")
    assert api.export_anchor(path=anchors).written == 1
    assert len(anchors.read_text().splitlines()) == 3
    assert api.verify(anchors=anchors).anchors == 3
    assert api.verify(anchors=anchors).whole


@pytest.mark.parametrize("line", [0, 1])
def test_a_changed_or_removed_anchor_is_found(line: int, chain: None, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    api.export_anchor(path=anchors)
    with transaction.atomic():
        api.record(actor=ACTOR, action="thing.changed", subject="thing")
    api.export_anchor(path=anchors)
    lines = anchors.read_text().splitlines(keepends=True)
    anchors.write_text("".join(lines[:line] + lines[line + 1 :]))
    report = api.verify(anchors=anchors)
    assert [problem.finding for problem in report.problems] == [Finding.ANCHOR_FILE_CHANGED]
    lines[line] = lines[line].replace('"sequence":', '"sequence":1')
    anchors.write_text("".join(lines))
    assert Finding.ANCHOR_FILE_CHANGED in {problem.finding for problem in api.verify(anchors=anchors).problems}


def test_a_file_that_is_no_anchor_file_is_refused_with_a_reason(chain: None, tmp_path: Path) -> None:
    with pytest.raises(AnchorUnreadable, match="bestaat niet"):
        api.verify(anchors=tmp_path / "none")
    other = tmp_path / "other"
    other.write_text("hallo\n")
    with pytest.raises(AnchorUnreadable, match="Regel 1"):
        api.verify(anchors=other)
