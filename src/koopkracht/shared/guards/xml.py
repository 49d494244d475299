"""XML guard on expat: no document type, and limits on bytes, depth, elements, attributes and the length of a tag.

``check_xml`` walks the whole document with expat. ``check_xml_before_parse`` is for callers that hand the bytes to a
hardened tree parser right after (lxml without entities, network and ``huge_tree``): for small, plainly encoded
documents a look at the bytes proves the same, at a hundredth of the price; everything else gets the full walk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from koopkracht.shared.guards.reasons import HostileFile, too_large

_CHUNK = 1 << 16
_SMALL = 1 << 20
_SMALL_ELEMENTS = 100_000
_SMALL_ATTRIBUTES = 100_000
_DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BEFORE_ROOT = re.compile(rb"\s*(<\?|<!--|<!)")
_ASCII_COMPATIBLE = re.compile(rb"(?i)utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d")


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """What one document may hold; the defaults fit the largest notices and invoices with room to spare."""

    size: int = 32 << 20
    depth: int = 200
    elements: int = 1_000_000
    attributes: int = 500
    name: int = 500
    tag: int = 1 << 20


DEFAULT = XmlLimits()


def check_xml(data: bytes, limits: XmlLimits = DEFAULT) -> None:
    """Walk the document; raise ``HostileFile`` when it is not well formed, has a DOCTYPE or passes a limit."""
    if len(data) > limits.size:
        raise too_large(len(data), limits.size, "Dit XML-bestand")
    walker = _Walker(limits)
    try:
        walker.walk(data)
    except ExpatError as error:
        raise _malformed(error) from None
    except (LookupError, ValueError):
        raise HostileFile(
            "Dit XML-bestand gebruikt een tekencodering die wij niet kennen. Bewaar het als UTF-8.",
            code="guard.xml.encoding",
        ) from None


def check_xml_before_parse(data: bytes, limits: XmlLimits = DEFAULT) -> None:
    """Give the same verdict for a caller that parses with a hardened tree parser straight after."""
    if not _plainly_harmless(data):
        check_xml(data, limits)


def _plainly_harmless(data: bytes) -> bool:
    if len(data) > _SMALL or b"\x00" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    if _has_doctype(data):
        return False
    declared = _DECLARED_ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    if declared and not _ASCII_COMPATIBLE.fullmatch(declared.group(1)):
        return False
    if len(data) <= 4 * min(_SMALL_ELEMENTS, _SMALL_ATTRIBUTES):
        return True  # not even the shortest tag or attribute fits that often, so counting can be left out
    return data.count(b"<") <= _SMALL_ELEMENTS and data.count(b"=") <= _SMALL_ATTRIBUTES


def _has_doctype(data: bytes) -> bool:
    """Tell whether a document type stands before the root element, the only place where XML allows one.

    Comments and instructions before the root are stepped over, so only the first bytes of a document are looked at.
    """
    position = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while found := _BEFORE_ROOT.match(data, position):
        closing = {b"<?": b"?>", b"<!--": b"-->"}.get(found.group(1))
        end = data.find(closing, found.end()) if closing else -1
        if end < 0:
            return True  # a document type, or something that never ends: the full walk gives the verdict
        position = end + len(closing or b"")
    return False


class _Walker:
    """Counts while expat reads; nothing is kept but the counters."""

    def __init__(self, limits: XmlLimits) -> None:
        self.limits = limits
        self.depth = 0
        self.elements = 0
        self.parser = ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.SetParamEntityParsing(0)

    def walk(self, data: bytes) -> None:
        """Feed in chunks, so that an over-long tag is stopped before it is whole."""
        for begin in range(0, len(data), _CHUNK):
            chunk = data[begin : begin + _CHUNK]
            self.parser.Parse(chunk, False)
            if begin + len(chunk) - max(self.parser.CurrentByteIndex, 0) > self.limits.tag:
                raise HostileFile(
                    "Dit XML-bestand bevat één element van meer dan een miljoen tekens zonder einde. "
                    "Vraag de afzender om een nieuw bestand.",
                    code="guard.xml.tag",
                )
        self.parser.Parse(b"", True)

    def _doctype(self, *_: Any) -> None:
        raise HostileFile(
            "Dit XML-bestand bevat een DOCTYPE. Daarmee kan een bestand andere bestanden inlezen of het geheugen "
            "vullen, dus wij openen het niet. Vraag de afzender om een bestand zonder DOCTYPE.",
            code="guard.xml.doctype",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        limits = self.limits
        if self.depth > limits.depth:
            raise HostileFile(
                f"Dit XML-bestand is meer dan {limits.depth} niveaus diep; dat komt in echte documenten niet voor.",
                code="guard.xml.depth",
            )
        if self.elements > limits.elements:
            raise HostileFile(
                "Dit XML-bestand bevat meer dan een miljoen elementen. Splits het in kleinere bestanden.",
                code="guard.xml.elements",
            )
        if len(attributes) > limits.attributes or len(name) > limits.name:
            raise HostileFile(
                "Dit XML-bestand bevat een element met een overdreven lange naam of overdreven veel kenmerken.",
                code="guard.xml.attributes",
            )

    def _end(self, _name: str) -> None:
        self.depth -= 1


def _malformed(error: ExpatError) -> HostileFile:
    return HostileFile(
        f"Dit is geen goed gevormd XML-bestand: er staat een fout op regel {error.lineno}, positie {error.offset + 1}. "
        "Vraag de afzender om het bestand opnieuw te maken.",
        code="guard.xml.malformed",
        line=error.lineno,
        reason=str(error),
    )
