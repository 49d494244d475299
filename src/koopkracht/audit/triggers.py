"""The database's own refusal: events never change or disappear, and a chain head only moves forward by one.

Whoever may change the schema can remove a trigger; that is why there is a chain, and anchors outside the database.
"""

from __future__ import annotations

from typing import Any

_SQLITE = (
    """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
    """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
    """CREATE TRIGGER audit_chainhead_forward BEFORE UPDATE ON audit_chainhead
       WHEN NEW.sequence <> OLD.sequence + 1 OR NEW.organisation_key <> OLD.organisation_key
       BEGIN SELECT RAISE(ABORT, 'a chain head moves forward by one'); END""",
    """CREATE TRIGGER audit_chainhead_no_delete BEFORE DELETE ON audit_chainhead
       BEGIN SELECT RAISE(ABORT, 'a chain head moves forward by one'); END""",
)
_SQLITE_NAMES = (
    "audit_event_no_update",
    "audit_event_no_delete",
    "audit_chainhead_forward",
    "audit_chainhead_no_delete",
)
_POSTGRES = (
    """CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE OR REPLACE FUNCTION audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.sequence <> OLD.sequence + 1 OR NEW.organisation_key <> OLD.organisation_key THEN
           RAISE EXCEPTION 'a chain head moves forward by one' USING ERRCODE = 'integrity_constraint_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_chainhead_forward BEFORE UPDATE ON audit_chainhead
       FOR EACH ROW EXECUTE FUNCTION audit_forward()""",
    """CREATE TRIGGER audit_chainhead_no_delete BEFORE DELETE ON audit_chainhead
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_chainhead_no_truncate BEFORE TRUNCATE ON audit_chainhead
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
)
_POSTGRES_NAMES = (
    ("audit_event", "audit_event_append_only"),
    ("audit_event", "audit_event_no_truncate"),
    ("audit_chainhead", "audit_chainhead_forward"),
    ("audit_chainhead", "audit_chainhead_no_delete"),
    ("audit_chainhead", "audit_chainhead_no_truncate"),
)


def statements_to_install(vendor: str) -> tuple[str, ...]:
    """Return the statements that install the triggers on this kind of database."""
    return _POSTGRES if vendor == "postgresql" else _SQLITE


def statements_to_remove(vendor: str) -> tuple[str, ...]:
    """Return the statements that remove the triggers, whether they are there or not."""
    if vendor == "postgresql":
        return tuple(f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in _POSTGRES_NAMES)
    return tuple(f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE_NAMES)


def install(connection: Any) -> None:
    """Install the triggers."""
    _run(connection, statements_to_install(connection.vendor))


def remove(connection: Any) -> None:
    """Remove the triggers: for undoing the migration, and for a test database that is emptied after each test."""
    _run(connection, statements_to_remove(connection.vendor))


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
