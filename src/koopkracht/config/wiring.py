"""Every hidden connection in one file: which event makes which later phase do something."""

from __future__ import annotations


def connect() -> None:
    """Subscribe the later phases to the events of the earlier ones; called once at start-up."""
