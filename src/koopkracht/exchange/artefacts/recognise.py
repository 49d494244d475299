"""Which official file is this, which version, and does it work? Told from the content, never from the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from koopkracht.exchange.artefacts.types import ArtefactKind
from koopkracht.exchange.formats import schematron
from koopkracht.exchange.formats.ocds import OcdsSchemas
from koopkracht.exchange.formats.xml_safe import parse_xml
from koopkracht.shared.errors import Rejected
from koopkracht.shared.guards import XmlLimits, load_json

_SCHEMATRON = "{http://purl.oclc.org/dsdl/schematron}"
_RULE_VERSION = re.compile(rb"Schematron version ([0-9][0-9.]*[0-9])")
_OCDS_VERSION = re.compile(r"/schema/([0-9_]+)/")
_VERSION = re.compile(r"[0-9][0-9A-Za-z.\-]{0,30}")
_LARGE = XmlLimits(size=64 << 20, elements=2_000_000)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file turned out to be, with its parts under the names we use."""

    kind: ArtefactKind
    version: str
    files: Mapping[str, bytes]


def recognise(files: Mapping[str, bytes], filename: str) -> Recognised:
    """Tell what was offered and try it out. Raises ``Rejected`` for anything else, or when it does not work."""
    for test in _TESTS:
        if found := test(files, filename):
            return found
    raise Rejected(
        "Dit is geen officieel bestand dat we kennen. U kunt laden: de eForms SDK, de regels van eForms, EN 16931 of "
        "Peppol (Schematron), de schema's van UBL 2.1 en de schema's van OCDS.",
        code="artefact-unknown",
    )


def _eforms_sdk(files: Mapping[str, bytes], _filename: str) -> Recognised | None:
    base = _folder_of(files, "fields/fields.json") or _folder_of(files, "fields.json")
    if base is None:
        return None
    own = _below(files, base)
    fields = load_json(own.get("fields/fields.json") or own["fields.json"])
    version = str(fields.get("sdkVersion", "")).removeprefix("eforms-sdk-") if isinstance(fields, dict) else ""
    return Recognised(ArtefactKind.EFORMS_SDK, _checked_version(version), own)


def _eforms_schematron(files: Mapping[str, bytes], filename: str) -> Recognised | None:
    base = _folder_of(files, "complete-validation.sch")
    if base is None:
        return None
    own = _below(files, base)
    for data in own.values():
        parse_xml(data, _LARGE)
    return Recognised(ArtefactKind.EFORMS_SCHEMATRON, _version_in(filename, *files), own)


def _ocds(files: Mapping[str, bytes], _filename: str) -> Recognised | None:
    base = _folder_of(files, "release-package-schema.json")
    if base is None:
        return None
    own = {
        name: data for name, data in _below(files, base).items() if name.endswith("-schema.json") and "/" not in name
    }
    OcdsSchemas(own)
    stated = _OCDS_VERSION.search(str(load_json(own["release-schema.json"]).get("id", "")))
    version = stated.group(1).strip("_").replace("__", ".") if stated else ""
    return Recognised(ArtefactKind.OCDS_SCHEMA, _checked_version(version), own)


def _ubl_xsd(files: Mapping[str, bytes], _filename: str) -> Recognised | None:
    base = _folder_of(files, "maindoc/UBL-Invoice-2.1.xsd")
    if base is None:
        return None
    own = {name: data for name, data in _below(files, base).items() if name.endswith(".xsd")}
    if "maindoc/UBL-CreditNote-2.1.xsd" not in own:
        raise Rejected("In deze schema's ontbreekt dat van de creditnota.", code="artefact-incomplete")
    for data in own.values():
        parse_xml(data, _LARGE)
    return Recognised(ArtefactKind.UBL_XSD, "2.1", own)


def _invoice_rules(files: Mapping[str, bytes], filename: str) -> Recognised | None:
    rules = {name: data for name, data in files.items() if name.lower().endswith((".sch", ".xml"))}
    if len(rules) != 1:
        return None
    name, data = next(iter(rules.items()))
    schema = parse_xml(data, _LARGE)
    if schema.tag != f"{_SCHEMATRON}schema":
        return None
    title = (schema.findtext(f"{_SCHEMATRON}title") or "").lower()
    kind = ArtefactKind.PEPPOL_UBL if "peppol" in title else ArtefactKind.EN16931_UBL
    if kind is ArtefactKind.EN16931_UBL and ("en16931" not in title or "ubl" not in title):
        return None
    if schematron.is_available():
        schematron.compile_rules(data)
    stated = _RULE_VERSION.search(data)
    version = stated.group(1).decode() if stated else _version_in(filename, name)
    return Recognised(kind, _checked_version(version), {"rules.sch": data})


_TESTS: tuple[Callable[[Mapping[str, bytes], str], Recognised | None], ...] = (
    _eforms_sdk,
    _eforms_schematron,
    _ocds,
    _ubl_xsd,
    _invoice_rules,
)


def _folder_of(files: Mapping[str, bytes], wanted: str) -> str | None:
    """Return the folder below which ``wanted`` stands, whatever folder the archive put around it."""
    for name in sorted(files, key=len):
        if name == wanted or name.endswith(f"/{wanted}"):
            return name.removesuffix(wanted)
    return None


def _below(files: Mapping[str, bytes], base: str) -> dict[str, bytes]:
    return {str(PurePosixPath(name.removeprefix(base))): data for name, data in files.items() if name.startswith(base)}


def _version_in(*names: str) -> str:
    found = (re.search(r"(\d+\.\d+(?:\.\d+)?)", name) for name in names)
    return next((match.group(1) for match in found if match), "onbekend")


def _checked_version(version: str) -> str:
    return version if _VERSION.fullmatch(version) else "onbekend"
