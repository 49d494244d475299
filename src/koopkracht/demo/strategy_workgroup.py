"""The working group of the demonstration town: a year of meetings, decisions and tasks, through the real doors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from koopkracht.demo.town import content
from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import (
    AgendaInput,
    DecisionInput,
    Held,
    MeetingInput,
    MemberInput,
    ParticipantInput,
)
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import Evidence, Submission
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.periods import months_after
from koopkracht.strategy.api import workgroup
from koopkracht.strategy.types.workgroup import DepartmentNeedInput

Say = Callable[[str], None]
People = Mapping[str, Actor]
_LEADER = "social-economy-officer"


def load(*, people: People, say: Say) -> None:
    """Set up the group, hold its meetings and leave some tasks open, one of them late; twice is once."""
    described = content("workgroup")
    say("De werkgroep sociaal aankopen komt samen")
    group_id = _group(people, described["group"])
    _round_table(people, described["round_table"])
    for row in described["meetings"]:
        _held(people, group_id, row)
    for row in described["planned"]:
        _plan(people, row, kind=row["kind"], group_id=group_id if row.get("group") else None)
    say("De werkgroep praat met de diensten")
    for row in described["talks"]:
        _talk(people, row)


def _day(row: Mapping[str, Any]) -> dt.date:
    """Return the day of a row; a meeting in a weekend moves to the Monday after it."""
    day = months_after(clock.today(), row.get("months", 0)) + dt.timedelta(days=row.get("days", 0))
    return day if day.isoweekday() < 6 else day + dt.timedelta(days=8 - day.isoweekday())


def _user(people: People, row: Mapping[str, Any]) -> int | None:
    return people[row["person"]].user_id if "person" in row else None


def _group(people: People, row: Mapping[str, Any]) -> int:
    started = months_after(clock.today(), row["started_months"])
    members = [
        MemberInput(
            role=one["role"],
            user_id=_user(people, one),
            name=one.get("name", ""),
            organisation_name=one.get("organisation", ""),
            leads=one.get("leads", False),
            valid_from=started,
        )
        for one in row["members"]
    ]
    return workgroup.set_up(
        actor=people[_LEADER],
        name=row["name"],
        rhythm_months=row["rhythm_months"],
        purpose=row["purpose"],
        members=members,
        started_on=started,
    )


def _participants(people: People, rows: Iterable[Mapping[str, Any]]) -> tuple[ParticipantInput, ...]:
    return tuple(
        ParticipantInput(
            role=one["role"],
            user_id=_user(people, one),
            name=one.get("name", ""),
            organisation_name=one.get("organisation", ""),
        )
        for one in rows
    )


def _plan(people: People, row: Mapping[str, Any], *, kind: str, group_id: int | None = None) -> int:
    agenda = tuple(
        AgendaInput(title=title, part=part) for part, titles in row.get("agenda", {}).items() for title in titles
    )
    return meetings.plan(
        actor=people[_LEADER],
        meeting=MeetingInput(
            kind=kind,
            title=row["title"],
            date=_day(row),
            group_id=group_id,
            place=row.get("place", ""),
            starts=dt.time.fromisoformat(row["starts"]) if "starts" in row else None,
            ends=dt.time.fromisoformat(row["ends"]) if "ends" in row else None,
            participants=_participants(people, row.get("people", ())),
            agenda=agenda,
        ),
    )


def _write(people: People, meeting_id: int, row: Mapping[str, Any]) -> bool:
    """Hold a meeting unless that was done before; tell whether it was done now."""
    actor = people[_LEADER]
    detail = meetings.meeting(organisation_id=actor.organisation_id, meeting_id=meeting_id)
    if detail.minutes:
        return False
    away = set(row.get("absent", ()))
    attendance = {one.id: one.name not in away for one in detail.participants}
    meetings.hold(actor=actor, meeting_id=meeting_id, held=Held(minutes=row["minutes"], attendance=attendance))
    return True


def _held(people: People, group_id: int, row: Mapping[str, Any]) -> None:
    meeting_id = _plan(people, row, kind="working-group", group_id=group_id)
    if not _write(people, meeting_id, row):
        return
    for decision in row["decisions"]:
        _decide(people, meeting_id, decision)


def _decide(people: People, meeting_id: int, row: Mapping[str, Any]) -> None:
    owner = people[row["who"]]
    decided = workgroup.decide(
        actor=people[_LEADER],
        meeting_id=meeting_id,
        decision=DecisionInput(
            text=row["text"], owner_id=owner.user_id, due=clock.today() + dt.timedelta(days=row["days"])
        ),
        evidence_kind="document" if row.get("evidence") else "",
    )
    if decided.obligation_id is None:
        return
    if row.get("done"):
        obligations.complete(actor=owner, obligation_id=decided.obligation_id)
    if row.get("submit"):
        kept = documents.store(
            filename="voorstel-percelen.txt",
            purpose=Purpose.EVIDENCE,
            data=b"Voorstel: drie percelen, per wijk, met een perceel voor de sociale economie.\n",
            actor=owner,
        )
        obligations.submit(
            actor=owner,
            obligation_id=decided.obligation_id,
            submission=Submission(
                evidence=(Evidence(sha256=kept.sha256, filename=kept.filename),),
                remark="Drie percelen, per wijk. Graag nakijken voor de winter.",
            ),
        )


def _round_table(people: People, row: Mapping[str, Any]) -> None:
    _write(people, _plan(people, row, kind="round-table"), row)


def _talk(people: People, row: Mapping[str, Any]) -> None:
    actor = people[_LEADER]
    guests = [
        {"role": "policy-officer", "person": _LEADER},
        {"role": "internal-client", "organisation": row["department"]},
    ]
    meeting_id = _plan(people, {**row, "people": guests}, kind="department-talk")
    _write(people, meeting_id, row)
    for need in row["needs"]:
        workgroup.put_need(
            actor=actor,
            need=DepartmentNeedInput(
                department=row["department"],
                title=need["title"],
                yearly_amount=Decimal(need["amount"]) if "amount" in need else None,
                product_group=need.get("group", ""),
                meeting_id=meeting_id,
                remark=need.get("remark", ""),
            ),
        )
