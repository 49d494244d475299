"""Hardened XML parsing, shared by every reader of XML from outside.

Nothing that needs a DTD is ever parsed, so there are no entities to expand and nothing to fetch. The guard in
``koopkracht.shared.guards`` looks first: at the bytes for the ordinary document, with an expat walk for whatever looks
unusual. Only then lxml builds the tree, without DTD, network or huge-tree option.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from lxml import etree

from koopkracht.shared.errors import Rejected
from koopkracht.shared.guards import HostileFile, XmlLimits, check_xml_before_parse

__all__ = ["DEFAULT_LIMITS", "HostileXml", "UnreadableXml", "XmlLimits", "parse_xml"]

DEFAULT_LIMITS: Final = XmlLimits()
HostileXml = HostileFile
_LARGEST_TEXT: Final = 10_000_000


class UnreadableXml(Rejected):
    """The bytes are not well-formed XML, or not the document they should be. The message is Dutch, for the user."""

    def __init__(self, message: str, *, code: str = "xml-onleesbaar", line: int | None = None) -> None:
        super().__init__(message, code=code, line=line)


def parse_xml(data: bytes, limits: XmlLimits = DEFAULT_LIMITS, *, keep_blank_text: bool = False) -> etree._Element:
    """Return the root element of a document that was checked to be harmless.

    Comments and processing instructions are left out of the tree. Raises ``HostileXml`` for a DOCTYPE, an entity or
    a document beyond the limits, ``UnreadableXml`` for anything that is not well-formed XML.
    """
    if not data or data.isspace():
        raise UnreadableXml("Het bestand is leeg. Kies een bestand met XML.", code="xml-leeg")
    check_xml_before_parse(data, limits)
    # A text of ten million signs (an attachment inside an invoice) needs the huge option; the guard has set limits.
    parser = _parser(huge=len(data) > _LARGEST_TEXT, blank=keep_blank_text)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(error.lineno, error.msg) from error


@cache
def _parser(*, huge: bool, blank: bool) -> etree.XMLParser:
    """Make each parser once: making one costs as much as parsing a small notice. lxml locks it between threads."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=huge,
        remove_comments=True,
        remove_pis=True,
        # Blank text is layout between elements, never a value; ids are not used. Both make the tree smaller and faster.
        remove_blank_text=not blank,
        collect_ids=False,
    )


def _unreadable(line: int | None, reason: str | None) -> UnreadableXml:
    where = f" Regel {line}." if line else ""
    return UnreadableXml(
        f"Dit is geen leesbare XML.{where} Technische reden: {reason or 'onbekend'}. Vraag het bestand opnieuw op.",
        line=line,
    )
