"""Read the content files into one plain document, hash it, and build tables from it.

The plain document (only text, numbers, lists and mappings) is also what a release keeps in the database, so that
files and releases go through the same code.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeAlias

import yaml

from koopkracht.rules.tables.tables import Tables
from koopkracht.rules.types import CONTENT_RELEASE, Boundary, Confidence, Parameter, ParameterValue, Source

Document: TypeAlias = dict[str, Any]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def content_folder() -> Traversable:
    """Return the folder with the shipped law files."""
    return resources.files("koopkracht") / "content" / "law"


def read_document(folder: Traversable | None = None) -> Document:
    """Read all files below ``folder`` (the shipped law by default) into one plain document."""
    root = folder or content_folder()
    sources: Document = {}
    themes: list[Document] = []
    for path in sorted(_yaml_files(root), key=lambda found: found[0]):
        name, file = path
        loaded = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
        if name == "sources.yaml":
            sources = loaded["sources"]
        else:
            themes.append({"file": name, **_plain(loaded)})
    return {"sources": _plain(sources), "themes": themes}


def _yaml_files(root: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in root.iterdir():
        if entry.is_dir():
            found += _yaml_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            found.append((f"{prefix}{entry.name}", entry))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def canonical(document: Document) -> str:
    """Return the one text form of a document: same content, same text, same hash."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_hash(document: Document) -> str:
    """Return the SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def build_tables(document: Document, *, release: int = CONTENT_RELEASE) -> Tables:
    """Build tables from a document that passed the check."""
    sources = {
        code: Source(code=code, title=entry["title"], kind=entry["kind"], address=entry.get("address", ""))
        for code, entry in document["sources"].items()
    }
    parameters = tuple(
        _parameter(entry, theme, sources) for theme in document["themes"] for entry in theme["parameters"]
    )
    return Tables(parameters, sources, release=release, content_hash=content_hash(document))


@functools.cache
def shipped_tables() -> Tables:
    """Return the tables of the shipped files, read once per process."""
    return build_tables(read_document())


def _parameter(entry: Document, theme: Document, sources: dict[str, Source]) -> Parameter:
    return Parameter(
        code=entry["code"],
        label=entry["label"],
        unit=entry["unit"],
        boundary=Boundary(entry.get("boundary", "none")),
        article=entry["article"],
        note=entry.get("note", ""),
        theme=theme["theme"],
        theme_title=theme["title"],
        jurisdiction=theme["jurisdiction"],
        checked_by=theme["checked_by"],
        values=tuple(_value(value, sources) for value in entry["values"]),
    )


def _value(entry: Document, sources: dict[str, Source]) -> ParameterValue:
    return ParameterValue(
        value=entry["value"],
        valid_from=_day(entry.get("from")),
        valid_to=_day(entry.get("until")),
        confidence=Confidence(entry["confidence"]),
        sources=tuple(sources[code] for code in entry["sources"]),
        checked_on=dt.date.fromisoformat(entry["checked_on"]),
        row=entry["row"],
        note=entry.get("note", ""),
        details=entry.get("details", {}),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
