"""OCDS release and record packages 1.0 and 1.1: recognise, check against the loaded schema, compile per process.

The schemas are the operator's; nothing is fetched. Without them packages are still read, but several releases of
one process cannot be combined, because the rules for combining are part of the schema.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from koopkracht.exchange.formats.notice_records import Issue
from koopkracht.shared.errors import Rejected
from koopkracht.shared.guards import HostileFile, JsonLimits, load_json

if TYPE_CHECKING:
    from ocdsmerge import Merger

__all__ = ["OcdsKind", "OcdsProcess", "OcdsSchemas", "SchemaFault", "kind_of", "processes", "read_documents"]

_FILES: Final = {
    "release": "release-schema.json",
    "release-package": "release-package-schema.json",
    "record-package": "record-package-schema.json",
    "versioned": "versioned-release-validation-schema.json",
}
# In 1.0 these lists are replaced whole; 1.1 combines them by id.
_WHOLE_LISTS_1_0: Final = {("awards", "suppliers"): "wholeListMerge", ("tender", "tenderers"): "wholeListMerge"}
_MOST_FAULTS: Final = 500
_LINE: Final = JsonLimits()


class OcdsKind(StrEnum):
    """What a JSON document is."""

    RELEASE_PACKAGE = "release-package"
    RECORD_PACKAGE = "record-package"
    RELEASE = "release"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One place where a document does not follow the schema: JSON pointer, the rule, the official text."""

    pointer: str
    rule: str
    message: str

    @property
    def is_format(self) -> bool:
        """Tell whether only the form of a text is at fault (a web address, a moment): a remark, no refusal."""
        return self.rule == "format"


@dataclass(frozen=True, slots=True)
class OcdsProcess:
    """One contracting process as one or more releases describe it, compiled into its latest state."""

    ocid: str
    compiled: Mapping[str, Any]
    release_ids: tuple[str, ...]
    tags: tuple[str, ...]
    date: str
    pointer: str
    issues: tuple[Issue, ...] = ()


