"""Where a task or a meeting belongs: each group of pages says how its own subjects are named and where they are shown.

``register("decision", resolver)`` at import of the pages; a resolver gets the organisation and all keys of a page at
once, so that a list costs one query per subject and not one per row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SubjectLink:
    """How a subject is called on the screen, and its address."""

    text: str
    href: str


Resolver = Callable[[int, tuple[int, ...]], Mapping[int, SubjectLink]]
_RESOLVERS: dict[str, Resolver] = {}


def register(subject: str, resolver: Resolver) -> None:
    """Say how subjects of this kind are shown."""
    _RESOLVERS[subject] = resolver


def links(organisation_id: int, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], SubjectLink]:
    """Return the links of these subjects; unknown ones are left out."""
    keys: dict[str, set[int]] = defaultdict(set)
    for subject, key in wanted:
        keys[subject].add(key)
    found: dict[tuple[str, int], SubjectLink] = {}
    for subject, resolver in _RESOLVERS.items():
        if keys.get(subject):
            resolved = resolver(organisation_id, tuple(sorted(keys[subject])))
            found.update({(subject, key): link for key, link in resolved.items()})
    return found
