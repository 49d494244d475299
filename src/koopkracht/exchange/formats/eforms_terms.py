"""The business terms of eForms as one table, and the trie that the reader walks.

The table itself is data: ``eforms_terms.csv`` beside this file. A row is a term (number, name, path from its group,
kind, whether it repeats, Dutch label) or, with kind ``group``, the place where a repeated block hangs. Adding a term
is adding a row; no code knows a path.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["NAMESPACES", "GroupSpec", "Steps", "Term", "group_spec", "prefixed", "term"]

NAMESPACES: Final[Mapping[str, str]] = {
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
}
_PREFIXES: Final = {uri: prefix for prefix, uri in NAMESPACES.items()}
_EXTENSION: Final = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
_ATTRIBUTE_OF_KIND: Final = {
    "text": "languageID",
    "listed-code": "listName",
    "scheme-id": "schemeName",
    "amount": "currencyID",
    "measure": "unitCode",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One business term: where it stands and how it is called in Dutch."""

    group: str
    number: str
    name: str
    path: str
    kind: str
    repeats: bool
    label: str

    @property
    def personal(self) -> bool:
        """Tell whether the value is about a person and stays off screens and exports."""
        return self.kind == "personal"


@dataclass(slots=True)
class GroupSpec:
    """A block of terms that repeats as a whole, such as a lot or a tender."""

    name: str
    steps: Steps = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)


# What a tag leads to: deeper steps, or the name of a term with the attribute that qualifies it, or a block.
# Plain tuples, because the walk unpacks one for every element of every notice.
TermNode = tuple["Steps", str, str, GroupSpec | None]
Steps = dict[str, TermNode]


@cache
def _rows() -> tuple[Term, ...]:
    text = files(__package__).joinpath("eforms_terms.csv").read_text(encoding="utf-8")
    return tuple(
        Term(
            group=row["group"],
            number=row["number"],
            name=row["name"],
            path=row["path"].replace("EXT", _EXTENSION),
            kind=row["kind"],
            repeats=row["repeat"] == "n",
            label=row["label"],
        )
        for row in csv.DictReader(text.splitlines(), delimiter=";")
    )


@cache
def _specs() -> Mapping[str, GroupSpec]:
    """Compile the table: one small trie per kind of block, linked where a block hangs in another."""
    specs = {row.group: GroupSpec(row.group) for row in _rows()}
    for row in _rows():
        spec = specs[row.group]
        spec.terms.setdefault(row.name, row)
        *way, last = (_clark(step) for step in row.path.split("/"))
        steps = spec.steps
        for step in way:
            steps = steps.setdefault(step, ({}, "", "", None))[0]
        block = specs[row.kind.partition(":")[2] or row.name] if row.kind.startswith("group") else None
        steps[last] = ({}, row.name, _ATTRIBUTE_OF_KIND.get(row.kind, ""), block)
    return specs


def _clark(step: str) -> str:
    prefix, _, local = step.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else step


def group_spec(name: str = "notice") -> GroupSpec:
    """Return the compiled terms of one block; ``notice`` is the document itself."""
    return _specs()[name]


def term(group: str, name: str) -> Term | None:
    """Return the row of the table for a name within a block."""
    spec = _specs().get(group)
    return spec.terms.get(name) if spec else None


def prefixed(tag: str) -> str:
    """Write a tag with the usual prefix, whatever prefix the document chose."""
    namespace, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(namespace[1:])
    return f"{prefix}:{local}" if prefix else local