class OcdsSchemas:
    """The loaded schemas of one version: validators and the rules for combining releases."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        # Loaded at first use: checking JSON takes 25 MiB that a process which reads no OCDS can do without.
        from jsonschema import Draft4Validator, FormatChecker
        from ocdsmerge.rules import get_merge_rules
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT4

        self._schemas: dict[str, Any] = {name: load_json(files[file]) for name, file in _FILES.items() if file in files}
        if "release" not in self._schemas:
            raise Rejected("Het OCDS-schema voor releases ontbreekt.", code="ocds-schema-missing")
        resources = [
            (schema["id"], Resource.from_contents(schema, default_specification=DRAFT4))
            for schema in self._schemas.values()
        ]
        registry: Registry[Any] = Registry().with_resources(resources)
        checker = FormatChecker()
        self._validators = {
            name: Draft4Validator(schema, registry=registry, format_checker=checker)
            for name, schema in self._schemas.items()
        }
        self._rules = dict(get_merge_rules(self._schemas["release"]))

    @classmethod
    def load(cls, folder: Path) -> OcdsSchemas:
        """Read the schema files of a folder. Raises ``Rejected`` when the release schema is not among them."""
        return cls({path.name: path.read_bytes() for path in sorted(folder.rglob("*.json"))})

    def faults(self, document: Any, kind: OcdsKind) -> tuple[SchemaFault, ...]:
        """Return where a document does not follow its schema; another kind of document is not judged."""
        validator = self._validators.get(kind.value)
        if validator is None:
            return ()
        found = []
        for error in validator.iter_errors(document):
            pointer = "/" + "/".join(map(str, error.absolute_path))
            found.append(SchemaFault(pointer=pointer, rule=str(error.validator), message=error.message[:300]))
            if len(found) == _MOST_FAULTS:
                break
        return tuple(found)

    def compile(self, releases: Sequence[Mapping[str, Any]], version: str = "1.1") -> dict[str, Any]:
        """Combine the releases of one process into its latest state, by the merge rules of the schema."""
        return dict(self._merger(version).create_compiled_release([dict(release) for release in releases]))

    def compile_versioned(self, releases: Sequence[Mapping[str, Any]], version: str = "1.1") -> dict[str, Any]:
        """Combine the releases of one process keeping every earlier value."""
        return dict(self._merger(version).create_versioned_release([dict(release) for release in releases]))

    def _merger(self, version: str) -> Merger:
        from ocdsmerge import Merger

        rules = {**self._rules, **_WHOLE_LISTS_1_0} if version == "1.0" else self._rules
        return Merger(merge_rules=rules)


def read_documents(stream: BinaryIO) -> Iterator[tuple[str, Any]]:
    """Yield each JSON document of a file with its pointer: one, or one per line.

    A file of lines is read line by line, so it may be of any size. Raises ``HostileFile``.
    """
    start = stream.read(_LINE.size + 1)
    if len(start) <= _LINE.size:
        try:
            yield "", load_json(start)
        except HostileFile as error:
            if not _has_lines(start):
                raise
            yield from _lines(start.splitlines(), error)
        return
    if b"\n" not in start:
        raise HostileFile(
            "Dit JSON-bestand is groter dan 32 MB. Splits het, of lever het als JSON-regels: één pakket per regel.",
            code="guard.too_large",
        )
    stream.seek(0)
    yield from _lines(stream, None)


def _has_lines(data: bytes) -> bool:
    lines = [line for line in data.splitlines() if line.strip()]
    return len(lines) > 1 and all(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in lines)


def _lines(lines: Any, error: HostileFile | None) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield f"line {number}", load_json(line)
        except HostileFile as refusal:
            if number == 1 and error is not None:
                raise error from None
            raise HostileFile(f"Regel {number}: {refusal.message}", code=refusal.code, line=number) from None


def kind_of(document: Any) -> OcdsKind:
    """Tell what a document is from the fields that only it has."""
    if not isinstance(document, dict):
        return OcdsKind.OTHER
    if isinstance(document.get("records"), list):
        return OcdsKind.RECORD_PACKAGE
    if isinstance(document.get("releases"), list) and "ocid" not in document:
        return OcdsKind.RELEASE_PACKAGE
    if isinstance(document.get("ocid"), str) and ("tag" in document or "date" in document):
        return OcdsKind.RELEASE
    return OcdsKind.OTHER


def processes(document: Any, schemas: OcdsSchemas | None, pointer: str = "") -> Iterator[OcdsProcess]:
    """Yield the processes of a package or release, each compiled. Raises ``Rejected`` for another document."""
    kind = kind_of(document)
    if kind is OcdsKind.OTHER:
        raise Rejected(
            "Dit JSON-bestand is geen OCDS-pakket: er staan geen releases of records in.", code="ocds-other-document"
        )
    version = _version(document, kind)
    if kind is OcdsKind.RECORD_PACKAGE:
        for place, record in enumerate(document["records"]):
            if isinstance(record, dict):
                yield _of_record(record, schemas, version, f"{pointer}/records/{place}")
        return
    releases = [document] if kind is OcdsKind.RELEASE else document["releases"]
    yield from _of_releases(releases, schemas, version, pointer, is_single=kind is OcdsKind.RELEASE)


def _version(document: Mapping[str, Any], kind: OcdsKind) -> str:
    """Return the stated version; packages of 1.0 state none, but 1.0 has no ``parties``."""
    stated = document.get("version")
    if isinstance(stated, str):
        return stated[:3]
    if kind is OcdsKind.RELEASE:
        return "1.1" if "parties" in document else "1.0"
    inner = document.get("releases") or [
        record.get("compiledRelease") or {} for record in document.get("records", []) if isinstance(record, dict)
    ]
    return "1.1" if any(isinstance(each, dict) and "parties" in each for each in inner) else "1.0"


def _of_releases(
    releases: Sequence[Any], schemas: OcdsSchemas | None, version: str, pointer: str, *, is_single: bool
) -> Iterator[OcdsProcess]:
    by_process: dict[str, list[dict[str, Any]]] = defaultdict(list)
    places: dict[str, str] = {}
    for place, release in enumerate(releases):
        if not isinstance(release, dict):
            continue
        ocid = str(release.get("ocid") or "")
        by_process[ocid].append(release)
        places.setdefault(ocid, pointer if is_single else f"{pointer}/releases/{place}")
    for ocid, own in by_process.items():
        compiled, issues = _compile(own, schemas, version)
        yield _process(ocid, compiled, own, places[ocid], issues)


def _of_record(record: Mapping[str, Any], schemas: OcdsSchemas | None, version: str, pointer: str) -> OcdsProcess:
    ocid = str(record.get("ocid") or "")
    listed = [each for each in record.get("releases") or [] if isinstance(each, dict)]
    embedded = [each for each in listed if "ocid" in each]
    issues: list[Issue] = []
    if len(embedded) < len(listed):
        issues.append(
            Issue(
                "info",
                "ocds-linked-releases",
                "Dit dossier verwijst naar releases op het internet. Wij halen die niet op en lezen alleen wat in het "
                "bestand zelf staat.",
                f"{pointer}/releases",
            )
        )
    compiled = record.get("compiledRelease")
    if isinstance(compiled, dict):
        return _process(ocid, compiled, embedded or [compiled], f"{pointer}/compiledRelease", issues)
    merged, more = _compile(embedded, schemas, version) if embedded else ({}, [])
    return _process(ocid, merged, embedded, pointer, [*issues, *more])


def _compile(
    releases: Sequence[dict[str, Any]], schemas: OcdsSchemas | None, version: str
) -> tuple[Mapping[str, Any], list[Issue]]:
    """Combine, or take the single release as it is: compiling one release would lose its tag and empty values."""
    if len(releases) == 1:
        return releases[0], []
    if schemas is None:
        raise Rejected(
            "Dit pakket bevat meer releases van dezelfde opdracht. Om die samen te voegen zijn de OCDS-schema's nodig: "
            "vraag uw beheerder om ze te laden.",
            code="ocds-schema-needed",
        )
    undated = [release for release in releases if not isinstance(release.get("date"), str)]
    if undated:
        issue = Issue(
            "error",
            "ocds-release-date",
            f"{len(undated)} releases hebben geen datum; hun volgorde is onbekend, dus telt de laatste in het bestand.",
        )
        return releases[-1], [issue]
    return schemas.compile(releases, version), []


def _process(
    ocid: str,
    compiled: Mapping[str, Any],
    releases: Sequence[Mapping[str, Any]],
    pointer: str,
    issues: Sequence[Issue],
) -> OcdsProcess:
    found = list(issues)
    if not ocid:
        found.append(
            Issue("error", "ocds-no-ocid", "Deze release heeft geen ocid en kan niet worden bewaard.", pointer)
        )
    tags = {str(tag) for release in releases for tag in _as_list(release.get("tag"))}
    dates = [str(release.get("date")) for release in releases if isinstance(release.get("date"), str)]
    return OcdsProcess(
        ocid=ocid,
        compiled=compiled,
        release_ids=tuple(str(release.get("id")) for release in releases if release.get("id")),
        tags=tuple(sorted(tags)),
        date=max(dates, default=str(compiled.get("date") or "")),
        pointer=pointer,
        issues=tuple(found),
    )


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
