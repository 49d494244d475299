"""What the database itself guarantees, on a database with triggers and with real processes side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.databases import finish, fresh_database, python

WRITE = """
import sys
from django.db import transaction
from koopkracht.audit import api
from koopkracht.shared.actor import Actor
for number in range({events}):
    with transaction.atomic():
        api.record(actor=Actor(organisation_id=number % 2, label="{name}"), action="thing.changed", subject="thing")
"""
VERIFY = """
from koopkracht.audit import api
report = api.verify()
print(report.whole, report.events, report.chains)
"""
REFUSED = """
from django.db import DatabaseError, connection, transaction
statements = [
    "UPDATE audit_event SET action = 'thing.forged'",
    "DELETE FROM audit_event WHERE sequence = 1",
    "UPDATE audit_chainhead SET sequence = sequence - 1",
    "UPDATE audit_chainhead SET event_hash = 'x'",
    "DELETE FROM audit_chainhead",
]
if connection.vendor == "postgresql":
    statements += ["TRUNCATE audit_event", "TRUNCATE audit_chainhead"]
for statement in statements:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        print("accepted:", statement)
    except DatabaseError:
        pass
"""


def test_writers_side_by_side_never_fork_or_lose_the_chain(tmp_path: Path) -> None:
    with fresh_database(tmp_path) as environment:
        writers = [python(WRITE.format(events=60, name=f"writer {number}"), environment) for number in range(4)]
        for writer in writers:
            finish(writer)
        assert finish(python(VERIFY, environment)).split() == ["True", "240", "2"]


def test_the_database_refuses_to_change_or_delete_events(tmp_path: Path) -> None:
    with fresh_database(tmp_path) as environment:
        finish(python(WRITE.format(events=4, name="writer"), environment))
        assert finish(python(REFUSED, environment)) == ""
        assert finish(python(VERIFY, environment)).split() == ["True", "4", "2"]


@pytest.mark.django_db
def test_the_migration_can_be_undone_and_redone() -> None:
    from django.db import connection

    from koopkracht.audit import triggers

    triggers.install(connection)
    triggers.remove(connection)
    triggers.remove(connection)
