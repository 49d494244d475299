"""The questions and areas of the front page, from ``content/home``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from koopkracht.shared.actor import Actor
from koopkracht.web.ui.navigation import address


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: a question or an area, and where it leads."""

    title: str
    text: str
    href: str
    icon: str


@cache
def content() -> dict[str, Any]:
    """Return the content file."""
    text = resources.files("koopkracht").joinpath("content", "home", "start.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def questions(actor: Actor) -> list[Door]:
    """Return the three most asked questions that this person's role can follow up."""
    return [
        Door(row["question"], row["text"], address(row["route"]), row["icon"])
        for row in content()["questions"]
        if actor.may(row["permission"])
    ]


def areas(actor: Actor) -> list[Door]:
    """Return the five areas of the work that this person's role may enter."""
    return [
        Door(row["name"], row["text"], address(row["route"]), "")
        for row in content()["areas"]
        if actor.may(row["permission"])
    ]
