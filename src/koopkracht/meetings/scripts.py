"""The kinds of meetings and groups and their scripts, from ``content/scripts/meetings.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext as _

from koopkracht.meetings.errors import MeetingRefused
from koopkracht.meetings.types import GroupKind, MeetingKind, ScriptPart


@lru_cache(maxsize=1)
def _content() -> Mapping[str, Any]:
    text = (files("koopkracht.content") / "scripts" / "meetings.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, MeetingKind]:
    """Return the kinds of meetings by code, in the order of the file."""
    return {row["code"]: _kind(row) for row in _content()["kinds"]}


@lru_cache(maxsize=1)
def group_kinds() -> Mapping[str, GroupKind]:
    """Return the kinds of groups by code."""
    return {row["code"]: GroupKind(**_tuples(row)) for row in _content()["groups"]}


@lru_cache(maxsize=1)
def roles() -> Mapping[str, str]:
    """Return the roles that people have at the table, by code."""
    return {row["code"]: row["name"] for row in _content()["roles"]}


def kind(code: str) -> MeetingKind:
    """Return one kind; raises ``MeetingRefused``."""
    if code not in kinds():
        raise MeetingRefused(_("Kies een soort bijeenkomst uit de lijst."), field="kind")
    return kinds()[code]


def group_kind(code: str) -> GroupKind:
    """Return one kind of group; raises ``MeetingRefused``."""
    if code not in group_kinds():
        raise MeetingRefused(_("Kies een soort groep uit de lijst."), field="kind")
    return group_kinds()[code]


def check_role(code: str) -> None:
    """Raise ``MeetingRefused`` for a role that is not in the list."""
    if code not in roles():
        raise MeetingRefused(_("Kies een rol uit de lijst."), field="role")


def role_names(codes: Any) -> str:
    """Return the names of roles as one text."""
    return ", ".join(roles()[code].lower() for code in codes)


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _kind(row: Mapping[str, Any]) -> MeetingKind:
    values = _tuples(row)
    values["parts"] = tuple(ScriptPart(**part) for part in row["parts"])
    return MeetingKind(**values)
