"""Checks on hostile files, done before any library builds something from them.

Every guard is plain Python on bytes or a path: no Django, no lxml, nothing that expands an entity, follows a link or
allocates what a header merely promises. A guard returns quietly, or raises ``HostileFile`` (a ``Rejected``) with a
stable code and a Dutch sentence that names the reason and the way out.
"""

from koopkracht.shared.guards.archives import ArchiveLimits, Member, check_archive, iterate_archive, iterate_files
from koopkracht.shared.guards.binaries import check_image, check_pdf
from koopkracht.shared.guards.json import JsonLimits, check_json, load_json
from koopkracht.shared.guards.kinds import FileKind, sniff
from koopkracht.shared.guards.office import OfficeLimits, check_office
from koopkracht.shared.guards.reasons import HostileFile
from koopkracht.shared.guards.xml import XmlLimits, check_xml, check_xml_before_parse

__all__ = [
    "ArchiveLimits",
    "FileKind",
    "HostileFile",
    "JsonLimits",
    "Member",
    "OfficeLimits",
    "XmlLimits",
    "check_archive",
    "check_image",
    "check_json",
    "check_office",
    "check_pdf",
    "check_xml",
    "check_xml_before_parse",
    "iterate_archive",
    "iterate_files",
    "load_json",
    "sniff",
]
