"""The templates of papers: ``content/documents/<code>.md``, Markdown with front matter in YAML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from koopkracht.documents.errors import PaperFault
from koopkracht.documents.paper.filling import Filler, clean
from koopkracht.documents.paper.model import Paper, Template
from koopkracht.documents.paper.reading import read

FOLDER = files("koopkracht.content") / "documents"
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_REQUIRED = {"title", "kind", "source", "valid_from"}
_OPTIONAL = {"meta"}


def codes() -> tuple[str, ...]:
    """Return the codes of all templates, in order."""
    names = (one.name.removesuffix(".md") for one in FOLDER.iterdir() if one.name.endswith(".md"))
    return tuple(sorted(name for name in names if _CODE.match(name)))


@lru_cache(maxsize=64)
def template(code: str) -> Template:
    """Return a template. Raises ``PaperFault`` when there is none of that name or it is badly written."""
    if not _CODE.match(code) or not (FOLDER / f"{code}.md").is_file():
        raise PaperFault(f"Het sjabloon “{code}” bestaat niet.", code="paper-template-unknown", template=code)
    return parse(code, (FOLDER / f"{code}.md").read_text(encoding="utf-8"))


def example(code: str) -> Mapping[str, Any]:
    """Return the example values that belong to a template (``<code>.example.yaml``)."""
    found = yaml.safe_load((FOLDER / f"{code}.example.yaml").read_text(encoding="utf-8"))
    return dict(found)


def parse(code: str, text: str) -> Template:
    """Read a template. Raises ``PaperFault`` when its front matter is missing or incomplete."""
    parts = _FRONT.match(text)
    front: dict[str, Any] = yaml.safe_load(parts[1]) if parts else {}
    if parts is None or not _REQUIRED <= set(front) <= _REQUIRED | _OPTIONAL:
        raise PaperFault(
            f"Het sjabloon “{code}” mist iets bovenaan: {', '.join(sorted(_REQUIRED))} zijn nodig.",
            code="paper-template-front",
            template=code,
        )
    return Template(
        code=code,
        title=str(front["title"]),
        kind=str(front["kind"]),
        source=str(front["source"]),
        valid_from=front["valid_from"],
        body=parts[2],
        meta={str(label): str(value) for label, value in (front.get("meta") or {}).items()},
    )


def fill(
    found: Template, values: Mapping[str, Any], *, title: str = "", author: str = "", date: dt.date | None = None
) -> Paper:
    """Return a template filled in with ``values``. Raises ``PaperFault`` when a value is missing."""
    filler = Filler(values)
    meta = tuple((label, filler.plain(text)) for label, text in found.meta.items())
    return Paper(
        title=" ".join(clean(title).split()) or filler.plain(found.title),
        blocks=read(filler.fill(found.body), filler.resolve),
        meta=tuple((label, text) for label, text in meta if text),
        template=found.code,
        kind=found.kind,
        source=found.source,
        author=clean(author),
        date=date,
    )
